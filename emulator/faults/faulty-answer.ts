import type { Answer } from '../http/answer.ts'
import { cutBody, jsonAnswer, problemAnswer, sizeOf } from '../http/answer.ts'
import { Problem } from '../http/problem.ts'
import type { Fault } from './fault.ts'

const MESSAGE = 'Injected fault'

/** What is answered instead of acting; undefined if the fault lets the operation happen. */
export function answerInstead(fault: Fault | undefined, requestId: string): Answer | undefined {
  if (fault?.kind === 'html') return page(200)
  if (fault?.kind !== 'status') return undefined
  const { status = 503, envelope = true, retryAfter, message = MESSAGE } = fault
  if (envelope)
    return problemAnswer(new Problem(status, message, retryAfter === undefined ? {} : { retryAfter }), requestId)
  const headers = { 'content-type': 'text/plain', ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }) }
  return { status, headers, body: Buffer.from(message) }
}

/** A good answer gone bad. */
export function spoil(fault: Fault | undefined, answer: Answer): Answer {
  switch (fault?.kind) {
    case 'empty':
      return { ...answer, body: Buffer.alloc(0) }
    case 'truncated-json':
      return { ...answer, body: Buffer.concat([...cutBody(answer.body, Math.floor(sizeOf(answer.body) / 2))]) }
    case 'wrong-shape':
      return jsonAnswer(answer.status, { status: 'ok' })
    default:
      return answer
  }
}

const page = (status: number): Answer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: Buffer.from('<!doctype html><html><title>Sign in</title><body>Please sign in to the network.</body></html>'),
})
