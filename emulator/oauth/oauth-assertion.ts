import { createPublicKey, type KeyObject } from 'node:crypto'
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey, jwtVerify } from 'jose'

export interface Trust {
  readonly issuer: string
  readonly audience: string
  readonly key: JWTVerifyGetKey
  readonly subject: RegExp
}

export interface Claims {
  readonly jti: string
  /** In seconds. */
  readonly exp: number
}

/** Documented: clocks may differ by half a minute, and no JWT may live longer than an hour. */
const SKEW_SECONDS = 30
const MAX_LIFETIME_SECONDS = 3600

/** The claims of a JWT that is signed, meant for us and alive; otherwise undefined, since callers are never told why. */
export async function believe(assertion: string, trust: Trust, now: number): Promise<Claims | undefined> {
  const { issuer, audience, key, subject } = trust
  const verified = await jwtVerify(assertion, key, {
    issuer,
    audience,
    algorithms: ['RS256'],
    clockTolerance: SKEW_SECONDS,
    currentDate: new Date(now),
    requiredClaims: ['sub', 'jti', 'exp', 'iat'],
  }).catch(() => undefined)
  const { sub = '', jti = '', exp = 0, iat = 0 } = verified?.payload ?? {}
  if (jti === '' || !subject.test(sub)) return undefined
  const isIssued = iat <= now / 1000 + SKEW_SECONDS
  return isIssued && exp - iat <= MAX_LIFETIME_SECONDS ? { jti, exp } : undefined
}

/** A key as it is, in PEM, or one of those that the issuer publishes at the URL of its JWKS. */
export async function keyOf(source: KeyObject | string): Promise<JWTVerifyGetKey> {
  if (typeof source === 'string' && /^https?:/.test(source)) {
    return createLocalJWKSet((await (await fetch(source)).json()) as JSONWebKeySet)
  }
  const key = typeof source === 'string' ? createPublicKey(source) : source
  return async () => key
}
