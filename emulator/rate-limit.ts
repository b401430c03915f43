import { Problem } from './problem.ts'

export interface RateLimit {
  readonly requests: number
  readonly perSeconds: number
}

/** A sliding window over all callers; the refusal says in whole seconds when the next request will pass. */
export class RateGate {
  readonly #limit: RateLimit | undefined
  #passed: number[] = []

  constructor(limit: RateLimit | undefined) {
    this.#limit = limit
  }

  pass(): void {
    if (this.#limit === undefined) return
    const span = this.#limit.perSeconds * 1000
    const now = performance.now()
    this.#passed = this.#passed.filter((at) => at > now - span)
    const oldest = this.#passed[0]
    if (oldest !== undefined && this.#passed.length >= this.#limit.requests) {
      const retryAfter = String(Math.max(1, Math.ceil((oldest + span - now) / 1000)))
      throw new Problem(429, 'This request would exceed the rate limit', { retryAfter })
    }
    this.#passed.push(now)
  }

  clear(): void {
    this.#passed = []
  }
}
