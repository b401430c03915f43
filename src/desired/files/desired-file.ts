import type { PlacedFile } from './place.ts'

/** A file that the run wants on the session. */
export interface DesiredFile extends PlacedFile {
  /** In bytes. */
  readonly size: number
  readonly sha256: string
  /** What the upload's name tells of the content, 12 hexadecimal digits. */
  readonly fingerprint: string
  /** For an archive: what is in it. */
  readonly packed?: readonly Member[]
}

/** A file in an archive. */
export interface Member {
  /** The mount path that the file would have had, without the leading slash. */
  readonly name: string
  readonly file: DesiredFile
  /** For a link to another member: its target, relative to the link's own folder. */
  readonly linkTo: string | undefined
}
