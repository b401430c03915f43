import type { Course } from './course.ts'
import type { Sample } from './sample.ts'

/** A line of the table. */
export const TITLES = {
  A: 'one 4 KB file, new session',
  B: '100 × 10 KB, new session',
  C: '500 × 10 KB, existing session',
  'C 32': 'the same, 32 requests at a time',
  'A TLS': 'A over TLS',
  'B TLS': 'B over TLS',
  'C TLS': 'C over TLS',
  D: 'one 500 MB file, no latency',
  'D 1 Gbit': 'the same at 1 Gbit/s',
  E: 'refresh of 500, 5 changed',
  'E unchanged': 'refresh of 500, none changed',
  F: '5,000 × 2 KB',
  G: 'post after C',
  H: 'start to first byte',
  'H post': 'post with nothing to remove',
  J: '300 of 100,000, dry run',
  K: '20,000 × 10 KB in an archive, dry run',
  L: 'the same, on a session that has the archive',
} as const

export type ScenarioId = keyof typeof TITLES

/** Who runs in a scenario, by the names that tables and claims use. */
export type Entrant =
  | 'action'
  | 'SDK script'
  | 'curl script'
  | 'bare requests'
  | 'curl -F'
  | 'node -e 0'
  | 'action, one archive'
  | 'action, 500 one by one'
  | 'action, one file'
  | 'find -prune'
  | 'find, sha256sum'
  | 'tar, sha256sum, curl'

/** What runs are measured of one contender. */
export interface Contender {
  readonly name: Entrant
  /** How often it is measured, where it would take too long otherwise. */
  readonly runs?: number
  /** One run; may give samples for more than one scenario. */
  readonly run: (round: number) => Promise<Partial<Record<ScenarioId, Sample>>>
}

/** Scenarios that are measured together, all contenders in turn. */
export interface Heat {
  readonly ids: readonly ScenarioId[]
  /** Inputs and outputs of the action without which there is nothing to measure. */
  readonly needs?: readonly string[]
  readonly contenders: (course: Course) => readonly Contender[]
}

export const KB = 1000
export const MB = 1000 * KB
