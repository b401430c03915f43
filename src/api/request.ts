import type { ApiRequest, RequestBody } from './client.ts'

export function jsonBody(value: unknown): RequestBody {
  const text = JSON.stringify(value)
  return { contentType: 'application/json', length: Buffer.byteLength(text), open: () => text }
}

/** Path and query of a request. Ids in paths are encoded, so that none can leave its segment. */
export function requestTarget(request: ApiRequest): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value === undefined) continue
    if (typeof value === 'object') for (const each of value) query.append(`${name}[]`, each)
    else query.append(name, String(value))
  }
  return query.size === 0 ? request.path : `${request.path}?${query}`
}
