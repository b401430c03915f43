import { quote } from '../text/escape.ts'

/** Which names are wanted. Excludes hold wherever they stand; without an include, everything else is wanted. */
export interface NamePatterns {
  readonly includes: readonly string[]
  readonly excludes: readonly string[]
}

/** The matcher's own limit. */
const MAX_LENGTH = 65_536

/**
 * Parses `patterns`, one a line, with `!` for excludes and `#` at the start for comments. Patterns are relative, whether
 * they start with `/` or `./` or not. Reports each bad line through `problem`.
 */
export function parseNamePatterns(lines: readonly string[], problem: (message: string) => void): NamePatterns {
  const patterns = lines.filter((line) => !line.startsWith('#'))
  if (patterns.length === 0) problem('empty; `**` takes everything')
  const read = (line: string) => readPattern(line, problem) ?? []
  return {
    includes: patterns.filter((line) => !line.startsWith('!')).flatMap(read),
    excludes: patterns.filter((line) => line.startsWith('!')).flatMap(read),
  }
}

function readPattern(line: string, problem: (message: string) => void): string | undefined {
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
