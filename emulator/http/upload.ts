import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Busboy, type BusboyFileStream } from '@fastify/busboy'
import type { Blob, BlobStore } from './blob.ts'
import { invalid, Problem } from './problem.ts'

/** A multipart upload after its last byte: what a file is made of. */
export interface Upload {
  /** As sent; undefined if the part had none. */
  readonly filename: string | undefined
  readonly contentType: string
  readonly blob: Blob
  readonly fields: Readonly<Record<string, string>>
}

interface Part {
  readonly filename: string | undefined
  readonly contentType: string
  readonly blob: Promise<Blob>
  readonly stream: BusboyFileStream
}

/** Reads a multipart body to its end, also when it is refused: a reply given earlier could be lost in a reset. */
export async function receiveUpload(
  body: Readable,
  headers: IncomingHttpHeaders,
  store: BlobStore,
  maxBytes: number,
): Promise<Upload> {
  const contentType = headers['content-type'] ?? ''
  if (!/^multipart\/form-data;.*boundary=/i.test(contentType)) {
    await drain(body)
    throw invalid('Content-Type must be multipart/form-data with a boundary')
  }
  const { parts, fields } = await parse(body, { ...headers, 'content-type': contentType }, store, maxBytes)
  const [part] = parts
  if (part === undefined) throw invalid('file: Field required')
  const blob = await part.blob
  if (parts.length === 1 && !part.stream.truncated)
    return { filename: part.filename, contentType: part.contentType, blob, fields }
  for (const one of parts) store.drop((await one.blob).path)
  if (parts.length > 1) throw invalid('file: exactly one file is expected')
  throw new Problem(413, `File is larger than the maximum of ${maxBytes} bytes`)
}

async function parse(
  body: Readable,
  headers: IncomingHttpHeaders & { 'content-type': string },
  store: BlobStore,
  maxBytes: number,
): Promise<{ readonly parts: readonly Part[]; readonly fields: Readonly<Record<string, string>> }> {
  const parts: Part[] = []
  const fields: Record<string, string> = {}
  const parser = new Busboy({
    headers,
    // The name's last segment is taken by the rule of the API, which knows only the slash.
    preservePath: true,
    // A part without a file name is still the file: that is what a bare Blob becomes on the wire.
    isPartAFile: (name, _type, filename) => name === 'file' || filename !== undefined,
    limits: { fileSize: maxBytes },
  })
  parser.on('file', (_field, stream, filename: string | undefined, _encoding, contentType) => {
    const blob = store.receive(stream)
    // Awaited once the body has ended; a broken body must not be an unhandled rejection before that.
    blob.catch(() => {})
    parts.push({ filename, contentType, blob, stream })
  })
  parser.on('field', (name, value) => {
    fields[name] = value
  })
  try {
    await pipeline(body, parser)
  } catch (error) {
    for (const { stream } of parts) stream.destroy()
    if (body.errored !== null || !body.readableEnded) throw error
    throw invalid(`Malformed multipart body: ${error instanceof Error ? error.message : String(error)}`)
  }
  return { parts, fields }
}

/** Reads and forgets. */
async function drain(body: Readable): Promise<void> {
  for await (const _chunk of body);
}
