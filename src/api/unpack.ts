import { once } from 'node:events'
import { pipeline, type Readable, type Transform } from 'node:stream'
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib'
import { cut } from '../text/cut.ts'
import { quote } from '../text/escape.ts'

/** A body is packed in a way that is not known here. */
export class UnknownCodingError extends Error {
  constructor(coding: string) {
    super(`packed as ${quote(cut(coding, 40))}, which is not supported`)
    this.name = 'UnknownCodingError'
  }
}

/**
 * Unpacks a body as its `content-encoding` says. Nothing packed is asked for, but gateways pack unasked. Read it piece by
 * piece: a small body can unpack to a large one. @throws UnknownCodingError
 */
export async function unpacked(body: Readable, contentEncoding: string): Promise<Readable> {
  const codings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
  let content = body
  // They stand in the order in which they were applied (RFC 9110).
  for (const coding of codings.reverse()) {
    if (coding === '' || coding === 'identity') continue
    // The reader sees the error, too, when it comes to it.
    content = pipeline(content, await unpacker(coding, content), () => {})
  }
  return content
}

/** Whether an error has this code because a body is not what its `content-encoding` says. */
export function isUnpackingError(code: string): boolean {
  return /^(Z_|ERR__ERROR_|ERR_BROTLI|ZSTD_)/.test(code)
}

async function unpacker(coding: string, packed: Readable): Promise<Transform> {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip()
    case 'deflate':
      return (await hasZlibHeader(packed)) ? createInflate() : createInflateRaw()
    case 'br':
      return createBrotliDecompress()
    case 'zstd':
      // A window of 8 MB, as RFC 9659 bounds it.
      return createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: 23 } })
    default:
      throw new UnknownCodingError(coding)
  }
}

/** Some servers send `deflate` without the header that it has (RFC 9110 tells clients to expect both). */
async function hasZlibHeader(packed: Readable): Promise<boolean> {
  // An empty body may have ended already, and is not readable again.
  if (!packed.readableEnded) await Promise.race([once(packed, 'readable'), once(packed, 'end')])
  const start = packed.read() as Buffer | null
  if (start === null) return true
  packed.unshift(start)
  return ((start[0] ?? 0) & 0x0f) === 8
}
