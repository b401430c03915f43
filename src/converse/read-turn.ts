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

/** How often, and how long apart, a session is asked that has told that it is idle but does not say so yet (observed). */
const IDLE_LAG = { times: 10, ms: 200 } as const

/** Whose turn it is. */
export interface TurnSource {
  readonly client: Client
  readonly sessionId: string
  /** Gives up what is not there by then. */
  readonly signal: AbortSignal
}

/**
 * What is known of a turn in the end; the session is asked for its status and usage. What it does not tell is left out.
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

/** Why the session is idle, if the wait ended with that. */
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
