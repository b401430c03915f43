import type { FileSource } from '../api/multipart.ts'
import { checkVersion, openVersion } from './digest.ts'
import type { DesiredFile } from './files.ts'
import { uploadName } from './upload-name.ts'

/** Large enough that reading keeps up with loopback, small enough that many uploads at once stay small. */
const CHUNK_BYTES = 256 * 1024

/**
 * A desired file as something to send. Reading throws `FileChanged`, before the last byte is sent, if the file is not
 * the one that was hashed; the server then never sees the end of the upload.
 */
export function contentOf(file: DesiredFile): FileSource {
  return { filename: uploadName(file), size: file.size, read: () => read(file) }
}

async function* read(file: DesiredFile): AsyncGenerator<Uint8Array> {
  const when = 'it was being uploaded'
  const handle = await openVersion(file, when)
  try {
    if (file.size > 0) {
      yield* handle.createReadStream({ start: 0, end: file.size - 1, highWaterMark: CHUNK_BYTES, autoClose: false })
    }
    await checkVersion(handle, file, when)
  } finally {
    await handle.close()
  }
}
