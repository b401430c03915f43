import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'

/** How gzip is written. */
export interface GzipOptions {
  readonly file: string
  /** 0 to 9. */
  readonly level: number
  /** No more bytes than this are written. */
  readonly maxBytes: number
  readonly signal: AbortSignal
}

/** A gzip file that was written. */
export interface GzipFile {
  readonly size: number
  readonly sha256: string
  /** Of what is packed in it. zlib's builds differ in how they pack, so the file's own hash may depend on the machine. */
  readonly contentSha256: string
}

/** The packed bytes would be more than allowed; writing was given up. */
export class GzipTooLarge extends Error {
  constructor(maxBytes: number) {
    super(`more than ${maxBytes} bytes`)
    this.name = 'GzipTooLarge'
  }
}

/** Many small pieces would each make a round through the thread pool. */
const BLOCK_BYTES = 256 * 1024

/** Where a gzip header names the system that wrote it, and the value for none in particular (RFC 1952, 2.3.1). */
const SYSTEM = { offset: 9, unknown: 255 } as const

/**
 * Packs a stream into a new file that only its owner may read, whole neither in memory nor on disk on the way.
 * @throws GzipTooLarge, what the content throws, and what goes wrong with the file
 */
export async function writeGzip(content: AsyncIterable<Uint8Array>, options: GzipOptions): Promise<GzipFile> {
  const hash = { content: createHash('sha256'), file: createHash('sha256') }
  let size = 0
  async function* plain(): AsyncGenerator<Uint8Array> {
    for await (const block of inBlocks(content)) {
      hash.content.update(block)
      yield block
    }
  }
  async function* packed(chunks: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      const at = SYSTEM.offset - size
      if (at >= 0 && at < chunk.length) chunk[at] = SYSTEM.unknown
      size += chunk.length
      if (size > options.maxBytes) throw new GzipTooLarge(options.maxBytes)
      hash.file.update(chunk)
      yield chunk
    }
  }
  const out = createWriteStream(options.file, { flags: 'wx', mode: 0o600 })
  await pipeline(plain, createGzip({ level: options.level }), packed, out, { signal: options.signal })
  return { size, sha256: hash.file.digest('hex'), contentSha256: hash.content.digest('hex') }
}

/** The same bytes in blocks of one size: at level 0 the sizes of the pieces would show in what zlib makes of them. */
async function* inBlocks(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let block = Buffer.allocUnsafeSlow(BLOCK_BYTES)
  let filled = 0
  for await (const chunk of content) {
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + BLOCK_BYTES - filled)
      block.set(part, filled)
      filled += part.length
      at += part.length
      if (filled < BLOCK_BYTES) continue
      yield block
      block = Buffer.allocUnsafeSlow(BLOCK_BYTES)
      filled = 0
    }
  }
  if (filled > 0) yield block.subarray(0, filled)
}
