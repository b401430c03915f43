import type { SessionError, SessionEvent, StopReason } from '../api/session-event.ts'
import type { JsonObject } from '../text/json.ts'

/** A turn of the agent, as far as it is known. */
export interface Turn {
  /** Of the session: `idle`, `running`, `rescheduling`, `terminated` or `deleted`; undefined if it was not learnt. */
  readonly status: string | undefined
  /** Undefined while the agent is running. */
  readonly stopReason: string | undefined
  /** The agent's last message of this turn that has text. */
  readonly reply: string
  /** The session's usage since its creation, as the service counts it. */
  readonly usage: JsonObject | undefined
  /** What this run has cost; undefined where the service does not say. */
  readonly runCents: number | undefined
  /** Undefined for a mere message. */
  readonly verdict: Verdict | undefined
  readonly errors: readonly SessionError[]
}

/** What came of an outcome. */
export interface Verdict {
  /** `unfinished` if the run ended before its last evaluation. */
  readonly result: 'satisfied' | 'max_iterations_reached' | 'failed' | 'interrupted' | 'unfinished' | (string & {})
  /** In the grader's words. */
  readonly explanation: string
  /** How often it was graded. */
  readonly iterations: number
}

/** A tool that the agent uses. */
export interface ToolUse {
  /** `server/tool` for a tool of an MCP server. */
  readonly name: string
  /** Decides whether it may be used without asking. */
  readonly policy?: string | undefined
  /** The client is to carry it out. */
  readonly isCustom: boolean
}

/** Something that the agent waits for; without the tool if its event is not known. */
export interface Awaited {
  readonly id: string
  readonly tool: ToolUse | undefined
}

export interface Stopped {
  /** Undefined where a server does not say. */
  readonly stopReason: StopReason | undefined
  /** With `requires_action`. */
  readonly waitsFor: readonly Awaited[]
  /** With `refusal`, in the service's words. */
  readonly explanation: string | undefined
}

export type Ending =
  | ({ readonly kind: 'idle' } & Stopped)
  /** The session was idle already, and nothing was sent. */
  | ({ readonly kind: 'was-idle' } & Stopped)
  /** The agent stopped in the ordinary way, but after an error it has said nothing. */
  | ({ readonly kind: 'no-answer'; readonly error: SessionError } & Stopped)
  /** Another thread waits for an answer, and the session runs on. */
  | ({ readonly kind: 'asked' } & Stopped)
  | { readonly kind: 'terminated' | 'deleted' | 'timed-out' }
  /** A repository could not be cloned. The session goes on without it unless it is idle by now. */
  | { readonly kind: 'no-repository'; readonly error: SessionError; readonly isIdle: boolean }

/** The agent is done. */
export function isOrdinary({ stopReason }: Pick<Stopped, 'stopReason'>): boolean {
  return stopReason === undefined || stopReason === 'end_turn'
}

/** Reads the stop reason from an idle event and those before it. */
export function stoppedBy(
  { stopReason, waitsFor, explanation }: Extract<SessionEvent, { kind: 'idle' }>,
  events: readonly SessionEvent[],
): Stopped {
  return { stopReason, explanation, waitsFor: waitsFor.map((id) => ({ id, tool: toolOf(id, events) })) }
}

/** The use of a tool by the id of its event. */
export function toolOf(id: string | undefined, events: readonly SessionEvent[]): ToolUse | undefined {
  return events.find(
    (event): event is Extract<SessionEvent, { kind: 'tool-use' }> =>
      event.kind === 'tool-use' && event.id !== undefined && event.id === id,
  )
}
