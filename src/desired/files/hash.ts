import { createHash } from 'node:crypto'
import type { SecretScan } from '../secrets/secret-scan.ts'
import { readContent } from './content.ts'
import { isLfsPointer } from './lfs-pointer.ts'
import type { ReadableFile } from './read-unchanged.ts'

/** What the content of a file comes to. */
export interface Digest {
  /** In hexadecimal digits. */
  readonly sha256: string
  readonly isLfsPointer: boolean
}

/**
 * Hashes the content.
 * @param scan is shown every chunk on the way
 * @throws FileChanged, UnreadableFile, the reason of the signal
 */
export async function digest(file: ReadableFile, signal: AbortSignal, scan?: SecretScan): Promise<Digest> {
  const hash = createHash('sha256')
  let isPointer = false
  for await (const chunk of readContent(file, 'it was being read')) {
    signal.throwIfAborted()
    // A file that is small enough to be a pointer comes in one chunk.
    isPointer = isLfsPointer(chunk, file.version.size)
    hash.update(chunk)
    scan?.add(chunk)
  }
  scan?.end()
  return { sha256: hash.digest('hex'), isLfsPointer: isPointer }
}
