import { quote } from '../text/escape.ts'
import type { InputReader } from './reader.ts'

/** Which names are wanted. Excludes hold wherever they stand; without an include, everything else is wanted. */
export interface NamePatterns {
  readonly includes: readonly string[]
  readonly excludes: readonly string[]
}

/** The matcher's own limit. */
const MAX_LENGTH = 65_536

/**
 * Reads `patterns`, one a line, with `!` for excludes and `#` at the start for comments. Patterns are relative, whether
 * they start with `/` or `./` or not.
 */
export function readNamePatterns(read: InputReader): NamePatterns {
  const problem = (message: string) => read.problem('patterns', message)
  const lines = read.lines('patterns').filter((line) => !line.startsWith('#'))
  if (lines.length === 0) problem('empty; `**` takes everything')
  const parse = (line: string) => parsePattern(line, problem) ?? []
  return {
    includes: lines.filter((line) => !line.startsWith('!')).flatMap(parse),
    excludes: lines.filter((line) => line.startsWith('!')).flatMap(parse),
  }
}

function parsePattern(line: string, problem: (message: string) => void): string | undefined {
  const pattern = line
    .replace(/^!\s*/, '')
    .replace(/^(\.?\/)+/, '')
    .replace(/\/+$/, '')
  if (pattern === '') problem(`${quote(line)} names nothing; a pattern must follow`)
  else if (pattern.length > MAX_LENGTH) problem(`a pattern has ${pattern.length} characters; at most ${MAX_LENGTH}`)
  else if (pattern.split('/').includes('..')) problem(`${quote(line)}: no file is above the folder that is written to`)
  else if (/\s=>\s/.test(pattern)) problem(`${quote(line)}: a file keeps its name; there is no mapping here`)
  else return pattern
  return undefined
}
