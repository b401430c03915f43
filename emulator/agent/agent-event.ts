import type {
  BetaManagedAgentsSessionErrorEvent,
  BetaManagedAgentsSessionEvent,
  BetaManagedAgentsSessionStatusIdleEvent,
} from '@anthropic-ai/sdk/resources/beta/sessions/events'
import { eventHead } from '../events/events.ts'
import type { World } from '../world.ts'
import type { EventAct, StopReason } from './agent-script.ts'

/** What an act may refer to. */
export interface ActContext {
  /** Fills in placeholders. */
  readonly fill: (text: string) => string
  /** The latest use of a tool. */
  readonly toolUse: { readonly id: string; readonly isMcp: boolean } | undefined
}

const ANONYMOUS_TOOL_USE = { id: 'sevt_none', isMcp: false }

/** The event that an act leaves. */
export function eventOfAct(world: World, act: EventAct, { fill, toolUse }: ActContext): BetaManagedAgentsSessionEvent {
  const head = eventHead(world)
  switch (act.act) {
    case 'message':
      return { ...head, type: 'agent.message', content: [{ type: 'text', text: fill(act.text) }] }
    case 'thinking':
      return { ...head, type: 'agent.thinking' }
    case 'tool-use':
      return { ...head, type: 'agent.tool_use', name: act.name, input: { ...act.input }, evaluated_permission: 'allow' }
    case 'mcp-tool-use': {
      const { server, name, input } = act
      const use = { name, input: { ...input }, mcp_server_name: server, evaluated_permission: 'allow' } as const
      return { ...head, type: 'agent.mcp_tool_use', ...use }
    }
    case 'tool-result': {
      const { id, isMcp } = toolUse ?? ANONYMOUS_TOOL_USE
      const content = [{ type: 'text' as const, text: fill(act.text ?? '') }]
      const result = { content, is_error: act.isError ?? false }
      return isMcp
        ? { ...head, type: 'agent.mcp_tool_result', mcp_tool_use_id: id, ...result }
        : { ...head, type: 'agent.tool_result', tool_use_id: id, ...result }
    }
    case 'error':
      return { ...head, type: 'session.error', error: errorOf(act) }
    case 'event':
      // The point of this act is an event that the types do not know.
      return { ...head, ...act.event } as unknown as BetaManagedAgentsSessionEvent
  }
}

/** The types of errors came with SDK 0.130; what they carry besides the message differs. */
function errorOf(act: Extract<EventAct, { act: 'error' }>): BetaManagedAgentsSessionErrorEvent['error'] {
  const { type, message, repositoryUrl } = act
  const error = { message, retry_status: { type: act.retryStatus ?? 'retrying' } }
  switch (type) {
    case 'mcp_connection_failed_error':
    case 'mcp_authentication_failed_error':
      return { ...error, type, mcp_server_name: 'emulator' }
    case 'credential_host_unreachable_error':
      return { ...error, type, credential_id: 'cred_emulator', vault_id: 'vlt_emulator' }
    case 'repository_authentication_error':
    case 'repository_forbidden_error':
    case 'repository_not_found_error':
    case 'repository_checkout_error':
    case 'repository_clone_error':
      return { ...error, type, repository_url: repositoryUrl ?? null }
    default:
      return { ...error, type }
  }
}

export function idleEvent(
  world: World,
  stop: StopReason | { readonly waitsFor: readonly string[] },
): BetaManagedAgentsSessionStatusIdleEvent {
  const head = { ...eventHead(world), type: 'session.status_idle' } as const
  if (typeof stop !== 'string')
    return { ...head, stop_reason: { type: 'requires_action', event_ids: [...stop.waitsFor] }, stop_details: null }
  const stop_details =
    stop === 'refusal' ? ({ type: 'refusal', category: null, explanation: 'The emulator refused' } as const) : null
  return { ...head, stop_reason: { type: stop }, stop_details }
}
