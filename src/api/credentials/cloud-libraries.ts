/**
 * The libraries of the clouds: a bundle of its own, one for all actions, of which each platform loads its part. They are not
 * in the bundles of those, which would each be a megabyte larger.
 */
// They take connections of Node's own, whose checks of certificates this switches off; see `dispatcher.ts`.
delete process.env.NODE_TLS_REJECT_UNAUTHORIZED

export const loadSigner = async () => {
  const [{ SignatureV4 }, { Sha256 }] = await Promise.all([
    import('@smithy/signature-v4'),
    import('@smithy/core/checksum'),
  ])
  return { SignatureV4, Sha256 }
}

export const loadAwsChain = async () => (await import('@aws-sdk/credential-provider-node')).defaultProvider

export const loadGoogleAuth = async () => (await import('google-auth-library')).GoogleAuth
