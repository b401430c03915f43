import type { BigIntStats } from 'node:fs'
import type { Special } from './folder.ts'
import type { Hit } from './hit.ts'

/** What the walk came upon, with the lines that matched it. */
export type Entry =
  | FileEntry
  | ({ readonly kind: 'outside'; readonly realPath: string } & Met)
  | ({ readonly kind: 'special'; readonly what: Special } & Met)
  | ({ readonly kind: 'unreadable'; readonly code: string } & Met)
  | ({ readonly kind: 'folder' | 'linked-folder' | 'broken-link' | 'undecodable' | 'git' } & Met)

interface Met {
  /** Relative to the root, in POSIX form. */
  readonly path: string
  readonly hits: readonly Hit[]
}

/** A file, or a link to one. */
export interface FileEntry extends Met {
  readonly kind: 'file'
  readonly realPath: string
  /** The path leads through a link, of the file or of a folder. */
  readonly isLink: boolean
  /** Known where the walk had to look. */
  readonly stats: BigIntStats | undefined
}
