import { constants } from 'node:fs'
import { open } from 'node:fs/promises'

/** Waiting for a FIFO's writer would never end. Windows has neither. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/**
 * Reads a file that a stranger may have put there: undefined unless it is a regular file of at most so many bytes.
 */
export async function readSmallFile(file: string, maxBytes: number): Promise<Buffer | undefined> {
  const handle = await open(file, FLAGS).catch(() => undefined)
  if (handle === undefined) return undefined
  try {
    const stats = await handle.stat()
    if (!stats.isFile() || stats.size > maxBytes) return undefined
    // One byte more than allowed shows a file that has grown since.
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(stats.size + 1), 0, stats.size + 1, 0)
    return bytesRead > stats.size ? undefined : buffer.subarray(0, bytesRead)
  } catch {
    return undefined
  } finally {
    await handle.close()
  }
}
