import type { FileHandle } from 'node:fs/promises'
import { type ReadableFile, UnreadableFile } from './read-unchanged.ts'

/** Large enough that reading keeps up with loopback, small enough that many files at once stay small. */
const CHUNK_BYTES = 512 * 1024

/** One chunk is being read, one is in use, and one may still be on its way through a socket. */
const BUFFERS = 3

/**
 * Reads as many bytes of a file as it had when it was looked at, the next chunk already while one is in use. The buffers are used again in turn, which
 * spares most of the time and memory that new ones would cost: a chunk must be done with when the next one is asked
 * for. A file that ends early ends the chunks early.
 */
export async function* chunksOf(handle: FileHandle, file: ReadableFile): AsyncGenerator<Uint8Array> {
  const size = Number(file.version.size)
  const length = Math.min(CHUNK_BYTES, Math.max(size, 1))
  const buffers = Array.from({ length: BUFFERS }, () => Buffer.allocUnsafeSlow(length))
  const read = (turn: number) => handle.read(buffers[turn % BUFFERS] ?? Buffer.alloc(0), 0, length)
  let left = size
  let next = read(0)
  try {
    for (let turn = 1; left > 0; turn++) {
      const { bytesRead, buffer } = await next.catch((error: NodeJS.ErrnoException) => {
        throw new UnreadableFile(file.path, error)
      })
      if (bytesRead === 0) return
      next = read(turn)
      yield buffer.subarray(0, Math.min(bytesRead, left))
      left -= bytesRead
    }
  } finally {
    // The handle must not be closed under a read that nobody waits for any more.
    await next.catch(() => undefined)
  }
}
