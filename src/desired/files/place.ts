import path from 'node:path'
import type { Include } from '../../inputs/file-patterns.ts'
import { parseMountPath } from '../../paths/mount-path.ts'
import { posixName } from '../../paths/system-path.ts'
import { quoted } from '../../text/escape.ts'
import { isWildcard } from './find.ts'
import type { FileCandidate } from './inspect.ts'
import { isNamed, type Match } from './match.ts'

/** A file and where it goes. */
export interface PlacedFile extends FileCandidate {
  readonly mountPath: string
  /** It was asked for by its name, not found by a wildcard. */
  readonly isNamed: boolean
}

/** Where everything goes, and what was left out or is wrong about it. */
export interface Placement {
  readonly files: readonly PlacedFile[]
  /** Second names of files that are mounted already, left out: `link → file`. */
  readonly aliases: readonly string[]
  readonly problems: readonly string[]
}

/**
 * Gives each matched file its mount path. One path matched by several entries is mounted once, a mapping going before
 * the default. A second name (a link) of a file that is mounted anyway is left out if only a wildcard found it, unless
 * second names are kept.
 */
export function place(matches: readonly Match[], mountPath: string, secondNames: 'leave-out' | 'keep'): Placement {
  const files = new Map<string, PlacedFile>()
  const names = new Set<string>()
  const problems: string[] = matches.flatMap(onePathForMany)
  const aliases = new Set<string>()
  for (const { file, include } of bestNamesFirst(matches)) {
    const isMounted = names.has(file.path)
    if (isMounted && include.mapping.kind === 'default') continue
    const isSecond = !isMounted && names.has(file.realPath) && !isNamed(file.path, include)
    if (isSecond && secondNames === 'leave-out') {
      aliases.add(file.path)
      continue
    }
    const target = parseMountPath(targetOf(file.path, include, mountPath))
    if (target.ok)
      files.set(`${file.path}\0${target.path}`, {
        ...file,
        mountPath: target.path,
        isNamed: isNamed(file.path, include),
      })
    else problems.push(`${quoted(file.path)} cannot be mounted: ${target.reason}`)
    names.add(file.path).add(file.realPath)
  }
  return { files: sorted([...files.values()]), aliases: [...aliases], problems }
}

/** Mappings before the default, named files before found ones, files before links to them: the first one counts. */
function bestNamesFirst(matches: readonly Match[]): readonly { file: FileCandidate; include: Include }[] {
  const rank = ({ file, include }: { file: FileCandidate; include: Include }) =>
    (include.mapping.kind === 'default' ? 4 : 0) + (isNamed(file.path, include) ? 0 : 2) + (file.isLink ? 1 : 0)
  return matches
    .flatMap(({ files, include }) => files.map((file) => ({ file, include })))
    .sort((a, b) => rank(a) - rank(b))
}

function targetOf(name: string, include: Include, mountPath: string): string {
  switch (include.mapping.kind) {
    case 'path':
      return include.mapping.path
    case 'folder':
      return path.posix.join(include.mapping.path, path.posix.relative(literalFolder(include.pattern), name))
    case 'default':
      return path.posix.join(mountPath, name)
  }
}

/** The folder part of a pattern in front of its first wildcard, or of its last name: `a/b` of `a/b/*.csv`. */
export function literalFolder(pattern: string, system: path.PlatformPath = path): string {
  const segments = posixName(pattern, system).split('/')
  const first = segments.findIndex(isWildcard)
  return segments.slice(0, first === -1 ? -1 : first).join('/') || '.'
}

function onePathForMany({ include, files }: Match): string[] {
  if (include.mapping.kind !== 'path' || files.length < 2) return []
  const target = include.mapping.path
  return [
    `${quoted(include.pattern)} matches ${files.length} files but maps to the one path ${quoted(target)}; end it with a slash ("${target}/") to mean a folder`,
  ]
}

function sorted(files: readonly PlacedFile[]): readonly PlacedFile[] {
  return [...files].sort((a, b) => (a.mountPath < b.mountPath ? -1 : a.mountPath > b.mountPath ? 1 : 0))
}
