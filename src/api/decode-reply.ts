import { cut } from '../text/cut.ts'
import { escapeForLog } from '../text/escape.ts'
import { ReplyError, UnusableReplyError } from './errors.ts'
import { InvalidIdError } from './id.ts'
import type { Decode, Reply } from './reply.ts'

/** @throws ReplyError, UnusableReplyError */
export function decodeReply<T>(reply: Reply, decode: Decode<T>): T {
  const { call, status } = reply
  let json: unknown
  try {
    // Where nothing is needed of a reply, an empty one is as good (204).
    json = reply.text === '' ? undefined : JSON.parse(reply.text)
  } catch {
    throw new ReplyError(call, reply, 'which is not JSON (is a proxy or a login page in between?)')
  }
  try {
    const value = decode(json, call, status)
    if (value !== undefined) return value
  } catch (error) {
    if (!(error instanceof InvalidIdError)) throw error
    throw new UnusableReplyError(
      call,
      `answered ${status} with "${escapeForLog(cut(error.id, 80))}", which is not a valid id`,
    )
  }
  throw new ReplyError(call, reply, 'which lacks what this call needs')
}
