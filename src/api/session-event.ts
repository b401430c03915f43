import type {
  BetaManagedAgentsSessionErrorEvent,
  BetaManagedAgentsSessionEvent,
  BetaManagedAgentsSessionStatusIdleEvent,
} from '@anthropic-ai/sdk/resources/beta/sessions/events'
import * as v from 'valibot'
import { type Fields, lenient, listOf, text } from '../text/json.ts'
import { redact, redactAll } from '../text/redact.ts'

/** How the service calls its events. */
type EventType = BetaManagedAgentsSessionEvent['type']

/** Why a turn ended; other words may be added. */
export type StopReason = BetaManagedAgentsSessionStatusIdleEvent['stop_reason']['type'] | (string & {})

export interface SessionError {
  readonly type: BetaManagedAgentsSessionErrorEvent['error']['type'] | (string & {})
  readonly message: string
  /** `retrying` is not final; `exhausted` has ended the turn, `terminal` the session. */
  readonly retryStatus: BetaManagedAgentsSessionErrorEvent['error']['retry_status']['type'] | (string & {}) | undefined
  /** Of a repository that could not be cloned, if the service knows which. */
  readonly repositoryUrl: string | undefined
}

/** What of an event is of interest here, by its kind; all other events are `other`. */
export type EventContent =
  /** A message, or an outcome: then it has an outcome's id, and the task for its text. */
  | { readonly kind: 'user-message'; readonly text: string; readonly outcomeId?: string | undefined }
  | { readonly kind: 'agent-message'; readonly text: string }
  | { readonly kind: 'tool-use'; readonly name: string; readonly input: unknown; readonly isCustom: boolean }
  | { readonly kind: 'tool-result'; readonly useId: string | undefined; readonly error: string | undefined }
  | { readonly kind: 'running' }
  | { readonly kind: 'rescheduled' }
  | {
      readonly kind: 'idle'
      /** Undefined where a server does not say. */
      readonly stopReason: StopReason | undefined
      /** Ids of what the agent waits for, with `requires_action`. */
      readonly waitsFor: readonly string[]
      /** With `refusal`, in the service's words. */
      readonly explanation: string | undefined
    }
  | { readonly kind: 'error'; readonly error: SessionError }
  | { readonly kind: 'terminated' }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'other' }

/** An event of a session. `processedAt` is missing while a message waits in the queue; some events have no id. */
export type SessionEvent = EventContent & {
  readonly id: string | undefined
  readonly processedAt: string | undefined
}

/** The text blocks of a content; a content of one block is exactly its text. */
const content = v.pipe(
  listOf(v.object({ text })),
  v.transform((blocks) => blocks.map((block) => block.text).join('\n')),
)

/** Whatever the event, this much of it is read. */
const wireEvent = v.object({
  type: text,
  id: lenient(text),
  processed_at: lenient(text),
  content: v.fallback(content, ''),
  description: v.fallback(text, ''),
  outcome_id: v.fallback(text, ''),
  name: v.fallback(text, 'a tool'),
  mcp_server_name: lenient(text),
  input: v.optional(v.unknown()),
  tool_use_id: lenient(text),
  mcp_tool_use_id: lenient(text),
  is_error: lenient(v.literal(true)),
  stop_reason: lenient(v.object({ type: lenient(text), event_ids: v.fallback(listOf(text), []) })),
  stop_details: lenient(v.object({ explanation: lenient(text) })),
  error: v.fallback(
    v.object({
      type: v.fallback(text, 'unknown_error'),
      message: v.fallback(text, 'no message'),
      retry_status: lenient(v.object({ type: text })),
      repository_url: lenient(text),
    } satisfies Fields<BetaManagedAgentsSessionErrorEvent['error']>),
    { type: 'unknown_error', message: 'no message' },
  ),
} satisfies Fields<BetaManagedAgentsSessionEvent>)

/**
 * Reads an event. Kinds that are not known yet become `other`. Texts that are there to be shown are redacted; what the user
 * said is not, since it is compared with what was sent.
 */
export const sessionEvent = v.pipe(
  wireEvent,
  v.transform((event): SessionEvent => ({ id: event.id, processedAt: event.processed_at, ...contentOf(event) })),
)

function contentOf(event: v.InferOutput<typeof wireEvent>): EventContent {
  const type = event.type as EventType
  switch (type) {
    case 'user.message':
      return { kind: 'user-message', text: event.content }
    case 'user.define_outcome':
      return { kind: 'user-message', text: event.description, outcomeId: event.outcome_id }
    case 'agent.message':
      return { kind: 'agent-message', text: redact(event.content) }
    case 'agent.tool_use':
    case 'agent.mcp_tool_use':
    case 'agent.custom_tool_use': {
      const name = [event.mcp_server_name ?? [], event.name].flat().join('/')
      return { kind: 'tool-use', name, input: redactAll(event.input), isCustom: type === 'agent.custom_tool_use' }
    }
    case 'agent.tool_result':
    case 'agent.mcp_tool_result': {
      const useId = event.tool_use_id ?? event.mcp_tool_use_id
      return { kind: 'tool-result', useId, error: event.is_error ? redact(event.content) : undefined }
    }
    case 'session.status_running':
      return { kind: 'running' }
    case 'session.status_rescheduled':
      return { kind: 'rescheduled' }
    case 'session.status_idle':
      return idle(event)
    case 'session.error':
      return { kind: 'error', error: sessionError(event.error) }
    case 'session.status_terminated':
      return { kind: 'terminated' }
    case 'session.deleted':
      return { kind: 'deleted' }
    default:
      return { kind: 'other' }
  }
}

function idle({ stop_reason, stop_details }: v.InferOutput<typeof wireEvent>): EventContent {
  const waitsFor = stop_reason?.event_ids ?? []
  return { kind: 'idle', stopReason: stop_reason?.type, waitsFor, explanation: redactAll(stop_details?.explanation) }
}

function sessionError(error: v.InferOutput<typeof wireEvent>['error']): SessionError {
  const { type, message, retry_status, repository_url: repositoryUrl } = error
  return { type, message: redact(message), retryStatus: retry_status?.type, repositoryUrl }
}
