import type { Answer } from '../http/answer.ts'
import { resultAnswer } from '../http/answer.ts'
import { Download } from '../http/call.ts'
import type { Deviations } from './deviation.ts'

const UPLOAD = 'POST /v1/files'
const CREATE = 'POST /v1/sessions'
const ADD = /^POST \/v1\/sessions\/[^/]+\/resources$/
const SEND = /^POST \/v1\/sessions\/[^/]+\/events$/
const READ = /^GET \/v1\/sessions(\/[^/]+)?$/
const FILES = /^\w+ \/v1\/files(\/[^/]+)?$/
const LIST = /^GET \/v1\/(files|sessions|sessions\/[^/]+\/resources)$/

/** What is answered to a request that went well. `request` is its method and path. @param now on the clock of `created_at` */
export function deviantAnswer(deviations: Deviations, request: string, result: object, now: number): Answer {
  if (deviations.eventsAnswer202 === true && SEND.test(request))
    return { status: 202, headers: {}, body: Buffer.alloc(0) }
  return resultAnswer(statusOf(deviations, request), deviate(deviations, request, result, now))
}

function statusOf(deviations: Deviations, request: string): number {
  if (deviations.createAnswers201 === true && request === CREATE) return 201
  return deviations.addAnswers201 === true && ADD.test(request) ? 201 : 200
}

/** What is answered to a request that was refused. */
export function deviantRefusal(deviations: Deviations, answer: Answer): Answer {
  if (answer.status < 400) return answer
  const { 'retry-after': _, ...others } = answer.headers
  const headers = deviations.noRetryAfter === true ? others : answer.headers
  if (deviations.plainErrors !== true || headers['content-type'] !== 'application/json') return { ...answer, headers }
  const { error } = JSON.parse(String(answer.body)) as { readonly error: { readonly message: string } }
  return { ...answer, headers: { ...headers, 'content-type': 'text/plain' }, body: Buffer.from(error.message) }
}

/** Rewrites a reply. A download stays as it is. */
function deviate(deviations: Deviations, request: string, reply: object, now: number): object {
  if (reply instanceof Download || !Object.values(deviations).includes(true)) return reply
  const lag = lagOf(deviations)
  const known = lag > 0 && LIST.test(request) ? madeBefore(now - lag, reply) : reply
  const text = JSON.stringify(known, (key: string, value: unknown) => {
    if (key === 'updated_at' && deviations.noUpdatedAt === true) return undefined
    if (key === 'next_page' && deviations.noNextPage === true) return undefined
    if (key === 'resources' && deviations.emptyResources === true && READ.test(request)) return []
    if (value === 'session_resource_deleted' && deviations.resourceDeleted === true) return 'resource_deleted'
    return FILES.test(request) ? deviantFile(deviations, request, key, value) : value
  })
  return JSON.parse(text)
}

function lagOf({ lateLists, veryLateLists }: Deviations): number {
  if (veryLateLists === true) return 5_000
  return lateLists === true ? 800 : 0
}

/** A list that knows nothing of later. A memory store has no time, and comes with its session. */
function madeBefore(time: number, list: { readonly data?: readonly { readonly created_at?: string }[] }): object {
  return { ...list, data: list.data?.filter(({ created_at }) => !(Date.parse(created_at ?? '') > time)) }
}

/** A file, or one of its fields. */
function deviantFile(deviations: Deviations, request: string, key: string, value: unknown): unknown {
  if (key === 'size_bytes' && deviations.shortUploads === true && request === UPLOAD) return Number(value) - 1
  if (key === 'filename' && deviations.noFilenames === true) return undefined
  if (key === 'filename' && deviations.unnamedFiles === true) return 'unnamed'
  if (key === 'scope' && deviations.noScopeFilter === true) return undefined
  return deviations.plainScope === true ? withPlainScope(value) : value
}

function withPlainScope(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('scope' in value)) return value
  const { scope, ...rest } = value as { readonly scope: { readonly id: string } | null }
  return { ...rest, scope_id: scope?.id }
}
