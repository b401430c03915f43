import type { ServerResponse } from 'node:http'
import { Download } from './call.ts'
import { Problem } from './problem.ts'

/** A reply ready to be sent. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Buffer
}

const JSON_TYPE = { 'content-type': 'application/json' }

export function jsonAnswer(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { ...JSON_TYPE, ...headers }, bytes: Buffer.from(JSON.stringify(value)) }
}

export function resultAnswer(status: number, result: object): Answer {
  if (!(result instanceof Download)) return jsonAnswer(status, result)
  return { status, headers: { 'content-type': result.contentType }, bytes: result.bytes }
}

/** What a thrown error becomes; one that is not a refusal is the emulator's own and answers 500. */
export function problemAnswer(error: unknown, requestId: string): Answer {
  const problem = error instanceof Problem ? error : new Problem(500, `Internal error: ${String(error)}`)
  const headers = problem.retryAfter === undefined ? {} : { 'retry-after': problem.retryAfter }
  return jsonAnswer(problem.status, problem.envelope(requestId), headers)
}

export function send(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.bytes.length })
  response.end(answer.bytes)
}

/** Sends the head and half of the body, then resets the connection. */
export function sendHalf(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.bytes.length })
  response.write(answer.bytes.subarray(0, answer.bytes.length >> 1), () => {
    // A reset would overtake what has been written; closing lets it arrive first.
    response.socket?.destroySoon()
  })
}
