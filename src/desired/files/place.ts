import path from 'node:path'
import { parseMountPath } from '../../paths/mount-path.ts'
import { quote } from '../../text/escape.ts'
import { count } from '../../text/format.ts'
import type { Hit } from './hit.ts'
import type { FoundFile, LocalFile } from './inspect.ts'
import { baseOf, type Line } from './line.ts'

/** A file and where it goes. */
export interface PlacedFile extends LocalFile {
  readonly mountPath: string
  /** It was asked for by its name, not found by a wildcard. */
  readonly isNamed: boolean
}

/** In bytes. */
export function totalSize(files: readonly PlacedFile[]): number {
  return files.reduce((sum, { version }) => sum + Number(version.size), 0)
}

/** Where everything goes, and what was left out or is wrong about it. */
export interface Placement {
  /** By mount path. */
  readonly files: readonly PlacedFile[]
  /** Second names of files that are mounted already, left out. */
  readonly aliases: readonly string[]
  readonly problems: readonly string[]
  readonly warnings: readonly string[]
}

/**
 * Gives each file its mount path. One path that several lines found is mounted once, a mapping going before the default.
 * A second name (a link) of a file that is mounted anyway is left out if only a wildcard found it, unless second names are
 * kept. Reads nothing but what it is given.
 */
export function place(files: readonly FoundFile[], mountPath: string, secondNames: 'leave-out' | 'keep'): Placement {
  const placed = new Map<FoundFile, Map<string, PlacedFile>>()
  const mounted = new Set<string>()
  const aliases = new Set<string>()
  const { problems, warnings } = onePaths(files)
  for (const { file, hit } of bestNamesFirst(files)) {
    const places = placed.get(file)
    if (places !== undefined && hit.line.mapping.kind === 'default') continue
    const isSecond = places === undefined && !hit.isNamed && mounted.has(file.realPath)
    if (isSecond && secondNames === 'leave-out') {
      aliases.add(file.path)
      continue
    }
    const own = places ?? new Map<string, PlacedFile>()
    placed.set(file, own)
    mounted.add(file.realPath)
    const target = parseMountPath(mountPathFor(file.path, hit, mountPath))
    if (target.ok) own.set(target.path, placedFile(file, target.path, hit.isNamed))
    else problems.push(`${quote(file.path)} cannot be mounted: ${target.reason}`)
  }
  const all = [...placed.values()].flatMap((own) => [...own.values()])
  return { files: all.sort(byMountPath), aliases: [...aliases], problems, warnings }
}

/** Field by field, which takes a fifth of the time. */
function placedFile(file: FoundFile, mountPath: string, isNamed: boolean): PlacedFile {
  const { path, realPath, isLink, isExecutable, version } = file
  return { path, realPath, isLink, isExecutable, version, mountPath, isNamed }
}

interface Claim {
  readonly file: FoundFile
  readonly hit: Hit
}

/** Mappings before the default, named files before found ones, files before links to them: the first one counts. */
function bestNamesFirst(files: readonly FoundFile[]): readonly Claim[] {
  const rank = ({ file, hit }: Claim) =>
    (hit.line.mapping.kind === 'default' ? 4 : 0) + (hit.isNamed ? 0 : 2) + (file.isLink ? 1 : 0)
  return files.flatMap((file) => file.hits.map((hit) => ({ file, hit }))).sort((a, b) => rank(a) - rank(b))
}

function mountPathFor(name: string, { line, reading }: Hit, mountPath: string): string {
  const { mapping } = line
  switch (mapping.kind) {
    case 'path':
      return mapping.path
    case 'folder':
      return path.posix.join(mapping.path, ...name.split('/').slice(baseOf(reading)))
    case 'default':
      return path.posix.join(mountPath, name)
  }
}

/** What is to be said of lines that are mapped to one path, not into a folder. */
function onePaths(files: readonly FoundFile[]): { readonly problems: string[]; readonly warnings: string[] } {
  const counts = new Map<Line, { files: number; isNamed: boolean; target: string }>()
  for (const { line, isNamed } of files.flatMap(({ hits }) => hits)) {
    if (line.mapping.kind !== 'path') continue
    counts.set(line, { files: (counts.get(line)?.files ?? 0) + 1, isNamed, target: line.mapping.path })
  }
  const problems: string[] = []
  const warnings: string[] = []
  for (const [{ text }, { files: found, isNamed, target }] of counts) {
    if (found > 1) problems.push(manyAtOne(text, found, target))
    else if (!isNamed) warnings.push(oneAtOne(text, target))
  }
  return { problems, warnings }
}

function manyAtOne(text: string, found: number, target: string): string {
  return `${quote(text)} matches ${count(found, 'file')}, which would all be mounted at ${quote(target)}. End the path with "/" (${quote(`${target}/`)}) to mount them into that folder`
}

function oneAtOne(text: string, target: string): string {
  return `${quote(text)} matches one file, which is mounted as the file ${quote(target)}. End the path with "/" to mount what it matches into a folder`
}

function byMountPath(a: PlacedFile, b: PlacedFile): number {
  if (a.mountPath === b.mountPath) return 0
  return a.mountPath < b.mountPath ? -1 : 1
}
