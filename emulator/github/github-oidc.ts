import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { SignJWT } from 'jose'
import { jsonAnswer, send } from '../http/answer.ts'
import { close, listen } from '../http/listen.ts'
import { splitTarget } from '../http/query.ts'

export interface GitHubOidcOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number | undefined
  readonly requestToken?: string | undefined
  /** How long a JWT lives; 300, as GitHub's, if not given. */
  readonly expiresInSeconds?: number | undefined
  readonly subject?: string | undefined
  /** Takes the place of claims of the same name. */
  readonly claims?: Readonly<Record<string, unknown>> | undefined
  readonly fault?: OidcFault | undefined
}

/** How requests for a token go wrong: an error, no reply ever, or a late one. For ever, unless `times` is given. */
export type OidcFault =
  | { readonly kind: 'status'; readonly status: number; readonly times?: number }
  | { readonly kind: 'never'; readonly times?: number }
  | { readonly kind: 'slow'; readonly delayMs: number; readonly times?: number }

interface OidcRequest {
  readonly method: string
  readonly path: string
  readonly audience: string | undefined
  readonly authorization: string | undefined
  /** Null as long as there was no reply. */
  readonly status: number | null
  /** What was given out, if anything was. */
  readonly jti?: string
  readonly jwt?: string
}

/** A loopback stand-in for the runner's OIDC token service: signs JWTs as GitHub does, each with a `jti` of its own. */
export interface GitHubOidc {
  /** What the runner has in `ACTIONS_ID_TOKEN_REQUEST_URL`. */
  readonly url: string
  /** What the runner has in `ACTIONS_ID_TOKEN_REQUEST_TOKEN`. */
  readonly requestToken: string
  readonly issuer: string
  readonly publicKey: KeyObject
  /** Where the public key is published. */
  readonly jwksUrl: string
  journal(): readonly OidcRequest[]
  /** Undefined lets everything go well again. */
  setFault(fault: OidcFault | undefined): void
  /** A JWT as the service would give out now, with some claims changed; by another key if one is given. */
  signToken(claims?: Readonly<Record<string, unknown>>, key?: KeyObject): Promise<string>
  /** Ends at once: open connections are cut. */
  close(): Promise<void>
}

const ISSUER = 'https://token.actions.githubusercontent.com'
const PATH = '/idtoken/4f3c1a52/9b7d60ee'
const JWKS_PATH = '/.well-known/jwks'
const KEY_ID = 'stand-in'

let keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject } | undefined

/** One pair for all stand-ins of a process: making one takes a while. */
function keyPair(): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  keys ??= generateKeyPairSync('rsa', { modulusLength: 2048 })
  return keys
}

/** Starts the stand-in on a port of 127.0.0.1. */
export async function startGitHubOidc(options: GitHubOidcOptions = {}): Promise<GitHubOidc> {
  const { publicKey } = keyPair()
  const requestToken = options.requestToken ?? `oidc-request-${randomUUID()}`
  const desk = new JwtDesk(options, requestToken)
  const server = createServer((request, response) => {
    if (request.url === JWKS_PATH) send(response, jsonAnswer(200, { keys: [jwkOf(publicKey)] }))
    else desk.serve(request, response).catch(() => request.socket.destroy())
  })
  const url = await listen(server, options.port)
  return {
    url: `${url}${PATH}?api-version=2.0`,
    requestToken,
    issuer: ISSUER,
    publicKey,
    jwksUrl: `${url}${JWKS_PATH}`,
    journal: () => desk.journal(),
    setFault: (fault) => desk.setFault(fault),
    signToken: (claims, key) => desk.signToken(claims, key),
    async close() {
      desk.close()
      await close(server)
    },
  }
}

const jwkOf = (key: KeyObject): object => ({ ...key.export({ format: 'jwk' }), kid: KEY_ID, alg: 'RS256', use: 'sig' })

class JwtDesk {
  readonly #options: GitHubOidcOptions
  readonly #requestToken: string
  readonly #journal: OidcRequest[] = []
  readonly #closing = new AbortController()
  #fault: OidcFault | undefined
  #struck = 0

  constructor(options: GitHubOidcOptions, requestToken: string) {
    this.#options = options
    this.#requestToken = requestToken
    this.#fault = options.fault
  }

  journal(): readonly OidcRequest[] {
    return [...this.#journal]
  }

  setFault(fault: OidcFault | undefined): void {
    this.#fault = fault
    this.#struck = 0
  }

  signToken(claims: Readonly<Record<string, unknown>> = {}, key: KeyObject = keyPair().privateKey): Promise<string> {
    const payload = { ...claimsOf(this.#options), ...claims }
    return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: KEY_ID }).sign(key)
  }

  close(): void {
    this.#closing.abort()
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request
    const audience = new URLSearchParams(splitTarget(url).search).get('audience') || undefined
    const entry: OidcRequest = { method, path: url, audience, authorization: headers.authorization, status: null }
    const index = this.#journal.push(entry) - 1
    const fault = this.#strike()
    if (fault?.kind === 'never') return
    if (fault?.kind === 'slow') await sleep(fault.delayMs, undefined, { signal: this.#closing.signal })
    const status = fault?.kind === 'status' ? fault.status : this.#statusOf(request)
    const given = status === 200 ? await this.#give(audience) : undefined
    this.#journal[index] = { ...entry, status, ...given }
    const refusal = { message: 'The token service refuses this request' }
    send(response, jsonAnswer(status, given === undefined ? refusal : { count: given.jwt.length, value: given.jwt }))
  }

  #strike(): OidcFault | undefined {
    this.#struck += 1
    return this.#struck <= (this.#fault?.times ?? Number.POSITIVE_INFINITY) ? this.#fault : undefined
  }

  #statusOf({ method, url, headers }: IncomingMessage): number {
    if (method !== 'GET' || splitTarget(url).path !== PATH) return 404
    return headers.authorization === `Bearer ${this.#requestToken}` ? 200 : 401
  }

  async #give(audience: string | undefined): Promise<{ readonly jti: string; readonly jwt: string }> {
    const jti = randomUUID()
    return { jti, jwt: await this.signToken({ jti, ...(audience === undefined ? {} : { aud: audience }) }) }
  }
}

function claimsOf({ subject, expiresInSeconds = 300, claims }: GitHubOidcOptions): Readonly<Record<string, unknown>> {
  const now = Math.floor(Date.now() / 1000)
  return {
    jti: randomUUID(),
    sub: subject ?? 'repo:octo/app:ref:refs/heads/main',
    aud: 'https://github.com/octo',
    iss: ISSUER,
    iat: now,
    nbf: now,
    exp: now + expiresInSeconds,
    ref: 'refs/heads/main',
    repository: 'octo/app',
    repository_owner: 'octo',
    run_id: '4242',
    run_attempt: '1',
    event_name: 'push',
    runner_environment: 'github-hosted',
    ...claims,
  }
}
