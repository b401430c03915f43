import * as v from 'valibot'
import { pause } from '../../stop/pause.ts'
import type { Stop } from '../../stop/stop.ts'
import { parseJson, read, text } from '../../text/json.ts'
import type { Credential } from '../client.ts'
import { ApiError, StatusError } from '../errors.ts'
import { jsonBody } from '../request.ts'
import { isTransient, MAX_ATTEMPTS, retryDelay } from '../retry.ts'
import type { Transport } from '../transport.ts'
import type { Identity } from './usable-credential.ts'

/** What a token is asked for with. */
export type Federation = Omit<Extract<Identity, { kind: 'federation' }>, 'kind' | 'audience'>

export interface FederationParts {
  readonly transport: Transport
  readonly stop: Stop
  /** Fetches a new OIDC token of GitHub; each one is taken once. */
  readonly assertion: () => Promise<string>
  readonly log: (line: string) => void
  /** Told of each access token before it is used, so that it can be masked. */
  readonly secret: (token: string) => void
}

/** The exchange was refused, or what it gave is no token. Its text holds nothing of the tokens. */
class FederationError extends Error {
  constructor(what: string, options?: ErrorOptions) {
    super(`workload identity federation: ${what}`, options)
    this.name = 'FederationError'
  }
}

interface AccessToken {
  readonly value: string
  /** On the clock of `performance.now`, in milliseconds. */
  readonly renewAt: number
}

const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const EXCHANGE_BETAS = 'oauth-2025-04-20,oidc-federation-2026-04-01'
const TOKEN_BETA = 'oauth-2025-04-20'
const TOKEN_PATH = '/v1/oauth/token'
const TIMEOUT_MS = 20_000

/** A wait longer than this is not worth a runner's time. */
const MAX_WAIT_MS = 120_000

/** A token is renewed this long before it ends, or in the last fifth of a very short life. */
const LEEWAY_MS = 60_000

/**
 * Calls the service with access tokens that are exchanged for OIDC tokens of GitHub (RFC 7523). A token lives about ten
 * minutes; it is renewed before its end, and after a 401, with a new assertion each time, which the service takes once.
 */
export function federated(federation: Federation, parts: FederationParts): Credential {
  const cache = new TokenCache(() => exchangeUntilDone(federation, parts))
  return {
    description: `workload identity, rule ${federation.ruleId}`,
    beta: TOKEN_BETA,
    sign: async () => ({ authorization: `Bearer ${await cache.get()}` }),
    refused: (headers) => cache.drop(headers.authorization?.replace('Bearer ', '')),
  }
}

/** One token for all callers: while one is being fetched, the others wait for it. */
class TokenCache {
  readonly #fetch: () => Promise<AccessToken>
  #token: AccessToken | undefined
  #fetching: Promise<AccessToken> | undefined

  constructor(fetch: () => Promise<AccessToken>) {
    this.#fetch = fetch
  }

  async get(): Promise<string> {
    if (this.#token !== undefined && performance.now() < this.#token.renewAt) return this.#token.value
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = undefined
    })
    this.#token = await this.#fetching
    return this.#token.value
  }

  /** Forgets a token that was refused, unless it was replaced meanwhile. */
  drop(value: string | undefined): void {
    if (this.#token?.value === value) this.#token = undefined
  }
}

async function exchangeUntilDone(federation: Federation, parts: FederationParts): Promise<AccessToken> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await exchange(federation, parts)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      // A lost reply has used up the assertion, not more: every attempt brings a new one.
      const delay = retryDelay(error, 'freely', attempt, MAX_ATTEMPTS)
      if (delay === undefined || delay > MAX_WAIT_MS) throw failure(error, federation)
      parts.log(`Waiting ${(delay / 1000).toFixed(1)} s: ${error.message}`)
      await pause(delay, parts.stop.startNothingNew)
    }
  }
}

