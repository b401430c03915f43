import type { RequestLimits } from '../api/request-limits.ts'
import type { InputReader } from './reader.ts'

/** The runner's own limit of a job is six hours; self-hosted runners allow five days. */
const MAX_MINUTES = 5 * 24 * 60

export function readLimits(read: InputReader): RequestLimits {
  return {
    concurrency: read.integer('concurrency', { min: 1, max: 32 }),
    timeoutMs: read.number('timeout-minutes', { above: 0, max: MAX_MINUTES }) * 60_000,
  }
}
