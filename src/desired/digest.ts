import { createHash } from 'node:crypto'
import { chunksOf } from './chunks.ts'
import { checkVersion, openVersion, type ReadableFile } from './readable-file.ts'
import type { ContentScan } from './sensitive-content.ts'

/**
 * SHA-256 of the content, in hexadecimal digits.
 * @param scan is shown every chunk on the way
 * @throws FileChanged, UnreadableFile
 */
export async function digest(file: ReadableFile, scan?: ContentScan): Promise<string> {
  const when = 'it was being read'
  const handle = await openVersion(file, when)
  try {
    const hash = createHash('sha256')
    for await (const chunk of chunksOf(handle, file)) {
      hash.update(chunk)
      scan?.add(chunk)
    }
    await checkVersion(handle, file, when)
    return hash.digest('hex')
  } finally {
    await handle.close()
  }
}
