import { createHash } from 'node:crypto'
import { chunksOf } from './chunks.ts'
import { checkVersion, openVersion, type ReadableFile } from './readable-file.ts'

/** SHA-256 of the content, in hexadecimal digits. */
export async function digest(file: ReadableFile): Promise<string> {
  const when = 'it was being read'
  const handle = await openVersion(file, when)
  try {
    const hash = createHash('sha256')
    for await (const chunk of chunksOf(handle, file)) hash.update(chunk)
    await checkVersion(handle, file, when)
    return hash.digest('hex')
  } finally {
    await handle.close()
  }
}
