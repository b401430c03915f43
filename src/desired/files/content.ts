import type { FileSource } from '../../api/multipart.ts'
import { chunksOf } from './chunks.ts'
import type { DesiredFile } from './desired-file.ts'
import { checkVersion, openVersion, type ReadableFile, readWhole } from './read-unchanged.ts'

/** Files up to this size are read at once. */
const SMALL_BYTES = 64n * 1024n

/**
 * A desired file as something to send under a name. Reading throws `FileChanged`, before the last byte is sent, if the file is not
 * the one that was hashed; the server then never sees the end of the upload.
 */
export function contentOf(file: DesiredFile, filename: string): FileSource {
  return { filename, size: file.size, read: () => readContent(file, 'it was being uploaded') }
}

/**
 * Reads exactly the version of a file that was looked at. A chunk must be done with when the next one is asked for.
 * @param when in words, for the error
 * @throws FileChanged, at the latest at the end; UnreadableFile
 */
export async function* readContent(file: ReadableFile, when: string): AsyncGenerator<Uint8Array> {
  if (file.version.size <= SMALL_BYTES) {
    yield readWhole(file, when)
    return
  }
  const handle = await openVersion(file, when)
  try {
    yield* chunksOf(handle, file)
    await checkVersion(handle, file, when)
  } finally {
    await handle.close()
  }
}
