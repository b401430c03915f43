import type { ServerResponse } from 'node:http'
import { invalid, Problem } from '../http/problem.ts'
import type { Deviations } from './deviation.ts'

const ADD = /^POST \/v1\/sessions\/[^/]+\/resources$/

/** Which sessions have an add on its way, for a server that refuses a second one meanwhile. */
export class ConcurrentAdds {
  readonly #open = new Set<string>()

  /** Called when a request arrives; the refusal of an add that comes before the reply to another has been sent. */
  enter(deviations: Deviations, request: string, response: ServerResponse): Problem | undefined {
    if (deviations.conflictOnConcurrentAdds !== true || !ADD.test(request)) return undefined
    if (this.#open.has(request)) return new Problem(409, 'The session is being changed by another request')
    this.#open.add(request)
    response.once('close', () => this.#open.delete(request))
    return undefined
  }
}

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
