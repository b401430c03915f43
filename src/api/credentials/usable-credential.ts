import * as v from 'valibot'
import { lenient, text } from '../../text/json.ts'

export const PLATFORMS = ['anthropic', 'aws', 'google-cloud'] as const

/** Where a workspace is. */
export type Platform = (typeof PLATFORMS)[number]

/** As whom the service is called: ids as the console shows them, none of them secret. */
export const identity = v.variant('kind', [
  v.object({ kind: v.literal('api-key'), workspaceId: lenient(text) }),
  v.object({
    kind: v.literal('federation'),
    ruleId: text,
    organizationId: text,
    serviceAccountId: lenient(text),
    workspaceId: lenient(text),
    /** Of the OIDC token that GitHub is asked for. */
    audience: v.fallback(text, ''),
  }),
  /** With a key of the workspace. */
  v.object({ kind: v.literal('aws-key'), workspaceId: text }),
  /** With credentials of AWS, from the environment or where else AWS looks for them. */
  v.object({ kind: v.literal('aws'), workspaceId: text, region: text }),
  /** With Application Default Credentials. */
  v.object({ kind: v.literal('google-cloud') }),
])
export type Identity = Readonly<v.InferOutput<typeof identity>>

type WithKey = 'api-key' | 'aws-key'

/** As whom the service is called. */
export type UsableCredential =
  | Exclude<Identity, { readonly kind: WithKey }>
  | (Extract<Identity, { readonly kind: WithKey }> & { readonly key: string })

/** @param key for an identity that has one */
export function credentialOf(identity: Identity, key: string): UsableCredential {
  return identity.kind === 'api-key' || identity.kind === 'aws-key' ? { ...identity, key } : identity
}

export function identityOf(credential: UsableCredential): Identity {
  if (!('key' in credential)) return credential
  const { key: _, ...identity } = credential
  return identity
}
