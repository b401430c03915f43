import { invalid } from '../http/problem.ts'
import type { Deviations } from './deviation.ts'

const ADD = /^POST \/v1\/sessions\/[^/]+\/resources$/

/** Whether two such requests must not meet. `request` is the method and path. */
export const refusesMeeting = (deviations: Deviations, request: string): boolean =>
  deviations.conflictOnConcurrentAdds === true && ADD.test(request)

/** The query as the server reads it; throws if it refuses it. */
export function deviantQuery(deviations: Deviations, request: string, search: string): URLSearchParams {
  const query = new URLSearchParams(search)
  if (deviations.ignoresOrder === true) query.delete('order')
  if (request === 'GET /v1/files') {
    if (deviations.ignoresIds === true) query.delete('ids[]')
    if (deviations.scopeRefused === true && query.has('scope_id'))
      throw invalid('scope_id: Extra inputs are not permitted')
    if (deviations.noScopeFilter === true) query.delete('scope_id')
  }
  return query
}

interface CreationBody {
  readonly metadata?: unknown
  readonly resources?: readonly { readonly file_id?: string }[]
}

/** The body as the server reads it. @param isKnown whether there is a file with an id */
export function deviantBody(
  deviations: Deviations,
  request: string,
  json: unknown,
  isKnown: (fileId: string) => boolean,
): unknown {
  if (request !== 'POST /v1/sessions' || typeof json !== 'object' || json === null) return json
  const { metadata, resources, ...rest } = json as CreationBody
  const isThere = ({ file_id }: { readonly file_id?: string }) => file_id === undefined || isKnown(file_id)
  const skips = deviations.skipsUnknownFiles === true && Array.isArray(resources)
  return {
    ...rest,
    ...(metadata === undefined || deviations.dropsMetadata === true ? {} : { metadata }),
    ...(resources === undefined ? {} : { resources: skips ? resources.filter(isThere) : resources }),
  }
}
