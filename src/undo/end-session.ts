import { StatusError } from '../api/errors.ts'
import { isAtRest } from '../api/session-status.ts'
import { archiveSession, deleteSession, interruptSession, retrieveSession } from '../api/sessions.ts'
import { pause } from '../stop/pause.ts'
import { type LookContext, orGone } from './gone.ts'

export interface EndingContext extends LookContext {
  /** Told what is waited for. */
  readonly log: (line: string) => void
}

const FIRST_POLL_MS = 500
const MAX_POLL_MS = 5_000

/** In milliseconds, for an interrupted session to become idle. */
const INTERRUPT_WAIT_MS = 15_000

/** A session that has just become idle may be refused as running, and may run once more for a moment (observed). */
const END_ATTEMPTS = 6
const END_AGAIN_MS = 400

/** `at-rest` accepts changes, `archived` does not. */
export type SessionState = 'at-rest' | 'running' | 'archived' | 'gone'

/** Waits until a session does not run any more, so many milliseconds at most. @throws ApiError, Interrupted */
export async function waitUntilIdle(sessionId: string, ms: number, context: EndingContext): Promise<SessionState> {
  const { stop, log } = context
  const deadline = performance.now() + ms
  for (let delay = FIRST_POLL_MS; ; delay = Math.min(delay * 2, MAX_POLL_MS)) {
    const state = await sessionState(sessionId, context)
    const left = deadline - performance.now()
    if (state !== 'running' || left <= 0) return state
    if (delay === FIRST_POLL_MS)
      log(`Session ${sessionId} is running; waiting up to ${Math.ceil(left / 1000)} s for it`)
    await pause(Math.min(delay, left), stop.startNothingNew)
  }
}

async function sessionState(sessionId: string, context: EndingContext): Promise<SessionState> {
  const session = await orGone(() => retrieveSession(context.client, sessionId), context)
  if (session === 'gone') return 'gone'
  if (session.archived) return 'archived'
  return isAtRest(session.status) ? 'at-rest' : 'running'
}

/** Ends the agent's turn, and waits a moment for the session to become idle. @throws ApiError, Interrupted */
export async function interruptAndWait(sessionId: string, context: EndingContext): Promise<SessionState> {
  const told = await orGone(() => interruptSession(context.client, sessionId), context)
  return told === 'gone' ? 'gone' : waitUntilIdle(sessionId, INTERRUPT_WAIT_MS, context)
}

/**
 * Archives or deletes a session; one that runs is interrupted first, since the service refuses it then with 400
 * (observed). Resolves to whether it was still there. @throws ApiError, Interrupted
 */
export async function endSession(
  sessionId: string,
  how: 'archive' | 'delete',
  context: EndingContext,
): Promise<string> {
  const end = how === 'archive' ? archiveSession : deleteSession
  for (let attempt = 1; ; attempt++) {
    try {
      return await orGone(() => end(context.client, sessionId), context)
    } catch (error) {
      const isRefused = error instanceof StatusError && [400, 409, 412].includes(error.details.status)
      if (!isRefused || attempt >= END_ATTEMPTS) throw error
      if ((await sessionState(sessionId, context)) === 'running') await interruptAndWait(sessionId, context)
      else await pause(END_AGAIN_MS, context.stop.startNothingNew)
    }
  }
}
