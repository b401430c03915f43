import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Generated } from '../files/generated.ts'
import { Download } from './call.ts'
import { Problem } from './problem.ts'

/** A reply ready to be sent. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | Generated
}

const JSON_TYPE = { 'content-type': 'application/json' }

export function jsonAnswer(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { ...JSON_TYPE, ...headers }, body: Buffer.from(JSON.stringify(value)) }
}

export function resultAnswer(status: number, result: object): Answer {
  if (!(result instanceof Download)) return jsonAnswer(status, result)
  return { status, headers: { 'content-type': result.contentType }, body: result.body }
}

/** What a thrown error becomes; one that is not a refusal is the emulator's own and answers 500. */
export function problemAnswer(error: unknown, requestId: string): Answer {
  const problem = error instanceof Problem ? error : new Problem(500, `Internal error: ${String(error)}`)
  return jsonAnswer(problem.status, problem.envelope(requestId), problem.headers())
}

export const sizeOf = (body: Answer['body']): number => (body instanceof Generated ? body.sizeBytes : body.length)

/** The first bytes of a body. */
export const cutBody = (body: Answer['body'], end: number): Iterable<Buffer> =>
  body instanceof Generated ? body.chunks(end) : [body.subarray(0, end)]

function sendHead(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': sizeOf(body) })
}

export function send(response: ServerResponse, answer: Answer): void {
  const { body } = answer
  sendHead(response, answer)
  // Whoever stops reading before the end has left; there is nobody to tell.
  if (body instanceof Generated) pipeline(Readable.from(body.chunks()), response).catch(() => {})
  else response.end(body)
}

/** Sends the head and half of the body, then cuts the connection. */
export function sendHalf(response: ServerResponse, answer: Answer): void {
  const half = Readable.from(cutBody(answer.body, Math.floor(sizeOf(answer.body) / 2)))
  sendHead(response, answer)
  // A reset would overtake what has been written; closing lets it arrive first.
  pipeline(half, response, { end: false }).then(
    () => response.socket?.destroySoon(),
    () => {},
  )
}
