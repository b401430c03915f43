/** Folders of which nothing is ever mounted. */
const FOLDERS = [
  '.git',
  '.aws',
  '.ssh',
  '.gnupg',
  '.azure',
  '.oci',
  '.aliyun',
  '.anthropic',
  '.password-store',
  '.config/gcloud',
  '.svn/auth',
] as const

/** Files, by the end of their path: logins of tools, whose own names say nothing. */
const PATHS = [
  '.docker/config.json',
  '.kube/config',
  '.config/containers/auth.json',
  '.terraform.d/credentials.tfrc.json',
  '.config/git/credentials',
  '.config/gh/hosts.yml',
  '.config/hub',
  '.config/glab-cli/config.yml',
  '.config/doctl/config.yaml',
  '.config/rclone/rclone.conf',
  '.config/pypoetry/auth.toml',
  '.cargo/credentials',
  '.cargo/credentials.toml',
  '.m2/settings.xml',
  '.m2/settings-security.xml',
  '.gradle/gradle.properties',
  '.gem/credentials',
  '.bundle/config',
  '.composer/auth.json',
  '.sbt/credentials',
  '.sbt/.credentials',
  '.ivy2/.credentials',
  '.hex/hex.config',
  '.snowsql/config',
  '.snowflake/connections.toml',
  '.dbt/profiles.yml',
  '.pulumi/credentials.json',
  '.ansible/vault_pass',
  '.fly/config.yml',
  '.vercel/auth.json',
  '.netlify/config.json',
  '.wrangler/config/default.toml',
  '.huggingface/token',
  '.cache/huggingface/token',
  '.vscode/sftp.json',
  '.hg/hgrc',
] as const

/** What keeps a copy of a key from another name. */
const COPY = String.raw`(?:\.(?:bak|backup|old|orig|save|txt|key|\d+)|~)?`

const NAMES = [
  // git, and what checkouts and logins leave in a workspace
  /^\.git$/,
  /^gha-creds-.*\.json$/,
  /^git-credentials-.*\.config$/,
  /^\.?git-credentials$/,
  // environments, but not the examples of them
  /^\.env$/,
  /^\.env[._-](?!(?:example|sample|template|dist)$)/,
  /^\.envrc$/,
  /^\.dev\.vars(?!\.example$)/,
  /^(?!(?:example|sample|template)\.).+\.env$/,
  // packages and clouds
  /^\.npmrc$/,
  /^\.pypirc$/,
  /^[._]netrc$/,
  /^(?:\.terraformrc|terraform\.rc|credentials\.tfrc\.json)$/,
  /\.tfstate(?:\.[\w.]+)?$/,
  /\.tfvars(?:\.json)?$/,
  /^application_default_credentials\.json$/,
  /^client_secrets?(?:_.*)?\.json$/,
  /service[-_]?account.*\.json$/,
  /-firebase-adminsdk-.*\.json$/,
  /^\.?(?:databrickscfg|sentryclirc|modal\.toml|s3cfg|boto|dockercfg|dockerconfigjson|mylogin\.cnf|htpasswd)$/,
  /^(?:kaggle\.json|rclone\.conf|k3s\.yaml)$/,
  /(?:^|\.)kubeconfig(?:\.ya?ml)?$/,
  /^\.?vault[-_](?:pass(?:word)?|token)(?:\.txt)?$/,
  // keys
  new RegExp(`^(?:.*[._-])?id_(?:rsa|dsa|ecdsa|ecdsa_sk|ed25519|ed25519_sk)${COPY}$`),
  new RegExp(`^(?:.*[._-])?deploy[-_]key${COPY}$`),
  /\.(?:pem|key|p12|pfx|p8|ppk|jks|bks|jceks|keystore|kdbx?|ovpn)$/,
  /^secring\.(?:gpg|pgp|skr)$/,
  /^wg\d+\.conf$/,
  // passwords, sessions and what was typed
  /^(?:\.pgpass|pgpass\.conf|\.my\.cnf)$/,
  /^secrets?\.(?:ya?ml|json|toml|ini|properties)$/,
  /^\.?credentials(?:\.json)?$/,
  /^\.claude\.json$/,
  /^\.\w+_history$|^(?:\.histfile|fish_history|consolehost_history\.txt)$/,
  /^(?:\.ftpconfig|sftp-config\.json|filezilla\.xml|recentservers\.xml|sitemanager\.xml)$/,
  /\.har$/,
  /^cookies\.(?:txt|sqlite)$/,
  /^storage[-_]?state.*\.json$/,
] as const

/** All of them at once, and paths by the name at their end: every file of a run is asked about. */
const NAME = new RegExp(NAMES.map(({ source }) => source).join('|'))
const PATHS_BY_NAME = Map.groupBy(PATHS, (end) => end.slice(end.lastIndexOf('/') + 1))

/** Templates of Helm charts are named after what they make, and name values only. */
const CHART_TEMPLATE = /(?:^|\/)templates\/[^/]+\.ya?ml$/

/** A bare repository's, with the address that it is fetched from. */
const BARE_CONFIG = /\.git\/config$/

/**
 * Whether a path, in POSIX form, is one that holds credentials by convention, and if so the path to name: that of the
 * folder where the folder is the reason. Letters count in either case, as they do on some systems' disks.
 *
 * Some names do not count though credentials may stand under them, because a file of that name mostly holds none. What
 * is in them is searched as in any file:
 * - `.flaskenv`, `.yarnrc.yml`, `pip.conf`, `nuget.config`, `gradle.properties` outside `.gradle`, `settings.xml` outside
 *   `.m2`, `.wandb/settings`: made to be committed;
 * - `auth.json` outside the folders above: as often a list of words for a login page;
 * - `*.der`, `core`, `*.dmp`: certificates, folders and exports are called so, too; keys and memory dumps are told by
 *   their first bytes.
 */
export function sensitiveName(path: string): string | undefined {
  const lower = path.toLowerCase()
  // Each of the folders starts with a dot.
  const isHidden = lower.startsWith('.') || lower.includes('/.')
  const folder = isHidden ? FOLDERS.map((name) => endOfFolder(lower, name)).filter((end) => end > 0) : []
  if (folder.length > 0) return `${path.slice(0, Math.min(...folder))}/`
  const name = lower.slice(lower.lastIndexOf('/') + 1)
  const isSensitive =
    (PATHS_BY_NAME.get(name) ?? []).some((end) => lower === end || lower.endsWith(`/${end}`)) ||
    (name === 'config' && BARE_CONFIG.test(lower)) ||
    (NAME.test(name) && !CHART_TEMPLATE.test(lower))
  return isSensitive ? path : undefined
}

/** Where in a path a folder's name ends; -1 if the path leads through no such folder. */
function endOfFolder(path: string, folder: string): number {
  const at = `/${path}`.indexOf(`/${folder}/`)
  return at < 0 ? -1 : at + folder.length
}
