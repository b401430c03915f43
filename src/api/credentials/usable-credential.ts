import type { Federation } from './federation.ts'

/** As whom the service is called. */
export type UsableCredential =
  | { readonly kind: 'api-key'; readonly key: string }
  | (Federation & {
      readonly kind: 'federation'
      /** Of the OIDC token that GitHub is asked for. */
      readonly audience: string
    })
