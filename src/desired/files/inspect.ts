import { type BigIntStats, constants } from 'node:fs'
import { lstat, realpath, stat } from 'node:fs/promises'
import path from 'node:path'

/** What tells that a file is still the one that was looked at. */
export interface FileVersion {
  readonly device: bigint
  readonly inode: bigint
  readonly size: bigint
  readonly modifiedNs: bigint
}

/** A path that a pattern found, and what stands there. */
export type Candidate =
  | {
      readonly kind: 'file'
      readonly path: string
      readonly realPath: string
      /** The path leads through a link, of the file or of a folder. */
      readonly isLink: boolean
      /** Its owner may run it, which is all that git keeps of a mode. */
      readonly isExecutable: boolean
      readonly version: FileVersion
    }
  | { readonly kind: 'outside'; readonly path: string; readonly realPath: string }
  | { readonly kind: 'folder' | 'linked-folder' | 'broken-link' | 'missing'; readonly path: string }
  | { readonly kind: 'special'; readonly path: string; readonly what: string }

/** A regular file inside the root. */
export type FileCandidate = Extract<Candidate, { kind: 'file' }>

/**
 * Looks at an absolute path without opening it (a FIFO would block). `path` of the result is relative to the root, in
 * POSIX form; a file whose real path is not inside the root's real path is `outside`.
 */
export async function inspect(absolute: string, root: Root): Promise<Candidate> {
  const name = root.nameOf(absolute)
  const link = await lstat(absolute, { bigint: true }).catch(() => undefined)
  if (link === undefined) return { kind: 'missing', path: name }
  const target = link.isSymbolicLink() ? await stat(absolute, { bigint: true }).catch(() => undefined) : link
  if (target === undefined) return { kind: 'broken-link', path: name }
  const real = link.isSymbolicLink() ? await realpath(absolute) : await root.realPathOf(absolute)
  if (!isInside(root.real, real)) return { kind: 'outside', path: name, realPath: real }
  if (target.isDirectory()) return { kind: link.isSymbolicLink() ? 'linked-folder' : 'folder', path: name }
  if (!target.isFile()) return { kind: 'special', path: name, what: kindOf(target) }
  const file = root.nameOf(absolute, real)
  const isLink = real !== path.join(root.real, ...file.split('/'))
  const isExecutable = (target.mode & BigInt(constants.S_IXUSR ?? 0)) !== 0n
  return { kind: 'file', path: file, realPath: real, isLink, isExecutable, version: versionOf(target) }
}

/** The folder that everything is relative to, as given and as it really is. */
export class Root {
  readonly given: string
  readonly real: string

  readonly #realFolders = new Map<string, Promise<string>>()

  private constructor(given: string, real: string) {
    this.given = given
    this.real = real
  }

  /** Resolves to undefined when there is no such folder. */
  static async open(folder: string): Promise<Root | undefined> {
    const given = path.resolve(folder)
    const real = await realpath(given).catch(() => undefined)
    if (real === undefined || !(await stat(real)).isDirectory()) return undefined
    return new Root(given, real)
  }

  /** The real path of what is no link itself; each folder is asked for once, where a name has one spelling only. */
  async realPathOf(absolute: string): Promise<string> {
    // Elsewhere a file also goes by other letters, by `ENV~1` or by `.env::$DATA`: its own name is what the guard must see.
    if (process.platform !== 'linux') return realpath(absolute)
    const folder = path.dirname(absolute)
    const known = this.#realFolders.get(folder) ?? realpath(folder)
    this.#realFolders.set(folder, known)
    return path.join(await known, path.basename(absolute))
  }

  /** The name of a path below this root, in POSIX form; an absolute path elsewhere keeps its own. */
  nameOf(absolute: string, real?: string): string {
    return nameBelow(this.given, absolute) ?? nameBelow(this.real, real ?? absolute) ?? absolute
  }
}

/** Whether `inner` is `outer` or below it; both absolute and normal. `/a-other` is not inside `/a`. */
export function isInside(outer: string, inner: string, system: path.PlatformPath = path): boolean {
  if (inner === outer || inner.startsWith(outer.endsWith(system.sep) ? outer : outer + system.sep)) return true
  // Only Windows has two ways to write one path.
  if (system.sep === '/') return false
  const relative = system.relative(outer, inner)
  if (relative === '') return true
  return relative !== '..' && !relative.startsWith(`..${system.sep}`) && !system.isAbsolute(relative)
}

/** The name of a path below a folder, in POSIX form; undefined if it is not inside. */
export function nameBelow(folder: string, absolute: string, system: path.PlatformPath = path): string | undefined {
  if (!isInside(folder, absolute, system)) return undefined
  return system.relative(folder, absolute).split(system.sep).join('/')
}

export function versionOf(stats: BigIntStats): FileVersion {
  return { device: stats.dev, inode: stats.ino, size: stats.size, modifiedNs: stats.mtimeNs }
}

export function isSameVersion(a: FileVersion, b: FileVersion): boolean {
  return a.device === b.device && a.inode === b.inode && a.size === b.size && a.modifiedNs === b.modifiedNs
}

function kindOf(stats: BigIntStats): string {
  if (stats.isFIFO()) return 'a FIFO'
  if (stats.isSocket()) return 'a socket'
  return 'a device'
}
