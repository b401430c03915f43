import { ApiError, StatusError } from '../api/errors.ts'
import { isTransient } from '../api/retry.ts'
import { pause } from '../stop/pause.ts'

export interface Persistence {
  /** Ends the attempts. */
  readonly signal: AbortSignal
  readonly delayMs: number
  readonly log: (line: string) => void
}

/**
 * Does work again that fails in passing, however often, since a wait of hours need not end with it; says once why.
 * @throws what does not pass, or the reason of the signal when that fires
 */
export async function persist<T>(work: () => Promise<T>, { signal, delayMs, log }: Persistence): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof ApiError) || !mayPass(error)) throw error
      if (attempt === 1) log(`Still waiting, and retrying until the wait ends: ${error.message}`)
      await pause(Math.max(delayMs, askedDelay(error)), signal)
    }
  }
}

/** A proxy's answer may pass; a refused credential stays refused, and so does what a cloud's gateway has a name for. */
function mayPass(error: ApiError): boolean {
  if (isTransient(error)) return true
  if (!(error instanceof StatusError)) return false
  const { isForeign, status, type } = error.details
  return isForeign && status !== 401 && type === undefined
}

/** No timer takes more than 24 days. */
const MAX_DELAY_MS = 3_600_000

function askedDelay(error: ApiError): number {
  return error instanceof StatusError ? Math.min(error.details.retryAfterMs ?? 0, MAX_DELAY_MS) : 0
}
