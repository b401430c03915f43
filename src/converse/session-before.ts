import type { SessionEvent } from '../api/session-event.ts'
import { retrieveSession } from '../api/sessions.ts'
import type { JsonObject } from '../text/json.ts'
import { type EventSource, eventKey, readLatest } from './read-events.ts'
import { type Stopped, stoppedBy } from './turn.ts'

/** A session's state before the prompt, to tell later events from earlier ones. */
export interface SessionBefore {
  /** Others may know the session, and talk to it. */
  readonly isShared: boolean
  /** Its latest events, by `keyOf`. */
  readonly known: ReadonlySet<string>
  readonly events: readonly SessionEvent[]
  readonly isIdle: boolean
  /** Stop reason of its last idle event. */
  readonly stopped: Stopped
  /** Paused at its budget, and goes on when that is raised. */
  readonly isPaused: boolean
  readonly usage: JsonObject | undefined
}

const UNEXPLAINED: Stopped = { stopReason: undefined, waitsFor: [], explanation: undefined }

/** A session of which nobody else knows, and that has not been told anything. */
export const NEW_SESSION: SessionBefore = {
  isShared: false,
  known: new Set(),
  events: [],
  isIdle: true,
  stopped: UNEXPLAINED,
  isPaused: false,
  usage: { list_cost: { amount: '0' } },
}

/** @throws ApiError, or the reason of the signal */
export async function readBefore(source: EventSource): Promise<SessionBefore> {
  // In this order: the event comes before the status (observed), so that the events have why the session is idle.
  const { status, usage } = await retrieveSession(source.client, source.sessionId, source.options)
  const events = await readLatest(source)
  const at = events.findLastIndex(({ kind }) => kind === 'running' || kind === 'rescheduled' || kind === 'idle')
  const last = events[at]
  const isIdle = last === undefined ? status === 'idle' : last.kind === 'idle'
  const stopped = last?.kind === 'idle' ? stoppedBy(last, events) : UNEXPLAINED
  return {
    isShared: true,
    known: new Set(events.map(eventKey)),
    events,
    isIdle: isIdle && !events.slice(at + 1).some(isQueued),
    stopped,
    isPaused: isIdle && stopped.stopReason === 'budget_reached',
    usage,
  }
}

/** The status may lag behind a message that was just sent (observed). */
function isQueued({ kind, processedAt }: SessionEvent): boolean {
  return kind === 'user-message' && processedAt === undefined
}
