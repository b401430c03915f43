import type { IncomingHttpHeaders } from 'node:http'
import type { Credentials } from '../oauth/oauth-credentials.ts'
import type { Match, Route } from '../routes.ts'
import { FEDERATION_BETA, OAUTH_BETA } from './call.ts'
import { invalid, missing, Problem } from './problem.ts'
import type { RateGate } from './rate-limit.ts'

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
  { credentials, rate }: { readonly credentials: Credentials; readonly rate: RateGate },
): asserts match is Match {
  if (match === undefined) throw missing('Not found')
  const betas = betasOf(headers)
  const { route } = match
  if (route.isExchange) checkExchange(betas)
  else checkCall(route, headers, betas, credentials)
  rate.pass()
}

/** The exchange is what a caller does who has no credential yet; the documents show it without a version. */
function checkExchange(betas: ReadonlySet<string>): void {
  for (const beta of [OAUTH_BETA, FEDERATION_BETA])
    if (!betas.has(beta)) throw invalid(`anthropic-beta: ${beta} is required`)
}

function checkCall(
  route: Route,
  headers: IncomingHttpHeaders,
  betas: ReadonlySet<string>,
  credentials: Credentials,
): void {
  if (!credentials.accept(headers, betas)) throw new Problem(401, 'Authentication failed')
  if (route.betas.length > 0 && !route.betas.some((beta) => betas.has(beta))) throw missing('Not found')
  if (!/^\d{4}-\d{2}-\d{2}$/.test(String(headers['anthropic-version'] ?? '')))
    throw invalid('anthropic-version: header is required')
}
