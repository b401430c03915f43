import type { EndingContext } from './end-session.ts'

/** What removing needs beside what is to be removed. */
export interface RemovalContext extends EndingContext {
  readonly concurrency: number
  /** How long to wait for a running session to become idle, in milliseconds. */
  readonly waitMs: number
  /** Up to when a pause is worth waiting for, on the clock of `performance.now()`. */
  readonly deadline: number
}
