import { createPublicKey, type KeyObject, verify } from 'node:crypto'

/** What an assertion must be like to be believed. */
export interface Trust {
  readonly issuer: string
  readonly audience: string
  /** Any one of these may have signed. */
  readonly keys: readonly KeyObject[]
  readonly subject: RegExp | undefined
}

export interface Claims {
  readonly jti: string
  readonly sub: string
  /** In seconds. */
  readonly exp: number
}

/** Documented: clocks may differ by half a minute, and no JWT may live longer than an hour. */
const SKEW_SECONDS = 30
const MAX_LIFETIME_SECONDS = 3600

/** The claims of a JWT that is signed, meant for us and alive; otherwise undefined, since callers are never told why. */
export function believe(assertion: string, trust: Trust, nowSeconds: number): Claims | undefined {
  const [head = '', payload = '', signature = '', ...rest] = assertion.split('.')
  if (rest.length > 0 || decode(head)?.alg !== 'RS256') return undefined
  const signed = Buffer.from(`${head}.${payload}`)
  const bytes = Buffer.from(signature, 'base64url')
  if (!trust.keys.some((key) => verify('RSA-SHA256', signed, key, bytes))) return undefined
  const { iss, aud, sub, jti, exp, iat, nbf = iat } = decode(payload) ?? {}
  if (iss !== trust.issuer || ![aud].flat().includes(trust.audience)) return undefined
  if (typeof sub !== 'string' || trust.subject?.test(sub) === false) return undefined
  if (typeof jti !== 'string' || jti === '') return undefined
  if (typeof exp !== 'number' || typeof iat !== 'number' || typeof nbf !== 'number') return undefined
  const isAlive = nowSeconds < exp + SKEW_SECONDS && Math.max(iat, nbf) <= nowSeconds + SKEW_SECONDS
  return isAlive && exp - iat <= MAX_LIFETIME_SECONDS ? { jti, sub, exp } : undefined
}

function decode(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}

/** A key as it is, in PEM, or all those that the issuer publishes at the URL of its JWKS. */
export async function keysOf(source: KeyObject | string): Promise<readonly KeyObject[]> {
  if (typeof source !== 'string') return [source]
  if (!/^https?:/.test(source)) return [createPublicKey(source)]
  const { keys } = (await (await fetch(source)).json()) as { readonly keys: readonly JsonWebKey[] }
  return keys.map((key) => createPublicKey({ key, format: 'jwk' }))
}

type JsonWebKey = Extract<Parameters<typeof createPublicKey>[0], { format: 'jwk' }>['key']
