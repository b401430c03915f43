import { setImmediate } from 'node:timers/promises'

/** In milliseconds: longest time that a loop keeps signals and timers waiting. */
const MAX_MS = 50

/** Lets signals and timers have their turn in a long loop that waits for nothing. */
export class Breather {
  readonly #signal: AbortSignal
  #due = performance.now() + MAX_MS

  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  /** Asked first, since waiting costs more than most of what a loop does. */
  get isDue(): boolean {
    return performance.now() > this.#due
  }

  /** @throws the reason of the signal when that has fired */
  async breathe(): Promise<void> {
    await setImmediate()
    this.#signal.throwIfAborted()
    this.#due = performance.now() + MAX_MS
  }
}
