import path from 'node:path'
import { parseMountPath } from '../paths/mount-path.ts'
import { posixName } from '../paths/system-path.ts'
import { quote } from '../text/escape.ts'
import { parseJson } from '../text/json.ts'

/** Destination of a pattern's files: below the mount path, one path, or one folder. */
export type Mapping =
  | { readonly kind: 'default' }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'folder'; readonly path: string }

/** One entry of `files` that takes files in. `literal` paths have no wildcards, whatever characters they hold. */
export interface Include {
  readonly pattern: string
  readonly literal: boolean
  readonly mapping: Mapping
  /** The entry as it was written, with the spaces around it. */
  readonly written: string
}

/** The parsed `files`. Excludes apply to every include, in any order. */
export interface FilePatterns {
  readonly includes: readonly Include[]
  readonly excludes: readonly string[]
  /** Lines that start with `#`. */
  readonly comments: readonly string[]
}

type Report = (message: string) => void

const NO_PATTERNS: FilePatterns = { includes: [], excludes: [], comments: [] }
const DEFAULT = { kind: 'default' } as const

/** minimatch takes no longer ones. */
const MAX_LENGTH = 65_536

/**
 * Parses `files`: a JSON array of literal paths, or one pattern a line with `!` for excludes, `=>` for mappings and
 * `#` at the start for comments. Reports each bad line through `problem` and leaves it out.
 */
export function parseFilePatterns(text: string, problem: Report): FilePatterns {
  // PowerShell and .NET put a byte order mark in front of what they write.
  const content = text.replace(/^\uFEFF/, '')
  if (/^\s*\[\s*(?:"|\\"|\{|\]\s*$)/.test(content)) {
    const list = parseList(content.trim(), problem)
    if (list !== undefined) return list
  }
  const lines = content.split(/\r?\n/).filter((line) => line.trim() !== '')
  const startsWith = (mark: string) => lines.filter((line) => line.trimStart().startsWith(mark))
  return {
    includes: lines.filter((line) => !/^\s*[#!]/.test(line)).flatMap((line) => parseInclude(line, problem) ?? []),
    excludes: startsWith('!').flatMap((line) => parseExclude(line.trim(), problem) ?? []),
    comments: startsWith('#').map((line) => line.trim()),
  }
}

/** The patterns of two texts together. */
export function joinPatterns(a: FilePatterns, b: FilePatterns): FilePatterns {
  return {
    includes: [...a.includes, ...b.includes],
    excludes: [...a.excludes, ...b.excludes],
    comments: [...a.comments, ...b.comments],
  }
}

/** Undefined if the text is a pattern that only begins like an array. */
function parseList(text: string, problem: Report): FilePatterns | undefined {
  const value = parseJson(text)
  if (Array.isArray(value)) return { ...NO_PATTERNS, includes: literalPaths(value, problem) }
  if (text.startsWith('[{')) return undefined
  // `escape_json` of tj-actions/changed-files writes `[\"a.ts\"]`, to be pasted into a script.
  const unescaped = parseJson(`"${text}"`)
  const inner = typeof unescaped === 'string' ? parseJson(unescaped) : undefined
  if (Array.isArray(inner)) return { ...NO_PATTERNS, includes: literalPaths(inner, problem) }
  if (text.includes('\\"')) {
    problem(
      'looks like a JSON array with escaped quotes; with tj-actions/changed-files, set `escape_json: false` on that step',
    )
  } else {
    problem(`looks like a JSON array but is not valid JSON${placeOfError(text)}`)
  }
  return NO_PATTERNS
}

/** Line and column of a JSON error. The rest of the engine's message quotes the text. */
function placeOfError(text: string): string {
  try {
    JSON.parse(text)
    return ''
  } catch (error) {
    return / \(line \d+ column \d+\)$/.exec(String(error))?.[0] ?? ''
  }
}

function literalPaths(items: readonly unknown[], problem: Report): readonly Include[] {
  if (!items.every((item) => typeof item === 'string' && item !== '' && !item.includes('\0'))) {
    const objects = items.some((item) => typeof item === 'object')
      ? '; this one holds objects: use the path of each'
      : ''
    problem(`a JSON array must hold paths, each a string that is not empty${objects}`)
    return []
  }
  return items.map(String).flatMap((item) => {
    const pattern = posixName(item)
    if (!isUpward(pattern)) return [{ pattern, literal: true, mapping: DEFAULT, written: item }]
    problem(`${quote(item)}: ${LEADS_OUT}`)
    return []
  })
}

const LEADS_OUT = '".." leads out of `root`; set `root` to a folder that holds what you mean'

function isUpward(normal: string): boolean {
  return normal === '..' || normal.startsWith('../')
}

/** The reason a pattern cannot be searched for; undefined if it can. The matcher does not support `..`. */
function unsearchable(pattern: string): string | undefined {
  if (pattern.length > MAX_LENGTH) return `a pattern has at most ${MAX_LENGTH} characters`
  if (pattern.includes('\0')) return 'a path has no NUL character'
  if (!pattern.split(/[/\\]/).includes('..')) return undefined
  const straight = path.posix.normalize(pattern.replaceAll('\\', '/'))
  return isUpward(straight) ? LEADS_OUT : `write it without ".."; did you mean ${quote(straight)}?`
}

const ARROW = /^(.*\S)\s+=>\s+(\S.*)$/

function parseInclude(written: string, problem: Report): Include | undefined {
  const line = written.trim()
  const [, pattern = line, mountPath] = ARROW.exec(line) ?? []
  const target = mountPath === undefined ? undefined : parseMountPath(mountPath)
  const wrong = halfAnArrow(line) ?? unsearchable(pattern) ?? (target?.ok === false ? target.reason : undefined)
  if (wrong !== undefined) {
    problem(`${quote(line)}: ${wrong}`)
    return undefined
  }
  if (mountPath === undefined || target?.ok !== true) return { pattern, literal: false, mapping: DEFAULT, written }
  const kind = mountPath.endsWith('/') || target.path === '/' ? 'folder' : 'path'
  return { pattern, literal: false, mapping: { kind, path: target.path }, written }
}

function halfAnArrow(line: string): string | undefined {
  if (/\s=>$/.test(line)) return 'the mount path after "=>" is missing'
  return /^=>\s/.test(line) ? 'the pattern before "=>" is missing' : undefined
}

function parseExclude(line: string, problem: Report): string | undefined {
  const pattern = line.slice(1).trim()
  const wrong = unsearchable(pattern)
  if (pattern === '') problem('"!" stands alone; a pattern must follow it')
  else if (wrong !== undefined) problem(`${quote(line)}: ${wrong}`)
  else if (ARROW.test(pattern)) problem(`${quote(line)}: an exclude has no mount path`)
  else return pattern
  return undefined
}
