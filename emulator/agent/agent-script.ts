import * as v from 'valibot'
import { jsonObject } from '../../src/text/json.ts'
import { decode, list, object, optional, someOf, text, wholeNumber } from '../http/schema.ts'

const MAX_ACTS = 100_000
const MAX_TEXT = 32 * 1024 * 1024

const name = text(256)
const ms = wholeNumber(0, 3_600_000)
const input = v.optional(jsonObject)

const STOP_REASONS = ['end_turn', 'retries_exhausted', 'budget_reached', 'refusal'] as const

export type StopReason = (typeof STOP_REASONS)[number]

const ERRORS = [
  'unknown_error',
  'model_overloaded_error',
  'model_rate_limited_error',
  'model_request_failed_error',
  'mcp_connection_failed_error',
  'mcp_authentication_failed_error',
  'billing_error',
  'credential_host_unreachable_error',
  'tool_use_limit_reached_error',
  'compaction_limit_reached_error',
  'repository_authentication_error',
  'repository_forbidden_error',
  'repository_not_found_error',
  'repository_checkout_error',
  'repository_clone_error',
] as const

/** A tool that the agent may not use without being allowed to; `server` is that of MCP, and a custom one is the client's to carry out. */
const askedTool = object({ name, server: optional(name), input, isCustom: optional(v.boolean()) })

export type AskedTool = Readonly<v.InferOutput<typeof askedTool>>

/** What leaves one event in the session and changes nothing else. */
const EVENT_ACTS = [
  /** In its text `{{mounted}}` stands for the mount paths, comma-separated, and `{{prompt}}` for the message it answers. */
  v.strictObject({ act: v.literal('message'), text: text(MAX_TEXT) }),
  v.strictObject({ act: v.literal('thinking') }),
  v.strictObject({ act: v.literal('tool-use'), name, input }),
  v.strictObject({ act: v.literal('mcp-tool-use'), server: name, name, input }),
  /** The result of the latest use of a tool, of either kind. */
  v.strictObject({ act: v.literal('tool-result'), text: optional(text(MAX_TEXT, 0)), isError: optional(v.boolean()) }),
  v.strictObject({
    act: v.literal('error'),
    type: v.picklist(ERRORS),
    message: text(MAX_TEXT, 0),
    /** `retrying` if not given. */
    retryStatus: optional(v.picklist(['retrying', 'exhausted', 'terminal'])),
    /** For the errors of a repository; null if not given. */
    repositoryUrl: optional(text(2048)),
  }),
  /** An event as it stands here, of a type that clients may not know; it gets an id and a time. */
  v.strictObject({ act: v.literal('event'), event: v.pipe(jsonObject, v.looseObject({ type: name })) }),
] as const

/** One step of the scripted agent. The times are in milliseconds. */
const act = v.variant('act', [
  ...EVENT_ACTS,
  v.strictObject({ act: v.literal('wait'), ms }),
  /**
   * A file that can be downloaded: a text, where placeholders are filled in, or so many bytes of no meaning. With a lag
   * it is not to be seen until that long after the session went idle (documented: a few seconds).
   */
  v.pipe(
    v.strictObject({
      act: v.literal('output-file'),
      filename: text(4096),
      content: optional(text(MAX_TEXT, 0)),
      sizeBytes: optional(wholeNumber(0, 10_000_000_000)),
      indexingLagMs: optional(ms),
    }),
    v.forward(
      v.check(
        ({ content, sizeBytes }) => (content === undefined) !== (sizeBytes === undefined),
        'either content or sizeBytes is expected',
      ),
      ['content'],
    ),
  ),
  /** A request to the model that costs so many cents. At the session's budget it is not begun: the turn pauses. */
  v.strictObject({ act: v.literal('spend'), cents: wholeNumber(1, 1_000_000_000) }),
  /** Grades the work, if it is for an outcome. */
  v.strictObject({
    act: v.literal('evaluate'),
    result: v.picklist(['satisfied', 'needs_revision', 'failed']),
    explanation: optional(text(MAX_TEXT)),
  }),
  /** Asks for leave to use tools, five at a time, and goes on when all are answered; as another thread if it is given. */
  v.strictObject({
    act: v.literal('ask'),
    tools: v.optional(list(askedTool, MAX_ACTS), []),
    thread: optional(name),
  }),
  /** Another agent's thread begins, hands its work over, or ends; `name` is the agent's. */
  v.strictObject({
    act: v.literal('thread'),
    name,
    does: v.picklist(['begins', 'says', 'ends']),
    text: optional(text(MAX_TEXT)),
  }),
  /** Asks for a tool's result or for leave to use one, and goes idle waiting for it. Its `name` is `ask` if not given. */
  v.strictObject({
    act: v.literal('requires-action'),
    kind: v.picklist(['custom-tool', 'confirmation']),
    name: optional(name),
    input,
  }),
  /** `end_turn` if not given. */
  v.strictObject({ act: v.literal('idle'), stopReason: optional(v.picklist(STOP_REASONS)) }),
  /** Observed: the event that the session is idle comes before the session itself says so. */
  v.strictObject({ act: v.literal('idle-event-before-status'), ms }),
  /** Observed: a session that went idle runs once more for a moment. */
  v.strictObject({ act: v.literal('flap'), ms }),
  v.strictObject({ act: v.picklist(['running', 'rescheduling', 'terminated']) }),
  /** What happens to the session's open streams: all are cut, all end, or the last event comes again on each. */
  v.strictObject({ act: v.picklist(['drop-streams', 'end-streams', 'duplicate-last']) }),
])

export type EventAct = Readonly<v.InferOutput<(typeof EVENT_ACTS)[number]>>
export type Act = Readonly<v.InferOutput<typeof act>>

const turn = list(act, MAX_ACTS)

/**
 * What happens when a session is sent a message: its nth message starts the nth turn, the last one repeats. The session
 * is running when a turn starts, and stays so unless an act changes it. Messages sent meanwhile wait for their turn.
 */
const SCRIPT = object({
  turns: someOf(turn, 1000, 'turn'),
  /** How long an interrupted session still runs; 0 if not given. */
  interruptLagMs: optional(ms),
})

export type AgentScript = Readonly<v.InferOutput<typeof SCRIPT>>

/** A script from outside: the whole object, or the acts of its only turn. */
export const decodeAgentScript = (value: unknown): AgentScript =>
  Array.isArray(value) ? { turns: [decode(turn, value, 'acts')] } : decode(SCRIPT, value)

/** What happens where nobody says what is to happen: an answer at once, from which can be seen what reached the agent. */
export const ECHO: AgentScript = {
  turns: [
    [
      { act: 'message', text: 'I was told: {{prompt}}\nMounted: {{mounted}}' },
      { act: 'evaluate', result: 'satisfied' },
      { act: 'idle' },
    ],
  ],
}
