import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Client } from '../api/client.ts'
import { ApiError, mayHaveActed } from '../api/errors.ts'
import { isTransient } from '../api/retry.ts'
import type { Effect } from '../ledger/ledger.ts'
import type { LedgerWriter } from '../ledger/writer.ts'
import { pause } from '../stop/pause.ts'
import type { Stop } from '../stop/stop.ts'

/** A call that failed, and what it was for. */
export class EffectError extends Error {
  override readonly cause: ApiError
  readonly failed: string

  constructor(failed: string, cause: ApiError) {
    super(`${failed}: ${cause.message}`, { cause })
    this.name = 'EffectError'
    this.failed = failed
    this.cause = cause
  }
}

export interface EffectContext {
  readonly client: Client
  readonly ledger: LedgerWriter
  readonly stop: Stop
  /** Is told what came of a call whose reply was lost. */
  readonly log: (line: string) => void
}

/** One call that changes something. */
export interface EffectCall<T> {
  readonly intent: Effect
  /** Begins the error message: `"a.csv" could not be uploaded`. */
  readonly failed: string
  readonly call: () => Promise<T>
  readonly outcome: (reply: T) => Effect
  /** Looks for what an earlier attempt made whose reply was lost. Without it, a lost reply is a failure. */
  readonly find?: () => Promise<T | typeof UNCLEAR | undefined>
}

/**
 * There is something that may be what was made, or somebody else's: it does not count as made, nor is the call
 * repeated.
 */
export const UNCLEAR = Symbol('unclear')

/** Attempts at a call whose replies are lost. */
const MAX_CALLS = 3

/** Waits before looking: a list may lag behind what was made. */
const LOOK_AFTER_MS = [0, 500, 1500] as const

/** Looks a few times. Undefined if no look finds anything. @throws what a look throws, or the reason of the stop */
export async function lookRepeatedly<T>(
  look: () => Promise<T | undefined>,
  { stop }: Pick<EffectContext, 'stop'>,
  delays: readonly number[] = LOOK_AFTER_MS,
): Promise<T | undefined> {
  for (const delay of delays) {
    await pause(delay, stop.startNothingNew)
    const found = await look()
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * Makes a call with its lines in the ledger: the intent before, the outcome after, nothing if it was surely refused.
 * What is not known to have happened is looked for before the call is repeated, so that nothing is made twice.
 * @throws EffectError, or what the call throws that is no ApiError
 */
export async function performEffect<T>(context: EffectContext, effect: EffectCall<T>): Promise<T> {
  const { client, ledger, stop, log } = context
  // One turn of the event loop: a signal that came together with the last reply is noticed before anything new is begun.
  await nextTurn()
  stop.startNothingNew.throwIfAborted()
  const entry = ledger.begin(effect.intent)
  let wasLost = false
  for (let calls = 1; ; calls++) {
    const attempt: Attempt<T> = await tryOnce(effect, wasLost, context)
    if ('reply' in attempt) {
      entry.finish(effect.outcome(attempt.reply))
      return attempt.reply
    }
    const { error, isLost, mayRepeat }: FailedAttempt = attempt
    wasLost ||= isLost
    if (!mayRepeat || calls >= Math.min(MAX_CALLS, client.maxAttempts)) {
      if (!wasLost) entry.withdraw()
      throw error instanceof ApiError ? new EffectError(effect.failed, error) : error
    }
    if (error instanceof Error) log(`Retrying; the service did not do it: ${error.message}`)
    // Should a list have lagged behind, post still finds what the lost call made.
    ledger.note(effect.intent)
  }
}

interface FailedAttempt {
  readonly error: unknown
  readonly isLost: boolean
  readonly mayRepeat: boolean
}

type Attempt<T> = { readonly reply: T } | FailedAttempt

async function tryOnce<T>(effect: EffectCall<T>, lostBefore: boolean, context: EffectContext): Promise<Attempt<T>> {
  try {
    return { reply: await effect.call() }
  } catch (error) {
    const isLost = mayHaveActed(error)
    // After a lost reply, a refusal may well mean that what was asked for is there already.
    if (!(error instanceof ApiError) || !(isLost || lostBefore)) return { error, isLost, mayRepeat: false }
    const found = await lookForMade(effect, isLost, context)
    if (found === undefined) return { error, isLost, mayRepeat: isLost && isTransient(error) }
    if (found === UNCLEAR) return { error, isLost, mayRepeat: false }
    context.log(`The service did it all the same: ${error.message}`)
    return { reply: found }
  }
}

/** Where it cannot look, what is there is unclear. */
async function lookForMade<T>(
  { find }: EffectCall<T>,
  mayLag: boolean,
  context: EffectContext,
): Promise<T | typeof UNCLEAR | undefined> {
  if (find === undefined) return UNCLEAR
  try {
    return await lookRepeatedly(find, context, mayLag ? LOOK_AFTER_MS : [0])
  } catch (error) {
    if (error instanceof ApiError) return UNCLEAR
    throw error
  }
}
