import type { RequestLimits } from '../api/request-limits.ts'
import type { InputReader } from './reader.ts'

/** The runner's own limit of a job is six hours; self-hosted runners allow five days. */
const MAX_MINUTES = 5 * 24 * 60

export function readLimits(read: InputReader): RequestLimits {
  return {
    concurrency: read.integer('concurrency', { min: 1, max: 32 }),
    maxAttempts: read.integer('max-attempts', { min: 1, max: 20 }),
    timeoutMs: read.number('timeout-minutes', { above: 0, max: MAX_MINUTES }) * 60_000,
  }
}

/** What a run says whose time is over. */
export function timeOver({ timeoutMs }: RequestLimits): string {
  return `the time for the run (\`timeout-minutes: ${timeoutMs / 60_000}\`) was over`
}
