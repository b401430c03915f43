/** Differences seen in other servers of this API, for clients that must get along with them. */
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
}

export const DEVIATIONS = [
  'addAnswers201',
  'dashedIds',
  'noUpdatedAt',
  'noNextPage',
  'resourceDeleted',
  'emptyResources',
] as const satisfies readonly (keyof Deviations)[]

const ADD = /^POST \/v1\/sessions\/[^/]+\/resources$/
const READ = /^GET \/v1\/sessions(\/[^/]+)?$/

/** The status of a reply that went well. */
export const deviantStatus = (deviations: Deviations, request: string): number =>
  deviations.addAnswers201 === true && ADD.test(request) ? 201 : 200

/** Rewrites a reply that went well; `request` is its method and path. */
export function deviate(deviations: Deviations, request: string, reply: object): object {
  if (!Object.values(deviations).includes(true)) return reply
  const text = JSON.stringify(reply, (key: string, value: unknown) => {
    if (key === 'updated_at' && deviations.noUpdatedAt === true) return undefined
    if (key === 'next_page' && deviations.noNextPage === true) return undefined
    if (key === 'resources' && deviations.emptyResources === true && READ.test(request)) return []
    if (value === 'session_resource_deleted' && deviations.resourceDeleted === true) return 'resource_deleted'
    return value
  })
  return JSON.parse(text)
}
