import type { FileSource } from '../../api/multipart.ts'
import type { PlacedFile } from './place.ts'
import { chunksOf, type ReadableFile } from './read-unchanged.ts'
import { fingerprintOf } from './upload-name.ts'

/** A file of the disk that was read to its end. */
export interface HashedFile extends PlacedFile {
  /** In bytes. */
  readonly size: number
  readonly sha256: string
}

/** A file that the run wants on the session: one of the disk, or an archive. */
export interface DesiredFile {
  readonly path: string
  readonly mountPath: string
  /** In bytes; of an archive that is not packed, about so many. */
  readonly size: number
  /** Undefined for an archive that is not packed. */
  readonly sha256: string | undefined
  /** What the upload's name tells of the content, 12 hexadecimal digits. */
  readonly fingerprint: string
  /** What to send; undefined for an archive that is not packed. */
  readonly content: ReadableFile | undefined
  /** For an archive: what is in it. */
  readonly packed?: readonly Member[]
}

/** A file in an archive. */
export interface Member<File extends PlacedFile = HashedFile> {
  /** The mount path that the file would have had, without the leading slash. */
  readonly name: string
  readonly file: File
  /** For a link to another member: its target, relative to the link's own folder. */
  readonly linkTo: string | undefined
}

/** A file that is mounted by itself. */
export function singleFile(file: HashedFile): DesiredFile {
  const { path, mountPath, size, sha256 } = file
  return { path, mountPath, size, sha256, fingerprint: fingerprintOf(sha256), content: file }
}

/**
 * A desired file as something to send under a name. Reading throws `FileChanged`, before the last byte is sent, if the file is not
 * the one that was hashed; the server then never sees the end of the upload.
 */
export function sourceOf(file: DesiredFile, filename: string): FileSource {
  const { content } = file
  if (content === undefined) throw new Error(`${file.path} has not been packed`)
  return { filename, size: file.size, read: () => chunksOf(content, 'it was being uploaded') }
}
