import { parseMountPath } from '../paths/mount-path.ts'
import { quoted } from '../text/escape.ts'

/** Where the files of one pattern go: below the mount path by default, to one path, or into one folder. */
export type Mapping =
  | { readonly kind: 'default' }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'folder'; readonly path: string }

/** One entry of `files` that takes files in. `literal` paths have no wildcards, whatever characters they hold. */
export interface Include {
  readonly pattern: string
  readonly literal: boolean
  readonly mapping: Mapping
}

/** What `files` asks for. Excludes hold for every include, wherever they stand. */
export interface FilePatterns {
  readonly includes: readonly Include[]
  readonly excludes: readonly string[]
}

const ARROW = /^(.*\S)\s+=>\s+(\S.*)$/

/**
 * Parses `files`: a JSON array of literal paths, or one pattern a line with `!` for excludes, `=>` for mappings and
 * `#` at the start for comments. Reports each bad line through `problem` and leaves it out.
 */
export function parseFilePatterns(text: string, problem: (message: string) => void): FilePatterns {
  if (/^\s*\[\s*(?:\]|")/.test(text)) return { includes: literalPaths(text, problem), excludes: [] }
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  const excludes = lines.filter((line) => line.startsWith('!'))
  const includes = lines.filter((line) => !line.startsWith('!'))
  return {
    includes: includes.flatMap((line) => parseInclude(line, problem) ?? []),
    excludes: excludes.flatMap((line) => parseExclude(line, problem) ?? []),
  }
}

function literalPaths(text: string, problem: (message: string) => void): readonly Include[] {
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== '')) {
      return value.map((pattern: string) => ({ pattern, literal: true, mapping: { kind: 'default' } }))
    }
    problem('a JSON array must hold paths only, each a string that is not empty')
  } catch (error) {
    // The engine's message quotes a piece of the text.
    const at = / \(line \d+ column \d+\)$/.exec(String(error))?.[0] ?? ''
    problem(`looks like a JSON array but is not valid JSON${at}`)
  }
  return []
}

/** The matcher knows no way up, and nothing above the root is mounted anyway. */
function leavesRoot(pattern: string): boolean {
  return pattern.split(/[/\\]/).includes('..')
}

const STAY_INSIDE = '".." leads out of `root`; set `root` to a folder that holds what you mean'

function parseInclude(line: string, problem: (message: string) => void): Include | undefined {
  const arrow = ARROW.exec(line)
  if (leavesRoot(arrow?.[1] ?? line)) {
    problem(`${quoted(line)}: ${STAY_INSIDE}`)
    return undefined
  }
  if (arrow?.[1] === undefined || arrow[2] === undefined) {
    return { pattern: line, literal: false, mapping: { kind: 'default' } }
  }
  const target = parseMountPath(arrow[2])
  if (!target.ok) {
    problem(`${quoted(line)}: ${target.reason}`)
    return undefined
  }
  const kind = arrow[2].endsWith('/') || target.path === '/' ? 'folder' : 'path'
  return { pattern: arrow[1], literal: false, mapping: { kind, path: target.path } }
}

function parseExclude(line: string, problem: (message: string) => void): string | undefined {
  const pattern = line.slice(1).trim()
  if (pattern === '') problem('"!" stands alone; a pattern must follow it')
  else if (leavesRoot(pattern)) problem(`${quoted(line)}: ${STAY_INSIDE}`)
  else if (ARROW.test(pattern)) problem(`${quoted(line)}: an exclude has no mount path`)
  else return pattern
  return undefined
}
