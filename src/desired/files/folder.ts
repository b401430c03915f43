import { isUtf8 } from 'node:buffer'
import type { BigIntStats, Dirent } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import path from 'node:path'

/** What has no content to mount, in words. */
export type Special = 'a FIFO' | 'a socket' | 'a device'

/** No system has longer names, in bytes. */
const NAME_MAX = 1024

/** What stands in a folder. */
export interface FolderEntry {
  readonly name: string
  readonly kind: 'file' | 'folder' | 'link' | Special
  /** Known where the entry was looked at by itself. */
  readonly stats: BigIntStats | undefined
}

export interface Listing {
  readonly entries: readonly FolderEntry[]
  /** Names that are no UTF-8, which Node cannot hand back to the system; as the walk sees them, and as they can be shown. */
  readonly undecodable: readonly { readonly name: string; readonly shown: string }[]
}

/** Reads a folder. @throws what the system says */
export async function list(folder: string): Promise<Listing> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  // On disks that do not say what an entry is, Node asks for each, and fails when one has vanished meanwhile.
  if (entries === undefined) return { entries: await lookUp(folder, await readdir(folder)), undecodable: [] }
  const replaced = entries.some(({ name }) => name.includes('\uFFFD'))
  const undecodable = replaced ? await undecodableIn(folder) : []
  const left = new Set(undecodable.map(({ name }) => name))
  return {
    entries: entries
      .filter(({ name }) => !left.has(name))
      .map((entry) => ({ name: entry.name, kind: entryKind(entry), stats: undefined })),
    undecodable,
  }
}

/** Looks at names one by one; those that are not there are left out. @throws what else the system says */
export async function lookUp(folder: string, names: readonly string[]): Promise<readonly FolderEntry[]> {
  const found = await Promise.all(names.map((name) => lookAt(folder, name)))
  return found.flatMap((entry) => entry ?? [])
}

async function lookAt(folder: string, name: string): Promise<FolderEntry | undefined> {
  try {
    const stats = await lstat(path.join(folder, name), { bigint: true })
    return { name, kind: entryKind(stats), stats }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const cannotBe = code === 'ENAMETOOLONG' && Buffer.byteLength(name) > NAME_MAX
    if (cannotBe || saysNotThere(code)) return undefined
    throw error
  }
}

/** What was there a moment ago, or was never there. */
export function saysNotThere(code: string | undefined): boolean {
  return code === 'ENOENT' || code === 'ENOTDIR'
}

function entryKind(entry: Dirent | BigIntStats): FolderEntry['kind'] {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  return entry.isSymbolicLink() ? 'link' : specialOf(entry)
}

/** Of what is neither file, folder nor link. */
export function specialOf(entry: Pick<Dirent, 'isFIFO' | 'isSocket'>): Special {
  if (entry.isFIFO()) return 'a FIFO'
  return entry.isSocket() ? 'a socket' : 'a device'
}

async function undecodableIn(folder: string): Promise<Listing['undecodable']> {
  const names = await readdir(folder, { encoding: 'buffer' })
  return names.filter((name) => !isUtf8(name)).map((name) => ({ name: name.toString(), shown: escapeBytes(name) }))
}

/** Each byte that is not plain ASCII as `\xe9`. */
function escapeBytes(name: Buffer): string {
  return name.toString('latin1').replace(/[^\x20-\x7e]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`)
}
