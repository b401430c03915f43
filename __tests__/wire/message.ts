import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { Busboy } from '@fastify/busboy'
import type { RecordedRequest } from './recorder.ts'

/** What a request says, apart from its headers: equal for two requests that mean the same to the server. */
export interface Message {
  readonly method: string
  /** As sent, not decoded. */
  readonly path: string
  /** Decoded pairs, sorted. */
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly body: Body
}

/** A body by its media type. */
type Body =
  | { readonly type: 'none' }
  | { readonly type: 'json'; readonly value: unknown }
  | { readonly type: 'multipart'; readonly parts: readonly Part[] }

/** A part of a multipart body; the order of parts counts. */
type Part =
  | { readonly name: string; readonly value: string }
  | {
      readonly name: string
      readonly filename: string
      readonly contentType: string
      readonly encoding: string
      readonly content: Buffer
    }

/** @throws Error if the body is neither empty nor JSON nor multipart */
export async function messageOf(request: RecordedRequest): Promise<Message> {
  const url = new URL(request.target, 'http://recorder')
  const query = [...url.searchParams].sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
  const path = request.target.split('?', 1).join()
  return { method: request.method, path, query, body: await bodyOf(request) }
}

async function bodyOf({ headers, body }: RecordedRequest): Promise<Body> {
  const contentType = headers['content-type']
  if (contentType === undefined && body.length === 0) return { type: 'none' }
  if (contentType === 'application/json') return { type: 'json', value: JSON.parse(body.toString()) }
  if (contentType?.startsWith('multipart/form-data; boundary=')) {
    return { type: 'multipart', parts: await partsOf(body, contentType) }
  }
  throw new Error(`a body of ${body.length} bytes with content type ${contentType}`)
}

async function partsOf(body: Buffer, contentType: string): Promise<readonly Part[]> {
  const parts: (Part | Promise<Part>)[] = []
  const parser = new Busboy({ headers: { 'content-type': contentType }, preservePath: true })
  parser.on('file', (name, stream, filename, encoding, type) => {
    parts.push(buffer(stream).then((content) => ({ name, filename, encoding, contentType: type, content })))
  })
  parser.on('field', (name, value) => parts.push({ name, value }))
  await pipeline([body], parser)
  return Promise.all(parts)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
