import { createHash } from 'node:crypto'
import type { SecretScan } from '../secrets/secret-scan.ts'
import { readContent } from './content.ts'
import type { ReadableFile } from './read-unchanged.ts'

/**
 * SHA-256 of the content, in hexadecimal digits.
 * @param scan is shown every chunk on the way
 * @throws FileChanged, UnreadableFile, the reason of the signal
 */
export async function digest(file: ReadableFile, signal: AbortSignal, scan?: SecretScan): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of readContent(file, 'it was being read')) {
    signal.throwIfAborted()
    hash.update(chunk)
    scan?.add(chunk)
  }
  scan?.end()
  return hash.digest('hex')
}
