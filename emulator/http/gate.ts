import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Platform } from '../platforms/platform.ts'
import type { Match } from '../routes.ts'
import { invalid, missing } from './problem.ts'
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

export interface Gate {
  readonly platform: Platform
  readonly rate: RateGate
}

/** Lets a request for a route pass or throws, in the observed order: caller, beta (as 404), version; then the rate limit. */
export async function checkRequest(
  { method = '', url: target = '', headers }: IncomingMessage,
  { route }: Match,
  { platform, rate }: Gate,
): Promise<void> {
  await platform.admit({ method, target, headers, route })
  if (!route.isExchange) {
    const betas = betasOf(headers)
    if (route.betas.length > 0 && !route.betas.some((beta) => betas.has(beta))) throw missing('Not found')
    if (!/^\d{4}-\d{2}-\d{2}$/.test(String(headers['anthropic-version'] ?? '')))
      throw invalid('anthropic-version: header is required')
  }
  rate.pass()
}
