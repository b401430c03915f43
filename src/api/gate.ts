import pLimit from 'p-limit'
import { pause } from './pause.ts'

/** Lets calls through: so many at a time, and none while the service has asked for a pause. */
export class Gate {
  readonly #limit: ReturnType<typeof pLimit>
  readonly #log: (line: string) => void
  #pausedUntil = 0

  /** @param log gets one line a pause, however many calls it holds up */
  constructor(concurrency: number, log: (line: string) => void) {
    this.#limit = pLimit(concurrency)
    this.#log = log
  }

  run<T>(call: () => Promise<T>): Promise<T> {
    return this.#limit(call)
  }

  /** Makes every call wait for so many milliseconds from now. */
  pause(ms: number, why: string): void {
    const until = performance.now() + ms
    if (until <= this.#pausedUntil) return
    if (performance.now() >= this.#pausedUntil) this.#log(`waiting ${(ms / 1000).toFixed(1)} s: ${why}`)
    this.#pausedUntil = until
  }

  /** Resolves when no pause is left. @throws Interrupted when the signal fires */
  async open(signal: AbortSignal): Promise<void> {
    for (let left = this.#pausedUntil - performance.now(); left > 0; left = this.#pausedUntil - performance.now()) {
      await pause(left, signal)
    }
  }
}
