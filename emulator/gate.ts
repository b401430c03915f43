import type { IncomingHttpHeaders } from 'node:http'
import { invalid, missing, Problem } from './problem.ts'
import type { RateGate } from './rate-limit.ts'
import type { Match } from './routes.ts'

/** The values of `anthropic-beta`, which come joined by commas. */
export function betasOf(headers: IncomingHttpHeaders): ReadonlySet<string> {
  const value = headers['anthropic-beta'] ?? ''
  return new Set(
    String(value)
      .split(',')
      .map((beta) => beta.trim()),
  )
}

/** Lets a request pass or throws, in the observed order: route, key, beta (as 404), version; then the rate limit. */
export function checkRequest(
  match: Match | undefined,
  headers: IncomingHttpHeaders,
  { apiKey, rate }: { readonly apiKey: string; readonly rate: RateGate },
): asserts match is Match {
  if (match === undefined) throw missing('Not found')
  if (!isAuthenticated(headers, apiKey)) throw new Problem(401, 'Authentication failed')
  const betas = betasOf(headers)
  const { route } = match
  if (route.betas.length > 0 && !route.betas.some((beta) => betas.has(beta))) throw missing('Not found')
  if (!/^\d{4}-\d{2}-\d{2}$/.test(String(headers['anthropic-version'] ?? '')))
    throw invalid('anthropic-version: header is required')
  rate.pass()
}

/** Either way of sending the key is good; one that is sent and wrong is not made good by the other. */
function isAuthenticated(headers: IncomingHttpHeaders, apiKey: string): boolean {
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1]
  const sent = [headers['x-api-key'], headers.authorization === undefined ? undefined : (bearer ?? '')]
  const given = sent.filter((key) => key !== undefined)
  return given.length > 0 && given.every((key) => key === apiKey)
}
