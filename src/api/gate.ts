import pLimit from 'p-limit'
import { pause } from '../stop/pause.ts'

/** After how many calls in a row that went well one more runs at the same time again. */
const CALLS_TO_RECOVER = 20

/**
 * Lets calls through: so many at a time, fewer after the service has said that it is too much, and none while it has
 * asked for a pause.
 */
export class Gate {
  readonly #limit: ReturnType<typeof pLimit>
  readonly #concurrency: number
  readonly #deadline: number
  readonly #log: (line: string) => void
  readonly #oneByOne = pLimit(1)
  #pausedUntil = 0
  #wentWell = 0

  /**
   * @param deadline up to when a pause is worth waiting for, on the clock of `performance.now()`
   * @param log gets one line a pause, however many calls it holds up
   */
  constructor(concurrency: number, deadline: number, log: (line: string) => void) {
    this.#concurrency = concurrency
    this.#deadline = deadline
    this.#limit = pLimit(concurrency)
    this.#log = log
  }

  run<T>(call: () => Promise<T>): Promise<T> {
    return this.#limit(call)
  }

  /** One at a time, for calls that got in each other's way. */
  alone<T>(call: () => Promise<T>): Promise<T> {
    return this.#oneByOne(call)
  }

  /** Whether a wait of so many milliseconds ends in time. */
  allows(ms: number): boolean {
    return performance.now() + ms < this.#deadline
  }

  /** Makes every call wait for so many milliseconds from now, and lets half as many run afterwards. */
  pause(ms: number, why: string): void {
    const now = performance.now()
    if (now + ms <= this.#pausedUntil) return
    if (now >= this.#pausedUntil) {
      this.slowDown(Math.floor(this.#limit.concurrency / 2))
      this.#log(`Waiting ${(ms / 1000).toFixed(1)} s, then ${this.#limit.concurrency} at a time: ${why}`)
    }
    this.#pausedUntil = now + ms
  }

  /** Lets no more than so many calls run at a time, at least one. Calls that go well raise that again, step by step. */
  slowDown(concurrency: number): void {
    this.#limit.concurrency = Math.max(1, Math.min(concurrency, this.#limit.concurrency))
    this.#wentWell = 0
  }

  wentWell(): void {
    if (this.#limit.concurrency === this.#concurrency || ++this.#wentWell < CALLS_TO_RECOVER) return
    this.#limit.concurrency++
    this.#wentWell = 0
  }

  /** Resolves when no pause is left. @throws the reason of the signal when that fires */
  async waitForPause(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    for (let left = this.#pausedUntil - performance.now(); left > 0; left = this.#pausedUntil - performance.now()) {
      await pause(left, signal)
    }
  }
}
