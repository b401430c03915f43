import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Answer, jsonAnswer, send } from '../http/answer.ts'
import { readBody } from '../http/json-body.ts'
import { splitTarget } from '../http/query.ts'
import { type Federation, trustIn } from '../oauth/oauth.ts'
import { believe, type Trust } from '../oauth/oauth-assertion.ts'
import type { TokenParts } from './platform.ts'

export const TOKENS_PREFIX = '/_tokens/'

/** A provider of workload identities: whose tokens are exchanged. */
export const PROVIDER = 'projects/123456789012/locations/global/workloadIdentityPools/github/providers/emulator'
const SERVICE_ACCOUNT = 'emulator@emulator-project.iam.gserviceaccount.com'
const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'

/** Where a subject token comes from, as `credential_source` of a credentials file says it. */
interface TokenSource {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/**
 * The file that `google-github-actions/auth` writes (observed in its source), for these tokens.
 * @param source the OIDC tokens of the job; the emulator's own if not given
 */
export function credentialsFile(url: string, source: TokenSource, impersonate = false): object {
  const account = `${url}${TOKENS_PREFIX}serviceAccounts/${SERVICE_ACCOUNT}:generateAccessToken`
  return {
    type: 'external_account',
    audience: `//iam.googleapis.com/${PROVIDER}`,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: `${url}${TOKENS_PREFIX}token`,
    credential_source: { ...source, format: { type: 'json', subject_token_field_name: 'value' } },
    ...(impersonate ? { service_account_impersonation_url: account } : {}),
  }
}

/** Stands in for Google's token services: the exchange of a subject token, and the token of a service account for one. */
export class GoogleTokens {
  /** For jobs without OIDC tokens: where the emulator gives out subject tokens itself, to those who know the secret. */
  readonly #secret = `subject-${randomBytes(20).toString('hex')}`
  readonly #parts: TokenParts
  readonly #trust: Promise<Trust> | undefined

  constructor(federation: Federation | undefined, parts: TokenParts) {
    // Documented: the audience of an OIDC token is the provider's address, unless the provider names others.
    this.#trust = federation && trustIn(federation, `https://iam.googleapis.com/${PROVIDER}`)
    this.#parts = parts
  }

  ownSource(url: string): TokenSource {
    return { url: `${url}${TOKENS_PREFIX}subject`, headers: { Authorization: `Bearer ${this.#secret}` } }
  }

  isLive(token: string): boolean {
    return this.#parts.credentials.isLiveToken(token)
  }

  issue(): string {
    const token = `ya29.c.${randomBytes(90).toString('base64url')}`
    return this.#parts.credentials.issueToken(this.#parts.lifetimeSeconds, token)
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = new URLSearchParams((await readBody(request)).toString())
    send(response, await this.#answer(splitTarget(request.url).path.slice(TOKENS_PREFIX.length), request, body))
  }

  async #answer(path: string, { headers }: IncomingMessage, body: URLSearchParams): Promise<Answer> {
    const bearer = headers.authorization?.replace(/^Bearer /i, '') ?? ''
    if (path === 'subject') return bearer === this.#secret ? jsonAnswer(200, { value: this.#secret }) : refused(401)
    if (path === 'token') return this.#exchange(body)
    if (path !== `serviceAccounts/${SERVICE_ACCOUNT}:generateAccessToken`) return refused(404)
    if (!this.isLive(bearer)) return refused(401)
    const expireTime = new Date(this.#parts.now() + this.#parts.lifetimeSeconds * 1000).toISOString()
    return jsonAnswer(200, { accessToken: this.issue(), expireTime })
  }

  async #exchange(body: URLSearchParams): Promise<Answer> {
    const isWellFormed =
      body.get('grant_type') === GRANT_TYPE &&
      body.get('audience') === `//iam.googleapis.com/${PROVIDER}` &&
      body.get('requested_token_type') === ACCESS_TOKEN &&
      body.get('scope') !== null
    if (!isWellFormed)
      return jsonAnswer(400, { error: 'invalid_request', error_description: 'Invalid token exchange.' })
    const subject = body.get('subject_token') ?? ''
    const trust = await this.#trust
    if (subject !== this.#secret && (trust && (await believe(subject, trust, this.#parts.now()))) === undefined)
      return jsonAnswer(400, { error: 'invalid_grant', error_description: 'The subject token is not accepted.' })
    const expiry = { token_type: 'Bearer', expires_in: this.#parts.lifetimeSeconds }
    return jsonAnswer(200, { access_token: this.issue(), issued_token_type: ACCESS_TOKEN, ...expiry })
  }
}

const refused = (code: 401 | 404): Answer =>
  jsonAnswer(code, {
    error: { code, message: 'Not for this caller.', status: code === 401 ? 'UNAUTHENTICATED' : 'NOT_FOUND' },
  })
