import type { Entry } from './entry.ts'
import type { Line } from './line.ts'
import type { Search } from './search.ts'
import { Walk } from './walk.ts'

export interface Found {
  /** By path. */
  readonly entries: readonly Entry[]
  /** Excludes that have left nothing out. */
  readonly idleExcludes: readonly Line[]
}

/**
 * Finds what the lines match below the root, in one walk. What is excluded as a whole is not entered, nor is `.git`; what
 * cannot be read is told, and passed by.
 * @throws the reason of the signal
 */
export async function find(search: Search, signal: AbortSignal): Promise<Found> {
  const { entries, used } = await new Walk(search, signal).run()
  return {
    entries: entries.sort((a, b) => Number(a.path > b.path) - Number(a.path < b.path)),
    idleExcludes: search.excludes.filter((line) => !used.has(line)),
  }
}
