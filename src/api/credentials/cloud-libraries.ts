/**
 * The libraries of the clouds: a bundle of its own, one for all actions, of which each platform loads its part. They are not
 * in the bundles of those, which would each be a megabyte larger.
 */
export const loadSigner = async () => {
  const [{ SignatureV4 }, { Sha256 }] = await Promise.all([
    import('@smithy/signature-v4'),
    import('@smithy/core/checksum'),
  ])
  return { SignatureV4, Sha256 }
}

export const loadAwsChain = async () => (await import('@aws-sdk/credential-provider-node')).defaultProvider

export const loadGoogleAuth = async () => (await import('google-auth-library')).GoogleAuth
