import type { KeyObject } from 'node:crypto'
import { FEDERATION_BETA, OAUTH_BETA, type Operation } from '../http/call.ts'
import { Fields } from '../http/fields.ts'
import { invalid, Problem } from '../http/problem.ts'
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

const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const SCOPE = 'workspace:developer'
const MAX_ASSERTION = 16 * 1024
const MIN_LIFETIME_SECONDS = 60
const DEFAULT_LIFETIME_SECONDS = 3600

interface Exchange {
  readonly assertion: string
  readonly ruleId: string
  readonly organizationId: string
  readonly serviceAccountId: string | undefined
  readonly workspaceId: string | undefined
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
    const { issuer, audience = FEDERATION.audience, publicKey, subject } = federation
    const key = await keyOf(publicKey)
    const trust = { issuer, audience, key, subject: subject === undefined ? undefined : new RegExp(subject) }
    return new TokenDesk(federation, trust, credentials)
  }

  clear(): void {
    this.#used.clear()
  }

  readonly exchange: Operation = async (world, call) => {
    const exchange = decodeExchange(call.json, this.#federation?.serviceAccountId !== undefined)
    const claims = this.#trust && (await believe(exchange.assertion, this.#trust, world.now()))
    if (claims === undefined || !this.#knows(exchange) || this.#used.has(claims.jti))
      throw new Problem(401, 'Authentication failed')
    this.#used.add(claims.jti)
    const expiresIn = this.#lifetime(claims.exp - world.now() / 1000)
    const token = this.#credentials.issueToken(expiresIn + (this.#federation?.tokenGraceSeconds ?? 0))
    return { access_token: token, token_type: 'Bearer', expires_in: expiresIn, scope: SCOPE }
  }

  #knows({ ruleId, organizationId, serviceAccountId, workspaceId }: Exchange): boolean {
    const own: Partial<Federation> = this.#federation ?? {}
    return (
      ruleId === (own.ruleId ?? FEDERATION.ruleId) &&
      organizationId === (own.organizationId ?? FEDERATION.organizationId) &&
      [undefined, own.serviceAccountId ?? FEDERATION.serviceAccountId].includes(serviceAccountId) &&
      [undefined, 'default', own.workspaceId ?? FEDERATION.workspaceId].includes(workspaceId)
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

function decodeExchange(body: unknown, needsServiceAccount: boolean): Exchange {
  const fields = new Fields(body)
  if (fields.oneOf('grant_type', [GRANT_TYPE]) === undefined) throw invalid('grant_type: Field required')
  const exchange = {
    assertion: fields.text('assertion', { max: MAX_ASSERTION }),
    ruleId: checkId(fields, 'federation_rule_id', fields.text('federation_rule_id', { max: 128 }), /^fdrl_\w+$/),
    organizationId: checkId(fields, 'organization_id', fields.text('organization_id', { max: 128 }), UUID),
    serviceAccountId: optionalId(fields, 'service_account_id', /^svac_\w+$/),
    workspaceId: optionalId(fields, 'workspace_id', /^(wrkspc_\w+|default)$/),
  }
  fields.end()
  if (needsServiceAccount && exchange.serviceAccountId === undefined)
    throw invalid('service_account_id: Field required')
  return exchange
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function optionalId(fields: Fields, name: string, pattern: RegExp): string | undefined {
  const id = fields.optionalText(name, { max: 128 })
  return id === undefined ? undefined : checkId(fields, name, id, pattern)
}

function checkId(fields: Fields, name: string, id: string, pattern: RegExp): string {
  if (!pattern.test(id)) throw invalid(`${fields.name(name)}: Input is malformed`)
  return id
}
