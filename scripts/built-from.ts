/**
 * What a bundle was made from: a hash of each source of ours in it, and the version of each package, those that made it
 * among them. It stands beside the bundle, and tells without a build whether the bundle is what `src` gives.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { foldersOf, type ModuleStats, modulesOf } from './licenses.ts'

export const BUILT_FROM = 'built-from.json'

interface BuiltFrom {
  /** Of everything else in the folder. */
  readonly bundle: string
  /** Sources, by path. */
  readonly files: Readonly<Record<string, string>>
  /** Versions by the path in package-lock.json. */
  readonly packages: Readonly<Record<string, string>>
}

/** What has a say in every bundle. */
const TOOLS = {
  files: ['scripts/bundle.ts', 'scripts/licenses.ts', 'tsconfig.build.json', 'tsconfig.emulator.json', 'tsconfig.json'],
  packages: ['node_modules/@vercel/ncc', 'node_modules/typescript'],
} as const

const DIGITS = 16

/** The record of the bundle in `folder`; `built` is the folder in which the sources were compiled. */
export function builtFrom(root: string, folder: string, built: string, stats: ModuleStats): string {
  const own = modulesOf(stats).filter((path) => path.startsWith(built) && !path.includes('node_modules'))
  const sources = own.map((path) => posix(relative(built, path)).replace(/\.js$/, '.ts'))
  // Where `node_modules` is a link, the bundler tells where that leads
  const home = dirname(realpathSync(join(root, 'node_modules')))
  const bundled = foldersOf(stats).map((folder) => posix(relative(folder.startsWith(built) ? built : home, folder)))
  const record: BuiltFrom = {
    bundle: bytesOf(folder),
    files: entriesOf([...TOOLS.files, ...sources], (file) => hashOf(join(root, file))),
    packages: entriesOf([...TOOLS.packages, ...bundled], (name) => lockedIn(root)[name]?.version ?? 'missing'),
  }
  return `${JSON.stringify(record, undefined, 2)}\n`
}

/** Whether the bundle in this folder is there, and made from what is there now. */
export function isCurrent(root: string, folder: string): boolean {
  const record = readRecord(folder)
  if (record === undefined || record.bundle !== bytesOf(folder)) return false
  const locked = lockedIn(root)
  return (
    Object.entries(record.files).every(([file, hash]) => hashOf(join(root, file)) === hash) &&
    Object.entries(record.packages).every(([name, version]) => locked[name]?.version === version)
  )
}

function readRecord(folder: string): BuiltFrom | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, BUILT_FROM), 'utf8'))
  } catch {
    return undefined
  }
}

/** A hash of names and contents of all but the record. */
function bytesOf(folder: string): string {
  const files = readdirSync(folder).filter((name) => name !== BUILT_FROM)
  return digest(
    files
      .sort()
      .map((name) => `${name} ${hashOf(join(folder, name))}\n`)
      .join(''),
  )
}

/** Of a file's text, whose line ends are the same on every system. */
function hashOf(file: string): string {
  return existsSync(file) ? digest(readFileSync(file, 'utf8').replaceAll('\r\n', '\n')) : 'missing'
}

/** The first digits of the SHA-256. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, DIGITS)
}

function lockedIn(root: string): Readonly<Record<string, { readonly version?: string }>> {
  return JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
}

function entriesOf(names: readonly string[], read: (name: string) => string): Record<string, string> {
  return Object.fromEntries([...new Set(names)].sort().map((name) => [name, read(name)]))
}

const posix = (path: string): string => path.split(sep).join('/')
