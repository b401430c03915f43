import type {
  BetaManagedAgentsSessionErrorEvent,
  BetaManagedAgentsSessionEvent,
  BetaManagedAgentsSessionStatusIdleEvent,
} from '@anthropic-ai/sdk/resources/beta/sessions/events'
import { asList, asObject, asText, type JsonObject } from '../text/json.ts'
import { redact, redactAll } from '../text/redact.ts'

/** How the service calls its events. */
type EventType = BetaManagedAgentsSessionEvent['type']

/** Why a turn ended; other words may be added. */
export type StopReason = BetaManagedAgentsSessionStatusIdleEvent['stop_reason']['type'] | (string & {})

/** What went wrong in a session. */
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
  | { readonly kind: 'user-message'; readonly text: string }
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

/**
 * Decodes an event; undefined for what is none. Kinds that are not known yet become `other`. Texts that are there to be shown
 * are redacted; what the user said is not, since it is compared with what was sent.
 */
export function decodeEvent(json: unknown): SessionEvent | undefined {
  const event = asObject(json)
  const type = asText(event?.type)
  if (event === undefined || type === undefined) return undefined
  return { id: asText(event.id), processedAt: asText(event.processed_at), ...contentOf(type as EventType, event) }
}

function contentOf(type: EventType, event: JsonObject): EventContent {
  switch (type) {
    case 'user.message':
      return { kind: 'user-message', text: textOf(event.content) }
    case 'agent.message':
      return { kind: 'agent-message', text: redact(textOf(event.content)) }
    case 'agent.tool_use':
    case 'agent.mcp_tool_use':
    case 'agent.custom_tool_use':
      return toolUse(type, event)
    case 'agent.tool_result':
    case 'agent.mcp_tool_result':
      return toolResult(event)
    case 'session.status_running':
      return { kind: 'running' }
    case 'session.status_rescheduled':
      return { kind: 'rescheduled' }
    case 'session.status_idle':
      return idle(event)
    case 'session.error':
      return { kind: 'error', error: decodeError(asObject(event.error) ?? {}) }
    case 'session.status_terminated':
      return { kind: 'terminated' }
    case 'session.deleted':
      return { kind: 'deleted' }
    default:
      return { kind: 'other' }
  }
}

function toolUse(type: EventType, event: JsonObject): EventContent {
  const server = asText(event.mcp_server_name)
  const name = asText(event.name) ?? 'a tool'
  return {
    kind: 'tool-use',
    name: server === undefined ? name : `${server}/${name}`,
    input: redactAll(event.input),
    isCustom: type === 'agent.custom_tool_use',
  }
}

function toolResult(event: JsonObject): EventContent {
  return {
    kind: 'tool-result',
    useId: asText(event.tool_use_id) ?? asText(event.mcp_tool_use_id),
    error: event.is_error === true ? redact(textOf(event.content)) : undefined,
  }
}

function idle(event: JsonObject): EventContent {
  const reason = asObject(event.stop_reason)
  return {
    kind: 'idle',
    stopReason: asText(reason?.type),
    waitsFor: asList(reason?.event_ids, asText) ?? [],
    explanation: redactAll(asText(asObject(event.stop_details)?.explanation)),
  }
}

function decodeError(error: JsonObject): SessionError {
  return {
    type: asText(error.type) ?? 'unknown_error',
    message: redact(asText(error.message) ?? 'no message'),
    retryStatus: asText(asObject(error.retry_status)?.type),
    repositoryUrl: asText(error.repository_url),
  }
}

/** The text blocks of a content; a content of one block is exactly its text. */
function textOf(content: unknown): string {
  return (asList(content, (block) => asText(asObject(block)?.text)) ?? []).join('\n')
}
