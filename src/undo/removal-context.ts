import type { EndingContext } from './end-session.ts'

export interface RemovalContext extends EndingContext {
  readonly concurrency: number
  /** In milliseconds: longest wait for a running session to become idle. */
  readonly waitMs: number
  /** Up to when a pause is worth waiting for, on the clock of `performance.now()`. */
  readonly deadline: number
}
