import { Download } from '../http/call.ts'
import { invalid } from '../http/problem.ts'

/** Differences seen in other servers of this API or likely in later ones, for clients that must get along with them. */
export interface Deviations {
  /** Adding a resource answers 201. */
  readonly addAnswers201?: boolean
  /** Ids read `file-…` and not `file_…`. */
  readonly dashedIds?: boolean
  /** No object has `updated_at`. */
  readonly noUpdatedAt?: boolean
  /** No list has `next_page`. */
  readonly noNextPage?: boolean
  /** Deleting a resource answers with the type `resource_deleted`. */
  readonly resourceDeleted?: boolean
  /** A session's `resources` is empty on retrieve and in lists. */
  readonly emptyResources?: boolean
  /** An add that arrives while another one on the same session has not been answered yet gets 409. */
  readonly conflictOnConcurrentAdds?: boolean
  /** An upload's reply says that a byte less was stored than was sent. */
  readonly shortUploads?: boolean
  /** No file has a `filename`. */
  readonly noFilenames?: boolean
  /** Every file's `filename` is `unnamed`. */
  readonly unnamedFiles?: boolean
  /** `scope_id` is ignored, and no file has a `scope`. */
  readonly noScopeFilter?: boolean
  /** `scope_id` is refused. */
  readonly scopeRefused?: boolean
  /** No reply names its workspace. */
  readonly noWorkspaceId?: boolean
  /** Lists come in their default order, whatever `order` says. */
  readonly ignoresOrder?: boolean
  /** Lists show a file, session or resource only 800 ms after it was made. */
  readonly lateLists?: boolean
  /** Lists show a file, session or resource only five seconds after it was made. */
  readonly veryLateLists?: boolean
}

export const DEVIATIONS = [
  'addAnswers201',
  'dashedIds',
  'noUpdatedAt',
  'noNextPage',
  'resourceDeleted',
  'emptyResources',
  'conflictOnConcurrentAdds',
  'shortUploads',
  'noFilenames',
  'unnamedFiles',
  'noScopeFilter',
  'scopeRefused',
  'noWorkspaceId',
  'ignoresOrder',
  'lateLists',
  'veryLateLists',
] as const satisfies readonly (keyof Deviations)[]

/** Deviations by their names; throws on one that is unknown. */
export function decodeDeviations(names: readonly string[]): Deviations {
  const unknown = names.find((name) => !DEVIATIONS.some((known) => known === name))
  if (unknown !== undefined) throw invalid(`"${unknown}" is none of ${DEVIATIONS.join(', ')}`)
  return Object.fromEntries(names.map((name) => [name, true]))
}

const UPLOAD = 'POST /v1/files'
const ADD = /^POST \/v1\/sessions\/[^/]+\/resources$/
const READ = /^GET \/v1\/sessions(\/[^/]+)?$/
const FILES = /^\w+ \/v1\/files(\/[^/]+)?$/
const LIST = /^GET \/v1\/(files|sessions|sessions\/[^/]+\/resources)$/

/** The status of a reply that went well. */
export const deviantStatus = (deviations: Deviations, request: string): number =>
  deviations.addAnswers201 === true && ADD.test(request) ? 201 : 200

/** Whether two such requests must not meet. */
export const refusesMeeting = (deviations: Deviations, request: string): boolean =>
  deviations.conflictOnConcurrentAdds === true && ADD.test(request)

/** The query as the server reads it; throws if it refuses it. `request` is the method and path. */
export function deviantSearch(deviations: Deviations, request: string, search: string): string {
  const query = new URLSearchParams(search)
  if (deviations.ignoresOrder === true && query.has('order')) {
    query.delete('order')
    return query.toString()
  }
  if (request !== 'GET /v1/files' || !query.has('scope_id')) return search
  if (deviations.scopeRefused === true) throw invalid('scope_id: Extra inputs are not permitted')
  if (deviations.noScopeFilter !== true) return search
  query.delete('scope_id')
  return query.toString()
}

/** Rewrites a reply that went well. A download stays as it is. @param now on the clock of `created_at` */
export function deviate(deviations: Deviations, request: string, reply: object, now: number): object {
  if (reply instanceof Download) return reply
  if (!Object.values(deviations).includes(true)) return reply
  const lag = lagOf(deviations)
  const known = lag > 0 && LIST.test(request) ? madeBefore(now - lag, reply) : reply
  const text = JSON.stringify(known, (key: string, value: unknown) => {
    if (key === 'updated_at' && deviations.noUpdatedAt === true) return undefined
    if (key === 'next_page' && deviations.noNextPage === true) return undefined
    if (key === 'resources' && deviations.emptyResources === true && READ.test(request)) return []
    if (value === 'session_resource_deleted' && deviations.resourceDeleted === true) return 'resource_deleted'
    return FILES.test(request) ? deviantFileField(deviations, request, key, value) : value
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

function deviantFileField(deviations: Deviations, request: string, key: string, value: unknown): unknown {
  if (key === 'size_bytes' && deviations.shortUploads === true && request === UPLOAD) return Number(value) - 1
  if (key === 'filename' && deviations.noFilenames === true) return undefined
  if (key === 'filename' && deviations.unnamedFiles === true) return 'unnamed'
  if (key === 'scope' && deviations.noScopeFilter === true) return undefined
  return value
}
