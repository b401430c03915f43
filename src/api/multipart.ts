import { randomUUID } from 'node:crypto'
import type { RequestBody } from './client.ts'

/** A file to send, read anew for each attempt. */
export interface FileSource {
  /** The name to send; it holds no quote, backslash or control character. */
  readonly filename: string
  /** In bytes; exactly so many are read. */
  readonly size: number
  /** Yields the content; throws if the file is not any more what it was. */
  read(): AsyncIterable<Uint8Array>
}

/** A multipart body of known length with a part `file` and text fields, never whole in memory. */
export function multipartBody(file: FileSource, fields: Readonly<Record<string, string>>): RequestBody {
  const boundary = `session-mount-${randomUUID()}`
  const head = Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.filename}"\r\n` +
      'content-type: application/octet-stream\r\n\r\n',
  )
  const texts = Object.entries(fields).map(
    ([name, value]) => `\r\n--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}`,
  )
  const tail = Buffer.from(`${texts.join('')}\r\n--${boundary}--\r\n`)
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    length: head.length + file.size + tail.length,
    open: async function* () {
      yield head
      yield* file.read()
      yield tail
    },
  }
}
