import type { BigIntStats } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { isInside } from '../../paths/system-path.ts'
import { type Special, saysNotThere, specialOf } from './folder.ts'

/** Where a symbolic link leads. */
export type LinkTarget =
  | { readonly kind: 'file'; readonly realPath: string; readonly stats: BigIntStats }
  | { readonly kind: 'folder'; readonly realPath: string; readonly isOutside: boolean }
  | { readonly kind: 'outside'; readonly realPath: string }
  | { readonly kind: 'special'; readonly what: Special }
  | { readonly kind: 'broken-link' }
  | { readonly kind: 'unreadable'; readonly code: string }

/** @param root the real path that nothing is mounted from outside of */
export async function resolveLink(absolute: string, root: string): Promise<LinkTarget> {
  try {
    const realPath = await realpath(absolute)
    const stats = await stat(realPath, { bigint: true })
    const isOutside = !isInside(root, realPath)
    if (stats.isDirectory()) return { kind: 'folder', realPath, isOutside }
    if (isOutside) return { kind: 'outside', realPath }
    return stats.isFile() ? { kind: 'file', realPath, stats } : { kind: 'special', what: specialOf(stats) }
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    return saysNotThere(code) ? { kind: 'broken-link' } : { kind: 'unreadable', code }
  }
}
