import { realpath } from 'node:fs/promises'
import path from 'node:path'
import { Minimatch } from 'minimatch'
import { isInside } from '../../paths/system-path.ts'
import { quote } from '../../text/escape.ts'
import type { SecretScan } from '../secrets/secret-scan.ts'
import { sensitiveName } from '../secrets/sensitive-names.ts'
import type { LocalFile } from './inspect.ts'

/** Variables that hold the path of a file or folder with credentials, or of one of the runner's own command files. */
const POINTERS = new Set([
  'GOOGLE_APPLICATION_CREDENTIALS',
  'GOOGLE_GHA_CREDS_PATH',
  'CLOUDSDK_CONFIG',
  'CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE',
  'CLOUDSDK_AUTH_ACCESS_TOKEN_FILE',
  'CLOUDSDK_AUTH_LOGIN_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_CONFIG_FILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
  'AZURE_FEDERATED_TOKEN_FILE',
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'AZURE_CONFIG_DIR',
  'OCI_CLI_CONFIG_FILE',
  'OCI_CLI_KEY_FILE',
  'KUBECONFIG',
  'DOCKER_CONFIG',
  'DOCKER_CERT_PATH',
  'REGISTRY_AUTH_FILE',
  'NETRC',
  'NPM_CONFIG_USERCONFIG',
  'NPM_CONFIG_GLOBALCONFIG',
  'PGPASSFILE',
  'PGSERVICEFILE',
  'MYSQL_TEST_LOGIN_FILE',
  'TF_CLI_CONFIG_FILE',
  'RCLONE_CONFIG',
  'BOTO_CONFIG',
  'DATABRICKS_CONFIG_FILE',
  'ANSIBLE_VAULT_PASSWORD_FILE',
  'SOPS_AGE_KEY_FILE',
  'GNUPGHOME',
  'GH_CONFIG_DIR',
  'ANTHROPIC_IDENTITY_TOKEN_FILE',
  'SSH_AUTH_SOCK',
  'GITHUB_ENV',
  'GITHUB_OUTPUT',
  'GITHUB_STATE',
  'GITHUB_PATH',
])

/** Why a file must not leave the runner. */
export interface Finding {
  /** What to name: the file, or the folder that is the reason. */
  readonly name: string
  readonly reason: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** Opens a search of one file's content, to be fed while the file is read; undefined for an exception. */
export type OpenScan = (file: LocalFile) => SecretScan | undefined

/** Knows which files must not leave the runner. Holds for explicit patterns and absolute paths too. */
export class Guard {
  readonly #isAllowed: (path: string) => boolean
  /** Real paths of files and folders, and the variable that points there. */
  readonly #pointers: readonly (readonly [string, string])[]
  readonly #own: readonly string[]

  private constructor(
    isAllowed: (path: string) => boolean,
    pointers: readonly (readonly [string, string])[],
    own: readonly string[],
  ) {
    this.#isAllowed = isAllowed
    this.#pointers = pointers
    this.#own = own
  }

  /**
   * @param allowed patterns of paths relative to the root that are exceptions
   * @param own secrets of this run, which no file may hold
   */
  static async open(allowed: readonly string[], env: Environment, own: readonly string[]): Promise<Guard> {
    return new Guard(allowListMatcher(allowed), await pointersOf(env), own)
  }

  /** By name and place alone; the file is not opened. */
  check(file: Pick<LocalFile, 'path' | 'realPath'>): Finding | undefined {
    if (this.#isAllowed(file.path)) return undefined
    const named = sensitiveName(file.path)
    if (named !== undefined) return { name: named, reason: 'may contain credentials' }
    // A link with an innocent name to something that has none, or a root in such a place.
    if (sensitiveName(file.realPath.split(path.sep).join('/')) !== undefined) {
      return { name: file.path, reason: 'leads to a file that may contain credentials' }
    }
    const pointer = this.#pointers.find(([place]) => isInside(place, file.realPath))
    return pointer === undefined ? undefined : { name: file.path, reason: `is what ${pointer[1]} points to` }
  }

  /** Loads the search of contents, which a run without files does without. */
  async contentSearch(): Promise<OpenScan> {
    const { SecretSearch } = await import('../secrets/secret-scan.ts')
    const search = new SecretSearch(this.#own)
    return (file) => (this.#isAllowed(file.path) ? undefined : search.scan(Number(file.version.size)))
  }
}

/** Why a file that was asked for by name is not mounted. */
export function sensitiveText({ path }: Pick<LocalFile, 'path'>, { reason }: Finding): string {
  return `${quote(path)} ${reason}, and is not mounted; if it holds no secret, name it in \`allow-sensitive-files\``
}

/** The patterns of `allow-sensitive-files`: as in `files`, a path stands for itself, and a folder for all below it. */
function allowListMatcher(patterns: readonly string[]): (path: string) => boolean {
  const options = {
    dot: true,
    nobrace: true,
    noext: true,
    nocomment: true,
    nonegate: true,
    nocase: path.sep === '\\',
  }
  const matchers = patterns
    .map((pattern) => pattern.replace(/\/+$/, ''))
    .filter((pattern) => pattern !== '')
    .flatMap((pattern) => [pattern, `${pattern}/**`].map((each) => new Minimatch(each, options)))
  const names = new Set(patterns)
  return (name) => names.has(name) || matchers.some((matcher) => matcher.match(name))
}

async function pointersOf(env: Environment): Promise<readonly (readonly [string, string])[]> {
  const places = Object.entries(env)
    .filter(([name]) => POINTERS.has(name.toUpperCase()))
    .flatMap(([name, value]) => (value ?? '').split(path.delimiter).map((place) => [name, place] as const))
    .filter(([, place]) => place !== '')
  const real = await Promise.all(
    places.map(async ([name, place]) => [await realpath(path.resolve(place)).catch(() => undefined), name] as const),
  )
  // A variable that names a folder with the workspace in it points to no credentials in particular.
  return real.flatMap(([place, name]) =>
    place === undefined || isInside(place, process.cwd()) ? [] : [[place, name] as const],
  )
}