/** How long GitHub's refusals are not believed: it answers 403 ("job in Pending state") for a second or two in large matrices. */
const GITHUB_PATIENCE_MS = 6_000
const GITHUB_PAUSE_MS = { first: 500, most: 2_000 }

/** An OIDC token of GitHub, asked for again while its endpoint refuses or fails, for some seconds. */
async function fetchAssertion(federation: Federation, { assertion, log, stop }: FederationParts): Promise<string> {
  const until = performance.now() + GITHUB_PATIENCE_MS
  for (let wait = GITHUB_PAUSE_MS.first; ; wait = Math.min(wait * 2, GITHUB_PAUSE_MS.most)) {
    try {
      return await assertion()
    } catch (error) {
      if (!(error instanceof StatusError)) throw error
      const mayPass = error.details.status === 403 || isTransient(error)
      if (!mayPass || performance.now() + wait > until) throw failure(error, federation)
      log(`Asking GitHub again in ${(wait / 1000).toFixed(1)} s: ${error.message}`)
      await pause(wait, stop.startNothingNew)
    }
  }
}

const bearerToken = v.object({
  access_token: text,
  token_type: v.pipe(v.string(), v.toLowerCase(), v.literal('bearer')),
  /** In seconds. */
  expires_in: v.fallback(v.number(), 600),
})

/** `POST /v1/oauth/token`, without authorization and version (observed of the SDK, and documented). */
async function exchange(federation: Federation, parts: FederationParts): Promise<AccessToken> {
  const { ruleId, organizationId, serviceAccountId, workspaceId } = federation
  const body = jsonBody({
    grant_type: GRANT_TYPE,
    assertion: await fetchAssertion(federation, parts),
    federation_rule_id: ruleId,
    organization_id: organizationId,
    service_account_id: serviceAccountId,
    workspace_id: workspaceId,
  })
  const start = performance.now()
  const reply = await parts.transport(
    { method: 'POST', path: TOKEN_PATH, body, repeat: 'freely', timeoutMs: TIMEOUT_MS },
    { 'anthropic-beta': EXCHANGE_BETAS, accept: 'application/json', 'user-agent': 'session-mount' },
    parts.stop.abortInFlight,
  )
  const token = read(bearerToken, parseJson(reply.text))
  if (token === undefined) {
    throw new FederationError(`the exchange answered ${reply.status} without a bearer token; is a proxy in between?`)
  }
  parts.secret(token.access_token)
  const lifetime = token.expires_in * 1000
  return { value: token.access_token, renewAt: start + lifetime - Math.min(LEEWAY_MS, lifetime / 5) }
}

function failure(error: ApiError, federation: Federation): FederationError {
  if (error.call.target !== TOKEN_PATH) {
    return new FederationError(`GitHub gave no OIDC token: ${error.message}; run the job again`, { cause: error })
  }
  if (!(error instanceof StatusError)) {
    return new FederationError(`the exchange failed: ${error.message}`, { cause: error })
  }
  const { status, type, requestId } = error.details
  const kind = type === undefined ? '' : ` ${type}`
  const id = requestId === undefined ? '' : ` (request_id ${requestId})`
  const what = `the exchange was refused: ${status}${kind}${id}`
  return new FederationError(`${what}${adviceFor(status, federation)}`, { cause: error })
}

/** The service tells the caller nothing more than 401; the reason stands in its console. */
function adviceFor(status: number, { workspaceId }: Federation): string {
  if (status === 400) {
    return '. Check the form of `anthropic-federation-rule-id`, `anthropic-organization-id`, `anthropic-service-account-id` and `anthropic-workspace-id`'
  }
  if (status !== 401 && status !== 403) return ''
  const workspace =
    workspaceId === undefined ? '; a rule that covers several workspaces needs `anthropic-workspace-id`' : ''
  return `. The console shows the reason, under the authentication history of the rule: check the ids, the audience, and that the rule takes the subject of this workflow${workspace}`
}
