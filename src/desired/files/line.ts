import type { Include, Mapping } from '../../inputs/file-patterns.ts'
import { foldName, type NameRules } from './name-rules.ts'
import { isWildcard, literalSegments, type Segment, segmentsOf } from './pattern.ts'

/** One way to read a line: as a pattern, or as the exact name of a file or folder. */
export interface Reading {
  readonly line: Line
  readonly segments: readonly Segment[]
  /** How many segments stand before the first wildcard. */
  readonly literal: number
}

/** How many names a mapping into a folder drops: those in front of the first wildcard, or of the last name. */
export function baseOf({ segments, literal }: Reading): number {
  return Math.min(literal, segments.length - 1)
}

/** A line of `files`, ready to be searched for. */
export interface Line {
  /** Without what surrounds it, for messages. */
  readonly text: string
  /** As it stands in the input. */
  readonly written: string
  readonly mapping: Mapping
  readonly readings: readonly Reading[]
  /** It ends in a slash, and matches no file itself. */
  readonly onlyFolders: boolean
  /** A folder that it matches stands for all below it; not so the paths of a JSON array. */
  readonly takesFolders: boolean
  /** Whether a name that starts with a dot is asked for, as far as this line goes. */
  readonly spellsDot: (name: string) => boolean
}

/** @param pattern relative to the root, in POSIX form */
export function includeLine(include: Include, pattern: string, rules: NameRules, takesHidden: boolean): Line {
  const { pattern: text, written, mapping, literal } = include
  if (literal) return literalLine({ text, written, mapping, spellsDot: () => true }, pattern, rules)
  return patternLine(
    { text, written, mapping, spellsDot: takesHidden ? () => true : dotsOf(pattern, rules) },
    pattern,
    rules,
  )
}

/** @param pattern relative to the root, in POSIX form */
export function excludeLine(text: string, pattern: string, rules: NameRules): Line {
  return patternLine({ text, written: text, mapping: { kind: 'default' }, spellsDot: () => true }, pattern, rules)
}

type Given = Pick<Line, 'text' | 'written' | 'mapping' | 'spellsDot'>

function literalLine(given: Given, pattern: string, rules: NameRules): Line {
  const readings: Reading[] = []
  const line = { ...given, readings, onlyFolders: false, takesFolders: false }
  readings.push(reading(line, literalSegments(pattern, rules)))
  return line
}

/** A line that could also be the exact name of a file or folder, as `app/[id]/page.tsx` can, means both. */
function patternLine(given: Given, pattern: string, rules: NameRules): Line {
  const readings: Reading[] = []
  const line = { ...given, readings, onlyFolders: pattern.endsWith('/'), takesFolders: true }
  const wild = segmentsOf(pattern.replace(/\/$/, ''), rules)
  readings.push(reading(line, wild))
  const exact = literalSegments(pattern, rules)
  if (!areSameNames(wild, exact)) readings.push(reading(line, exact))
  return line
}

function reading(line: Line, segments: readonly Segment[]): Reading {
  const wild = segments.findIndex(({ kind }) => kind !== 'name')
  return { line, segments, literal: wild === -1 ? segments.length : wild }
}

function areSameNames(a: readonly Segment[], b: readonly Segment[]): boolean {
  return a.length === b.length && a.every((one, i) => one.kind === 'name' && literalName(b[i]) === one.name)
}

function literalName(segment: Segment | undefined): string | undefined {
  return segment?.kind === 'name' ? segment.name : undefined
}

/** `.github/*.json` spells the dot of `.github`, but not that of `.github/.cache`; `.env*` those of all that start so. */
function dotsOf(pattern: string, rules: NameRules): (name: string) => boolean {
  const dots = pattern
    .split('/')
    .filter((segment) => segment.startsWith('.'))
    .map((segment) => ({ start: foldName(segment.replace(/[*?[].*$/, ''), rules), isExact: !isWildcard(segment) }))
  return (name) => {
    const folded = foldName(name, rules)
    return dots.some(({ start, isExact }) => (isExact ? folded === start : folded.startsWith(start)))
  }
}
