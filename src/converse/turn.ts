import type { SessionError, SessionEvent } from '../api/session-event.ts'
import type { JsonObject } from '../text/json.ts'

/** What came of a turn of the agent, as far as it is known. */
export interface Turn {
  /** Of the session: `idle`, `running`, `rescheduling`, `terminated` or `deleted`; undefined if it was not learnt. */
  readonly status: string | undefined
  /** Why the agent stopped; undefined while it has not. */
  readonly stopReason: string | undefined
  /** The agent's last message of this turn. */
  readonly reply: string
  /** What the session has used since it began, as the service counts it. */
  readonly usage: JsonObject | undefined
  readonly errors: readonly SessionError[]
}

/** How a turn ended. */
export type Ending =
  | Extract<SessionEvent, { kind: 'idle' }>
  /** The session was idle already, and nothing was sent. */
  | { readonly kind: 'was-idle'; readonly last: Extract<SessionEvent, { kind: 'idle' }> | undefined }
  | { readonly kind: 'terminated' | 'deleted' }
  /** A repository could not be cloned; the session goes on without it. */
  | { readonly kind: 'no-repository'; readonly error: SessionError }

/** A tool that the agent uses. */
export interface ToolUse {
  readonly name: string
  /** The client is to carry it out. */
  readonly isCustom: boolean
}

/** Gathers what a turn brings. */
export class TurnRecord {
  readonly #errors: SessionError[] = []
  readonly #tools = new Map<string, ToolUse>()
  #reply = ''

  /** @param isOurs whether it belongs to the turn; of one before, only the tools count, since it may wait for them */
  note(event: SessionEvent, isOurs: boolean): void {
    if (event.kind === 'tool-use' && event.id !== undefined) this.#tools.set(event.id, event)
    if (!isOurs) return
    if (event.kind === 'agent-message') this.#reply = event.text
    if (event.kind === 'error') this.#errors.push(event.error)
  }

  get reply(): string {
    return this.#reply
  }

  get errors(): readonly SessionError[] {
    return [...this.#errors]
  }

  /** The use of a tool by the id of its event. */
  tool(id: string | undefined): ToolUse | undefined {
    return id === undefined ? undefined : this.#tools.get(id)
  }
}
