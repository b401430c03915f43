import { boundOf } from './bound.ts'
import { LATENCY } from './course.ts'
import type { Entrant, ScenarioId } from './heat.ts'
import type { Results } from './results.ts'

/** A figure that is asked of the action. */
export interface Claim {
  readonly id: ScenarioId
  readonly what: string
  readonly atMost?: number
  readonly atLeast?: number
  readonly unit?: string
  /** NaN if nothing was measured. */
  readonly seen: number
}

/** All that is asked, with what was seen. Times are compared by their medians. */
export function claimsOf(results: Results, concurrency: number): readonly Claim[] {
  const ratio = (id: ScenarioId, name: Entrant, other: Entrant, otherId = id) =>
    results.median(id, name) / results.median(otherId, other)
  const overBound = (id: ScenarioId) => results.median(id, 'action') / boundOf(results, id, 'action', concurrency)
  const peak = results.peak('D', 'action')
  return [
    { id: 'A', what: 'time ÷ curl script', atMost: 1, seen: ratio('A', 'action', 'curl script') },
    { id: 'A', what: 'time ÷ SDK script', atMost: 1, seen: ratio('A', 'action', 'SDK script') },
    { id: 'B', what: 'curl script ÷ time', atLeast: 8, seen: ratio('B', 'curl script', 'action') },
    { id: 'B', what: 'time ÷ SDK script', atMost: 1, seen: ratio('B', 'action', 'SDK script') },
    { id: 'C', what: 'time ÷ bound', atMost: 1.15, seen: overBound('C') },
    { id: 'C 32', what: 'time ÷ bound', atMost: 1.15, seen: overBound('C 32') },
    { id: 'D', what: 'time ÷ `curl -F`', atMost: 1.5, seen: ratio('D', 'action', 'curl -F') },
    { id: 'D 1 Gbit', what: 'time ÷ `curl -F`', atMost: 1.1, seen: ratio('D 1 Gbit', 'action', 'curl -F') },
    { id: 'D', what: 'peak memory', atMost: 130, unit: 'MB', seen: peak },
    { id: 'D', what: 'peak memory ÷ SDK script', atMost: 0.25, seen: peak / results.peak('D', 'SDK script') },
    { id: 'E', what: 'requests', atMost: 25, unit: '', seen: results.requests('E', 'action') },
    { id: 'E', what: 'C ÷ time', atLeast: 5, seen: ratio('C', 'action', 'action', 'E') },
    { id: 'E unchanged', what: 'requests', atMost: 4, unit: '', seen: results.requests('E unchanged', 'action') },
    { id: 'F', what: 'requests', atMost: 2, unit: '', seen: results.requests('F', 'action, one archive') },
    {
      id: 'F',
      what: '500 one by one ÷ all in one archive',
      atLeast: 2,
      seen: ratio('F', 'action, 500 one by one', 'action, one archive'),
    },
    {
      id: 'F',
      what: 'one archive ÷ (`tar -cz`, `sha256sum`, `curl -F`)',
      atMost: 2.5,
      seen: ratio('F', 'action, one archive', 'tar, sha256sum, curl'),
    },
    { id: 'F', what: 'peak memory', atMost: 130, unit: 'MB', seen: results.peak('F', 'action, one archive') },
    { id: 'G', what: 'time ÷ bound', atMost: 1.15, seen: overBound('G') },
    { id: 'H', what: 'time ÷ `node -e 0`', atMost: 3, seen: ratio('H', 'action', 'node -e 0') },
    { id: 'H post', what: 'time ÷ `node -e 0`', atMost: 2.5, seen: ratio('H post', 'action', 'node -e 0') },
    {
      id: 'J',
      what: 'time ÷ (`find -prune` + start-up)',
      atMost: 1.5,
      seen:
        results.median('J', 'action') / (results.median('J', 'find -prune') + results.median('J', 'action, one file')),
    },
    { id: 'K', what: 'time ÷ `find -exec sha256sum`', atMost: 2, seen: ratio('K', 'action', 'find, sha256sum') },
    {
      id: 'L',
      what: 'time ÷ (K + three requests)',
      atMost: 1,
      seen: results.median('L', 'action') / (results.median('K', 'action') + 3 * LATENCY),
    },
    { id: 'L', what: 'requests', atMost: 3, unit: '', seen: results.requests('L', 'action') },
  ]
}
