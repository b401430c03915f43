import type { NamePatterns } from '../inputs/name-patterns.ts'
import { isActedUpon, isHidden } from './acted-upon.ts'
import type { Choice } from './choose.ts'
import type { Surroundings } from './folder.ts'

export interface Selection {
  readonly choices: readonly Choice[]
  readonly hidden: readonly Choice[]
  /** Later steps may act on them, so that they have to be named. */
  readonly unnamed: readonly Choice[]
}

export interface SelectionRules {
  readonly patterns: NamePatterns
  readonly overwrite: boolean
  readonly includeHidden: boolean
  readonly surroundings: Surroundings
}

/** Sorts out what must not be written as a matter of course. Pure. */
export function select(choices: readonly Choice[], rules: SelectionRules): Selection {
  const { includeHidden, surroundings, overwrite, patterns } = rules
  const isNamed = ({ path }: Choice) => overwrite && patterns.includes.some((pattern) => pattern === path)
  const mustBeNamed = ({ path }: Choice) =>
    surroundings === 'workspace' || (surroundings === 'others-files' && isActedUpon(path))
  const [hidden, shown] = split(choices, ({ path }) => !includeHidden && isHidden(path))
  const [unnamed, rest] = split(shown, (choice) => mustBeNamed(choice) && !isNamed(choice))
  return { choices: rest, hidden, unnamed }
}

/** True if a pattern names a file, so that the workspace itself can be written to. */
export function namesAny({ includes }: NamePatterns): boolean {
  return includes.some((pattern) => !/[*?[\]\\]/.test(pattern))
}

function split<T>(items: readonly T[], test: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(test), items.filter((item) => !test(item))]
}
