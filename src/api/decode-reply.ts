import * as v from 'valibot'
import { cut } from '../text/cut.ts'
import { escapeForLog } from '../text/escape.ts'
import type { Schema } from '../text/json.ts'
import { ReplyError, UnusableReplyError } from './errors.ts'
import { InvalidIdError } from './id.ts'
import type { Reply } from './reply.ts'

/** @throws ReplyError, UnusableReplyError */
export function decodeReply<T>(reply: Reply, schema: Schema<T>): T {
  const { call, status } = reply
  let json: unknown
  try {
    json = reply.text === '' ? bodyOfNothing(status) : JSON.parse(reply.text)
  } catch {
    throw new ReplyError(call, reply, 'which is not JSON (is a proxy or a login page in between?)')
  }
  try {
    const result = v.safeParse(schema, json)
    if (result.success) return result.output
  } catch (error) {
    if (!(error instanceof InvalidIdError)) throw error
    throw new UnusableReplyError(
      call,
      `answered ${status} with "${escapeForLog(cut(error.id, 80))}", which is not a valid id`,
    )
  }
  throw new ReplyError(call, reply, 'which lacks what this call needs')
}

/** With 202 and 204, nothing needs to be said: another server takes an event without a word (seen). */
function bodyOfNothing(status: number): null | undefined {
  return status === 202 || status === 204 ? undefined : null
}
