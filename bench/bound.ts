import { LATENCY } from './course.ts'
import type { Results } from './results.ts'
import type { Entrant, ScenarioId } from './scenarios.ts'

/**
 * What a run cannot beat, in seconds: ⌈requests ÷ concurrency⌉ × latency; for D the time in which curl gets the bytes
 * to the same service; for H a Node that does nothing.
 */
export function boundOf(results: Results, id: ScenarioId, name: Entrant, concurrency: number): number {
  if (id === 'D') return results.median('D', 'curl -F')
  if (id === 'J' || id === 'K') return Number.NaN
  if (id === 'H') return name === 'curl script' ? Number.NaN : results.median('H', 'node -e 0')
  const atOnce = name === 'curl script' ? 1 : concurrency
  return Math.ceil(results.requests(id, name) / atOnce) * LATENCY
}
