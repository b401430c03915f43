import { Minimatch } from 'minimatch'
import type { StoredFile } from '../api/files.ts'
import type { NamePatterns } from '../inputs/name-patterns.ts'
import { WILDCARDS } from '../paths/wildcards.ts'
import { redact, SHORTEST_IN_VALUE } from '../text/redact.ts'
import { safePath } from './safe-path.ts'
import { uniquePaths } from './unique-paths.ts'

/** A file to download, and where it goes. */
export interface Choice {
  readonly file: StoredFile
  /** Below the folder that is written to, in POSIX form; safe on every system, and no other file's. */
  readonly path: string
}

/** A pattern matches a path, and as a folder everything below it. */
type Matcher = (path: string) => boolean

/**
 * Picks the files whose path the patterns match, and gives each a path of its own. Of several with the same name, the
 * newest keeps it. Pure; sorted by path.
 */
export function choose(files: readonly StoredFile[], patterns: NamePatterns): readonly Choice[] {
  const includes = patterns.includes.map(matcher)
  const excludes = patterns.excludes.map(matcher)
  const wanted = [...files]
    .sort((a, b) => compare(b.created_at ?? '', a.created_at ?? ''))
    .map((file) => ({ file, path: safePath(redact(file.filename ?? '', SHORTEST_IN_VALUE)) }))
    .filter(({ path }) => includes.length === 0 || includes.some((matches) => matches(path)))
    .filter(({ path }) => !excludes.some((matches) => matches(path)))
  const paths = uniquePaths(wanted.map(({ path }) => path))
  return wanted
    .map(({ file, path }, index) => ({ file, path: paths[index] ?? path }))
    .sort((a, b) => compare(a.path, b.path))
}

/** True if each include matches a file; without includes, if there is any file. */
export function isComplete(files: readonly StoredFile[], { includes, excludes }: NamePatterns): boolean {
  const parts =
    includes.length === 0 ? [{ includes, excludes }] : includes.map((one) => ({ includes: [one], excludes }))
  return parts.every((part) => choose(files, part).length > 0)
}

function matcher(pattern: string): Matcher {
  const [itself, below] = [pattern, `${pattern}/**`].map((each) => new Minimatch(each, WILDCARDS))
  return (path) => itself?.match(path) === true || below?.match(path) === true
}

function compare(a: string, b: string): number {
  return Number(a > b) - Number(a < b)
}
