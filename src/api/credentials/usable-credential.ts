import type { AwsWorkspace } from './aws.ts'
import type { Federation } from './federation.ts'

export const PLATFORMS = ['anthropic', 'aws', 'google-cloud'] as const

/** Where a workspace is. */
export type Platform = (typeof PLATFORMS)[number]

/** As whom the service is called, without what is secret of it. */
export type Identity =
  | { readonly kind: 'api-key'; readonly workspaceId?: string | undefined }
  | (Federation & {
      readonly kind: 'federation'
      /** Of the OIDC token that GitHub is asked for. */
      readonly audience: string
    })
  /** With a key of the workspace. */
  | { readonly kind: 'aws-key'; readonly workspaceId: string }
  /** With credentials of AWS, from the environment or where else AWS looks for them. */
  | (AwsWorkspace & { readonly kind: 'aws' })
  /** With Application Default Credentials. */
  | { readonly kind: 'google-cloud' }

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
