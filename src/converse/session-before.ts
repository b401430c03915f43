import type { SessionEvent } from '../api/session-event.ts'
import { retrieveSession } from '../api/sessions.ts'
import { type EventSource, eventKey, readLatest } from './read-events.ts'
import { type Stopped, stoppedBy } from './turn.ts'

/** A session's state before the prompt, to tell later events from earlier ones. */
export interface SessionBefore {
  /** Others may know the session, and talk to it. */
  readonly isShared: boolean
  /** Its latest events, by `keyOf`. */
  readonly known: ReadonlySet<string>
  readonly isIdle: boolean
  /** Stop reason of its last idle event. */
  readonly stopped: Stopped
}

const UNEXPLAINED: Stopped = { stopReason: undefined, waitsFor: [], explanation: undefined }

/** A session of which nobody else knows, and that has not been told anything. */
export const NEW_SESSION: SessionBefore = { isShared: false, known: new Set(), isIdle: true, stopped: UNEXPLAINED }

/** @throws ApiError, or the reason of the signal */
export async function readBefore(source: EventSource): Promise<SessionBefore> {
  // In this order: the event comes before the status (observed), so that the events have why the session is idle.
  const { status } = await retrieveSession(source.client, source.sessionId, source.options)
  const events = await readLatest(source)
  const at = events.findLastIndex(({ kind }) => kind === 'running' || kind === 'rescheduled' || kind === 'idle')
  const last = events[at]
  const isIdle = last === undefined ? status === 'idle' : last.kind === 'idle'
  return {
    isShared: true,
    known: new Set(events.map(eventKey)),
    isIdle: isIdle && !events.slice(at + 1).some(isQueued),
    stopped: last?.kind === 'idle' ? stoppedBy(last, events) : UNEXPLAINED,
  }
}

/** The status may lag behind a message that was just sent (observed). */
function isQueued({ kind, processedAt }: SessionEvent): boolean {
  return kind === 'user-message' && processedAt === undefined
}
