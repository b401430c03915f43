/** Folders of which nothing is ever mounted. */
const FOLDERS = new Set(['.git', '.aws', '.ssh', '.gnupg'])

/** Paths, by their last two names. */
const PATHS = new Set(['.docker/config.json', '.kube/config'])

const NAMES = [
  /^\.git$/,
  /^gha-creds-.*\.json$/,
  /^git-credentials-.*\.config$/,
  /^\.env$/,
  /^\.env\.(?!example$)/,
  /^\.npmrc$/,
  /^\.pypirc$/,
  /^[._]netrc$/,
  /^id_(rsa|dsa|ecdsa|ecdsa_sk|ed25519|ed25519_sk)$/,
  /\.(pem|key|p12|pfx|keystore)$/,
] as const

/**
 * Whether a path, in POSIX form, is one that holds credentials by convention, and if so the path to name: that of the
 * folder where the folder is the reason. Letters count in either case, as they do on some systems' disks.
 */
export function sensitiveName(path: string): string | undefined {
  const segments = path.split('/')
  const lower = segments.map((segment) => segment.toLowerCase())
  const folder = lower.slice(0, -1).findIndex((segment) => FOLDERS.has(segment))
  if (folder !== -1) return `${segments.slice(0, folder + 1).join('/')}/`
  const name = lower.at(-1) ?? ''
  const isSensitive = PATHS.has(lower.slice(-2).join('/')) || NAMES.some((pattern) => pattern.test(name))
  return isSensitive ? path : undefined
}
