import type { InputReader } from './reader.ts'

/** How hard, how often and for how long the service is called. */
export interface Pace {
  /** Requests at the same time. */
  readonly concurrency: number
  /** How often one request is sent before it counts as failed. */
  readonly maxAttempts: number
  /** For everything together. */
  readonly timeoutMs: number
}

/** The runner's own limit of a job is six hours; self-hosted runners allow five days. */
const MAX_MINUTES = 5 * 24 * 60

export function readPace(read: InputReader): Pace {
  return {
    concurrency: read.integer('concurrency', { min: 1, max: 32 }),
    maxAttempts: read.integer('max-attempts', { min: 1, max: 20 }),
    timeoutMs: read.number('timeout-minutes', { above: 0, max: MAX_MINUTES }) * 60_000,
  }
}

/** What a run says whose time is over. */
export function timeOver({ timeoutMs }: Pace): string {
  return `the time for the run (\`timeout-minutes: ${timeoutMs / 60_000}\`) was over`
}
