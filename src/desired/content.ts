import type { FileSource } from '../api/multipart.ts'
import { chunksOf } from './chunks.ts'
import type { DesiredFile } from './files.ts'
import { checkVersion, openVersion } from './readable-file.ts'
import { uploadName } from './upload-name.ts'

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
    yield* chunksOf(handle, file)
    await checkVersion(handle, file, when)
  } finally {
    await handle.close()
  }
}
