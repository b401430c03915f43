import type {
  BetaManagedAgentsSessionErrorEvent,
  BetaManagedAgentsSessionEvent,
} from '@anthropic-ai/sdk/resources/beta/sessions/events'
import * as v from 'valibot'
import { amount, type Fields, jsonObject, lenient, listOf, text } from '../text/json.ts'
import { redact, redactAll } from '../text/redact.ts'
import type { EventContent, SessionError, SessionEvent } from './session-event.ts'

/** How the service calls its events. */
type EventType = BetaManagedAgentsSessionEvent['type']

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
  evaluation: lenient(v.object({ type: text })),
  session_thread_id: lenient(text),
  from_session_thread_id: lenient(text),
  agent_name: lenient(text),
  from_agent_name: lenient(text),
  usage: v.fallback(jsonObject, {}),
  iteration: v.fallback(amount, 0),
  result: v.fallback(text, 'unknown'),
  explanation: v.fallback(text, ''),
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
  v.transform((event): SessionEvent => {
    const threadId = event.session_thread_id ?? event.from_session_thread_id
    return { id: event.id, processedAt: event.processed_at, threadId, ...contentOf(event) }
  }),
)

type WireEvent = v.InferOutput<typeof wireEvent>

function contentOf(event: WireEvent): EventContent {
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
      const server = type === 'agent.mcp_tool_use' ? `${event.mcp_server_name ?? ''}/` : ''
      return {
        kind: 'tool-use',
        name: `${server}${event.name}`,
        input: redactAll(event.input),
        isCustom: type === 'agent.custom_tool_use',
        policy: event.evaluation?.type,
      }
    }
    case 'agent.tool_result':
    case 'agent.mcp_tool_result': {
      const useId = event.tool_use_id ?? event.mcp_tool_use_id
      return { kind: 'tool-result', useId, error: event.is_error ? redact(event.content) : undefined }
    }
    case 'user.tool_confirmation':
      return { kind: 'confirmation', useId: event.tool_use_id }
    case 'session.usage':
      return { kind: 'usage', usage: event.usage }
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
      return evaluationOf(event) ?? threadContentOf(event) ?? { kind: 'other' }
  }
}

function evaluationOf(event: WireEvent): EventContent | undefined {
  const { iteration, outcome_id: outcomeId, result } = event
  switch (event.type as EventType) {
    case 'span.outcome_evaluation_start':
      return { kind: 'evaluation-start', iteration }
    case 'span.outcome_evaluation_end':
      return { kind: 'evaluation-end', outcomeId, iteration, result, explanation: redact(event.explanation) }
    default:
      return undefined
  }
}

function threadContentOf(event: WireEvent): EventContent | undefined {
  const agent = event.agent_name ?? event.from_agent_name ?? 'another agent'
  switch (event.type as EventType) {
    case 'session.thread_created':
      return { kind: 'thread-created', agent }
    case 'session.thread_status_running':
      return { kind: 'thread-running', agent }
    case 'session.thread_status_idle': {
      const { type, event_ids } = event.stop_reason ?? { type: undefined, event_ids: [] }
      return { kind: 'thread-idle', agent, waitsFor: type === 'requires_action' ? event_ids : [] }
    }
    case 'agent.thread_message_received':
      return { kind: 'thread-message', agent, text: redact(event.content) }
    default:
      return undefined
  }
}

function idle({ stop_reason, stop_details }: WireEvent): EventContent {
  const waitsFor = stop_reason?.event_ids ?? []
  return { kind: 'idle', stopReason: stop_reason?.type, waitsFor, explanation: redactAll(stop_details?.explanation) }
}

function sessionError(error: WireEvent['error']): SessionError {
  const { type, message, retry_status, repository_url: repositoryUrl } = error
  return { type, message: redact(message), retryStatus: retry_status?.type, repositoryUrl }
}
