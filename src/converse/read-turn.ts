import type { Client } from '../api/client.ts'
import { ApiError } from '../api/errors.ts'
import type { SessionEvent } from '../api/session-event.ts'
import { retrieveSession, type Session } from '../api/sessions.ts'
import { spendingOf } from '../api/usage.ts'
import { pause } from '../stop/pause.ts'
import type { JsonObject } from '../text/json.ts'
import { truncate } from '../text/truncate.ts'
import type { SentPrompt } from './send-prompt.ts'
import { isWork, saysSomething } from './spans.ts'
import type { Ending, Turn } from './turn.ts'
import { verdictOf } from './verdict.ts'
import { errorsOf, lastUsage } from './view-turn.ts'

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

/** What is known of a turn from the session's events. */
export interface TurnEvents {
  readonly ours: readonly SessionEvent[]
  readonly prompt: SentPrompt | undefined
  /** What the session had used when it began. */
  readonly usageBefore: JsonObject | undefined
  /** Undefined if it is not known how it ended. */
  readonly ending: Ending | undefined
}

/** Adds what the events lack from the session itself. Fields that the server omits stay undefined. */
export async function readTurn(source: TurnSource, { ours, prompt, usageBefore, ending }: TurnEvents): Promise<Turn> {
  const stopped = ending !== undefined && 'stopReason' in ending ? ending : undefined
  const isIdle = stopped !== undefined && ending?.kind !== 'asked'
  const told = isIdle ? usageAtIdle(ours) : undefined
  const isComplete = told !== undefined && verdictOf(prompt, ours, undefined)?.result !== 'unfinished'
  const session = isComplete || ending?.kind === 'deleted' ? undefined : await lastLook(source, isIdle)
  const usage = told ?? session?.usage
  return {
    status: statusOf(ending, isIdle, session),
    stopReason: stopped?.stopReason,
    reply: replyOf(ours),
    usage,
    runCents: difference(centsOf(usage), centsOf(usageBefore)),
    verdict: verdictOf(prompt, ours, session),
    errors: errorsOf(ours),
  }
}

function statusOf(ending: Ending | undefined, isIdle: boolean, session: Session | undefined): string | undefined {
  if (ending?.kind === 'deleted' || ending?.kind === 'terminated') return ending.kind
  return isIdle ? 'idle' : session?.status
}

/** Documented: it comes just before the idle, and stands still while the agent works. */
function usageAtIdle(ours: readonly SessionEvent[]): JsonObject | undefined {
  return lastUsage(ours.slice(ours.findLastIndex(isWork) + 1))
}

/** A session that has used nothing has cost nothing, though it has no price yet. */
function centsOf(usage: JsonObject | undefined): number | undefined {
  const { cents, inputTokens, outputTokens } = spendingOf(usage)
  return cents ?? (inputTokens === 0 && outputTokens === 0 ? 0 : undefined)
}

function difference(after: number | undefined, before: number | undefined): number | undefined {
  return after === undefined || before === undefined ? undefined : Math.max(after - before, 0)
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
