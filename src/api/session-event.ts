import type {
  BetaManagedAgentsSessionErrorEvent,
  BetaManagedAgentsSessionStatusIdleEvent,
} from '@anthropic-ai/sdk/resources/beta/sessions/events'
import type { JsonObject } from '../text/json.ts'

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
  /** With a name of `server/tool` for a tool of an MCP server; one that is allowed by name is never mistaken for it. */
  | {
      readonly kind: 'tool-use'
      readonly name: string
      readonly input: unknown
      readonly isCustom: boolean
      /** Decides whether it may be used without asking. */
      readonly policy?: string | undefined
    }
  | { readonly kind: 'confirmation'; readonly useId: string | undefined }
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
  /** What the session has used so far; comes before each idle. */
  | { readonly kind: 'usage'; readonly usage: JsonObject }
  | { readonly kind: 'evaluation-start'; readonly iteration: number }
  | {
      readonly kind: 'evaluation-end'
      readonly outcomeId: string
      /** Counted from 0. */
      readonly iteration: number
      readonly result: string
      readonly explanation: string
    }
  /** Another agent's thread began, or any thread runs or has stopped; `waitsFor` as of an idle. */
  | { readonly kind: 'thread-created' | 'thread-running'; readonly agent: string }
  | { readonly kind: 'thread-idle'; readonly agent: string; readonly waitsFor: readonly string[] }
  /** What another agent handed over. */
  | { readonly kind: 'thread-message'; readonly agent: string; readonly text: string }
  | { readonly kind: 'error'; readonly error: SessionError }
  | { readonly kind: 'terminated' }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'other' }

/** An event of a session. `processedAt` is missing while a message waits in the queue; some events have no id. */
export type SessionEvent = EventContent & {
  /** Of a thread's status, and of what another agent than the session's own does. */
  readonly threadId?: string | undefined
  readonly id: string | undefined
  readonly processedAt: string | undefined
}
