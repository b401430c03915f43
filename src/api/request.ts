import { type ApiRequest, MANAGED_AGENTS_BETA, type RequestBody } from './client.ts'
import type { CallName } from './errors.ts'

export function jsonBody(value: unknown): RequestBody {
  const text = JSON.stringify(value)
  return { contentType: 'application/json', length: Buffer.byteLength(text), text, open: () => text }
}

/** A call of sessions and what is below them, which all need the beta. @param path below `/v1/sessions` */
export function sessionCall(
  method: ApiRequest['method'],
  path: string,
  rest: Omit<ApiRequest, 'method' | 'path' | 'beta'>,
): ApiRequest {
  return { method, path: `/v1/sessions${path}`, beta: MANAGED_AGENTS_BETA, ...rest }
}

export function callOf(request: ApiRequest): CallName {
  return { method: request.method, target: requestTarget(request) }
}

/** Where a path and query below the base URL are asked for. */
export function addressOf(baseUrl: URL, target: string): URL {
  return new URL(`${baseUrl.origin}${baseUrl.pathname.replace(/\/+$/, '')}${target}`)
}

/** Path and query of a request. Ids in paths are encoded, so that none can leave its segment. */
function requestTarget(request: ApiRequest): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value === undefined) continue
    if (typeof value === 'object') for (const each of value) query.append(`${name}[]`, each)
    else query.append(name, String(value))
  }
  return query.size === 0 ? request.path : `${request.path}?${query}`
}
