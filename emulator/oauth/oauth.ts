import type { KeyObject } from 'node:crypto'
import * as v from 'valibot'
import { FEDERATION_BETA, OAUTH_BETA, type Operation } from '../http/call.ts'
import { invalid, Problem } from '../http/problem.ts'
import { decode, id, object, optional, text } from '../http/schema.ts'
import { WORKSPACE_ID } from '../platforms/platform.ts'
import { believe, keyOf, type Trust } from './oauth-assertion.ts'
import type { Credentials } from './oauth-credentials.ts'

/** A federation rule: whose JWTs are exchanged for access tokens, and under which ids. */
export interface Federation {
  readonly issuer: string
  /** As an object, in PEM, or the URL of a JWKS, which is read once at the start. */
  readonly publicKey: KeyObject | string
  readonly ruleId?: string | undefined
  readonly organizationId?: string | undefined
  /** Must be sent if it is given here (documents); otherwise it may be left out (SDK). */
  readonly serviceAccountId?: string | undefined
  readonly workspaceId?: string | undefined
  readonly audience?: string | undefined
  /** 3600 if not given. The service takes no less than 60; here seconds will do. */
  readonly tokenLifetimeSeconds?: number | undefined
  /** For how much longer a token is taken than it says; 0 if not given. */
  readonly tokenGraceSeconds?: number | undefined
  /** The source of a regular expression that the JWT's `sub` must match. */
  readonly subject?: string | undefined
}

export const FEDERATION = {
  ruleId: 'fdrl_emulator',
  organizationId: '0e0e0e0e-1111-4222-8333-444444444444',
  serviceAccountId: 'svac_emulator',
  workspaceId: WORKSPACE_ID,
  audience: 'https://api.anthropic.com',
} as const

const SCOPE = 'workspace:developer'
const MIN_LIFETIME_SECONDS = 60
const DEFAULT_LIFETIME_SECONDS = 3600

const idLike = (pattern: RegExp) => v.pipe(id, v.regex(pattern, 'Input is malformed'))

const EXCHANGE = object({
  grant_type: v.literal('urn:ietf:params:oauth:grant-type:jwt-bearer'),
  assertion: text(16 * 1024),
  federation_rule_id: idLike(/^fdrl_\w+$/),
  organization_id: idLike(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i),
  service_account_id: optional(idLike(/^svac_\w+$/)),
  workspace_id: optional(idLike(/^(wrkspc_\w+|default)$/)),
})

/** @param expected the audience, unless the federation names another */
export async function trustIn(federation: Federation, expected: string): Promise<Trust> {
  const { issuer, audience = expected, publicKey, subject } = federation
  return { issuer, audience, key: await keyOf(publicKey), subject: new RegExp(subject ?? '') }
}

/** Exchanges JWTs for access tokens. Documented: whatever is wrong with a JWT, the caller hears the same 401. */
export class TokenDesk {
  readonly #federation: Federation | undefined
  readonly #trust: Trust | undefined
  readonly #credentials: Credentials
  readonly #used = new Set<string>()

  private constructor(federation: Federation | undefined, trust: Trust | undefined, credentials: Credentials) {
    this.#federation = federation
    this.#trust = trust
    this.#credentials = credentials
  }

  /** Without a federation every exchange is refused. */
  static async open(federation: Federation | undefined, credentials: Credentials): Promise<TokenDesk> {
    if (federation === undefined) return new TokenDesk(undefined, undefined, credentials)
    return new TokenDesk(federation, await trustIn(federation, FEDERATION.audience), credentials)
  }

  clear(): void {
    this.#used.clear()
  }

  readonly exchange: Operation = async (world, call) => {
    const exchange = decode(EXCHANGE, call.json)
    if (this.#federation?.serviceAccountId !== undefined && exchange.service_account_id === undefined)
      throw invalid('service_account_id: Field required')
    const claims = this.#trust && (await believe(exchange.assertion, this.#trust, world.now()))
    if (claims === undefined || !this.#knows(exchange) || this.#used.has(claims.jti))
      throw new Problem(401, 'Authentication failed')
    this.#used.add(claims.jti)
    const expiresIn = this.#lifetime(claims.exp - world.now() / 1000)
    const token = this.#credentials.issueToken(expiresIn + (this.#federation?.tokenGraceSeconds ?? 0))
    return { access_token: token, token_type: 'Bearer', expires_in: expiresIn, scope: SCOPE }
  }

  #knows(exchange: v.InferOutput<typeof EXCHANGE>): boolean {
    const own: Partial<Federation> = this.#federation ?? {}
    return (
      exchange.federation_rule_id === (own.ruleId ?? FEDERATION.ruleId) &&
      exchange.organization_id === (own.organizationId ?? FEDERATION.organizationId) &&
      [undefined, own.serviceAccountId ?? FEDERATION.serviceAccountId].includes(exchange.service_account_id) &&
      [undefined, 'default', own.workspaceId ?? FEDERATION.workspaceId].includes(exchange.workspace_id)
    )
  }

  /** Documented: the rule's, but at most twice what is left of the JWT's life, and at least a minute. */
  #lifetime(jwtSeconds: number): number {
    const wanted = this.#federation?.tokenLifetimeSeconds ?? DEFAULT_LIFETIME_SECONDS
    const floor = Math.min(wanted, MIN_LIFETIME_SECONDS)
    return Math.max(floor, Math.min(wanted, Math.floor(2 * jwtSeconds)))
  }
}

/** The exchange is what a caller does who has no credential yet; the documents show it without a version. */
export function checkExchange(betas: ReadonlySet<string>): void {
  for (const beta of [OAUTH_BETA, FEDERATION_BETA])
    if (!betas.has(beta)) throw invalid(`anthropic-beta: ${beta} is required`)
}
