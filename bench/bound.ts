import { LATENCY } from './course.ts'
import type { Entrant, ScenarioId } from './heat.ts'
import type { Results } from './results.ts'

/** Opening a connection with TLS 1.3 takes two round trips before its first request. */
const ROUND_TRIPS_OF_TLS = 2

/**
 * What a run cannot beat, in seconds: ⌈requests ÷ concurrency⌉ × latency, over TLS with that of opening connections; for D
 * the time in which curl gets the bytes to the same service; for H a Node that does nothing.
 */
export function boundOf(results: Results, id: ScenarioId, name: Entrant, concurrency: number): number {
  if (id === 'D' || id === 'D 1 Gbit') return results.median(id, 'curl -F')
  if (id === 'J' || id === 'K') return Number.NaN
  if (id === 'H' || id === 'H post') return name === 'curl script' ? Number.NaN : results.median(id, 'node -e 0')
  const opening = id.endsWith(' TLS') ? ROUND_TRIPS_OF_TLS : 0
  const requests = results.requests(id, name)
  if (name === 'curl script') return requests * (1 + opening) * LATENCY
  return (Math.ceil(requests / (id === 'C 32' ? 32 : concurrency)) + opening) * LATENCY
}
