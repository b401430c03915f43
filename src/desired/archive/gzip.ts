import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { MAX_FILE_BYTES } from '../files/check-limits.ts'

/** A gzip file that was written. */
export interface GzipFile {
  readonly size: number
  readonly sha256: string
}

/** The packed bytes would be more than the service takes; writing was given up. */
export class GzipTooLarge extends Error {}

/**
 * The hardest packing that takes more than 1 Gbit/s (125 MB/s) on one core, with some to spare: of source text, level 1
 * takes 165 MB/s and leaves 24.5 %, level 2 150 MB/s and 23.6 %, level 3 110 MB/s, level 6 57 MB/s and 20.3 %.
 */
export const LEVEL = 1

/** Many small pieces would each make a round through the thread pool. */
const BLOCK_BYTES = 128 * 1024

/** So many blocks are read ahead of zlib, which packs in a thread of its own. */
const BLOCKS_AHEAD = 4

/** Where a gzip header names the system that wrote it, and the value for none in particular (RFC 1952, 2.3.1). */
const SYSTEM = { offset: 9, unknown: 255 } as const

/**
 * Packs a stream into a new file that only its owner may read, whole neither in memory nor on disk on the way.
 * @throws GzipTooLarge, what the content throws, and what goes wrong with the file
 */
export async function writeGzip(
  content: AsyncIterable<Uint8Array>,
  file: string,
  signal: AbortSignal,
): Promise<GzipFile> {
  const hash = createHash('sha256')
  let size = 0
  async function* packed(chunks: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      const at = SYSTEM.offset - size
      if (at >= 0 && at < chunk.length) chunk[at] = SYSTEM.unknown
      size += chunk.length
      if (size > MAX_FILE_BYTES) throw new GzipTooLarge()
      hash.update(chunk)
      yield chunk
    }
  }
  const ahead = { writableHighWaterMark: BLOCKS_AHEAD * BLOCK_BYTES }
  const gzip = createGzip({ level: LEVEL, chunkSize: BLOCK_BYTES, ...ahead })
  const out = createWriteStream(file, { flags: 'wx', mode: 0o600 })
  await pipeline(inBlocks(content), gzip, packed, out, { signal })
  return { size, sha256: hash.digest('hex') }
}

/** The same bytes in blocks of one size, however they come. A block is used again when those ahead of zlib are packed. */
async function* inBlocks(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const blocks = Array.from({ length: BLOCKS_AHEAD + 2 }, () => Buffer.allocUnsafeSlow(BLOCK_BYTES))
  const blockAt = (turn: number) => blocks[turn % blocks.length] ?? Buffer.alloc(0)
  let [turn, filled] = [0, 0]
  for await (const chunk of content) {
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + BLOCK_BYTES - filled)
      blockAt(turn).set(part, filled)
      filled += part.length
      at += part.length
      if (filled < BLOCK_BYTES) continue
      yield blockAt(turn)
      turn++
      filled = 0
    }
  }
  if (filled > 0) yield blockAt(turn).subarray(0, filled)
}
