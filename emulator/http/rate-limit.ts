import { Problem } from './problem.ts'

export const RETRY_AFTER_FORMS = ['seconds', 'fraction', 'http-date'] as const

export interface RateLimit {
  readonly requests: number
  readonly perSeconds: number
  /** How `retry-after` is written: whole seconds if not given, seconds with a fraction, or a date. */
  readonly retryAfterForm?: (typeof RETRY_AFTER_FORMS)[number] | undefined
}

/** A sliding window over all callers; the refusal says when the next request will pass. */
export class RateGate {
  readonly #limit: RateLimit | undefined
  /** When requests passed: a ring of as many as may pass, so that the next place holds the oldest. */
  #passed: number[] = []
  #next = 0

  constructor(limit: RateLimit | undefined) {
    this.#limit = limit
  }

  pass(): void {
    if (this.#limit === undefined) return
    const now = performance.now()
    const oldest = this.#passed[this.#next]
    const wait = oldest === undefined ? 0 : oldest + this.#limit.perSeconds * 1000 - now
    if (wait > 0)
      throw new Problem(429, 'This request would exceed the rate limit', { retryAfter: retryAfter(this.#limit, wait) })
    this.#passed[this.#next] = now
    this.#next = (this.#next + 1) % this.#limit.requests
  }

  clear(): void {
    this.#passed = []
    this.#next = 0
  }
}

/** Rounded up in each form: who waits that long passes. */
function retryAfter({ retryAfterForm }: RateLimit, waitMs: number): string {
  switch (retryAfterForm) {
    case 'fraction':
      return (Math.ceil(waitMs) / 1000).toFixed(3)
    case 'http-date':
      return new Date(Math.ceil((Date.now() + waitMs) / 1000) * 1000).toUTCString()
    default:
      return String(Math.ceil(waitMs / 1000))
  }
}
