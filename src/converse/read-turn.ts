import type { Client } from '../api/client.ts'
import { ApiError } from '../api/errors.ts'
import type { SessionEvent } from '../api/session-event.ts'
import { retrieveSession, type Session } from '../api/sessions.ts'
import { pause } from '../stop/pause.ts'
import { truncate } from '../text/truncate.ts'
import { saysSomething } from './spans.ts'
import type { Ending, Stopped, Turn } from './turn.ts'
import { errorsOf } from './view-turn.ts'

/** Documented limit of the output, in bytes. Linux takes at most 128 KiB in one environment variable. */
const MAX_REPLY = 100_000

/** Retries for a session whose status lags behind its idle event (observed). */
const IDLE_LAG = { times: 10, ms: 200 } as const

export interface TurnSource {
  readonly client: Client
  readonly sessionId: string
  /** Gives up what is not there by then. */
  readonly signal: AbortSignal
}

/**
 * Reads status and usage from the session, and combines them with the turn's events. Fields that the server omits stay
 * undefined.
 * @param ending undefined if it is not known how the turn ended
 */
export async function readTurn(
  source: TurnSource,
  ours: readonly SessionEvent[],
  ending: Ending | undefined,
): Promise<Turn> {
  const stopped = ending === undefined ? undefined : stoppedIn(ending)
  const session = ending?.kind === 'deleted' ? undefined : await lastLook(source, stopped !== undefined)
  const isGone = ending?.kind === 'deleted' || ending?.kind === 'terminated'
  const told = stopped === undefined ? session?.status : 'idle'
  return {
    status: isGone ? ending.kind : told,
    stopReason: stopped?.stopReason,
    reply: replyOf(ours),
    usage: session?.usage,
    errors: errorsOf(ours),
  }
}

function stoppedIn(ending: Ending): Stopped | undefined {
  return 'stopReason' in ending ? ending : undefined
}

/** The last message that has text; other messages do not take its place. */
function replyOf(ours: readonly SessionEvent[]): string {
  const reply = ours.findLast(saysSomething)?.text ?? ''
  return Buffer.byteLength(reply) <= MAX_REPLY ? reply : `${truncate(reply, MAX_REPLY - 3)}…`
}

async function lastLook({ client, sessionId, signal }: TurnSource, isIdle: boolean): Promise<Session | undefined> {
  try {
    for (let times = 1; ; times++) {
      const session = await retrieveSession(client, sessionId, { signal })
      if (!isIdle || session.status === 'idle' || times >= IDLE_LAG.times) return session
      await pause(IDLE_LAG.ms, signal)
    }
  } catch (error) {
    if (error instanceof ApiError || signal.aborted) return undefined
    throw error
  }
}
