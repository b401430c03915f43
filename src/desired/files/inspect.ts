import { type BigIntStats, constants, lstatSync } from 'node:fs'
import { Breather } from '../../stop/breather.ts'
import type { Entry, FileEntry } from './entry.ts'
import { saysNotThere } from './folder.ts'
import type { Hit } from './hit.ts'

/**
 * What tells that a file is still the one that was looked at. Not its device: until version 1.51, libuv says another one
 * of a path than of an open file on Windows (libuv/libuv#4698).
 */
export interface FileVersion {
  readonly inode: bigint
  readonly size: bigint
  readonly modifiedNs: bigint
}

/** A regular file inside the root. */
export interface LocalFile {
  /** Relative to the root, in POSIX form. */
  readonly path: string
  readonly realPath: string
  /** The path leads through a link, of the file or of a folder. */
  readonly isLink: boolean
  /** Its owner may run it, which is all that git keeps of a mode. */
  readonly isExecutable: boolean
  readonly version: FileVersion
}

/** A file, and the lines that want it. */
export interface FoundFile extends LocalFile {
  readonly hits: readonly Hit[]
}

export interface Inspected {
  readonly files: readonly FoundFile[]
  readonly unreadable: readonly Extract<Entry, { kind: 'unreadable' }>[]
}

/**
 * Looks at each file that the walk found, without opening it (a FIFO would block). What has vanished since, or is
 * something else by now, was never there.
 */
export async function inspect(files: readonly FileEntry[], signal: AbortSignal): Promise<Inspected> {
  const found: FoundFile[] = []
  const unreadable: Extract<Entry, { kind: 'unreadable' }>[] = []
  const breather = new Breather(signal)
  for (const { path, realPath, isLink, stats, hits } of files) {
    if (breather.isDue) await breather.breathe()
    try {
      // By way of the thread pool, this takes three times as long.
      const now = stats ?? lstatSync(realPath, { bigint: true })
      if (!now.isFile()) continue
      found.push({ path, realPath, isLink, isExecutable: isExecutable(now), version: versionOf(now), hits })
    } catch (error) {
      const { code = 'unknown' } = error as NodeJS.ErrnoException
      if (!saysNotThere(code)) unreadable.push({ kind: 'unreadable', path, code, hits })
    }
  }
  return { files: found, unreadable }
}

export function versionOf(stats: BigIntStats): FileVersion {
  return { inode: stats.ino, size: stats.size, modifiedNs: stats.mtimeNs }
}

export function isSameVersion(a: FileVersion, b: FileVersion): boolean {
  return a.inode === b.inode && a.size === b.size && a.modifiedNs === b.modifiedNs
}

function isExecutable({ mode }: BigIntStats): boolean {
  return (mode & BigInt(constants.S_IXUSR ?? 0)) !== 0n
}
