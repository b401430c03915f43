import { realpath } from 'node:fs/promises'
import path from 'node:path'
import { isInside } from '../../paths/system-path.ts'
import { quoted } from '../../text/escape.ts'
import type { LocalFile } from './inspect.ts'
import { ContentScan } from './sensitive-content.ts'
import { sensitiveName } from './sensitive-names.ts'

/** Variables that point to files with credentials, or to the runner's own command files. */
const POINTERS =
  /^(GOOGLE_APPLICATION_CREDENTIALS|GOOGLE_GHA_CREDS_PATH|CLOUDSDK_.*|AWS_(SHARED_CREDENTIALS|CONFIG|WEB_IDENTITY_TOKEN)_FILE|AZURE_FEDERATED_TOKEN_FILE|AZURE_CONFIG_DIR|KUBECONFIG|DOCKER_CONFIG|NETRC|NPM_CONFIG_USERCONFIG|ANTHROPIC_IDENTITY_TOKEN_FILE|SSH_AUTH_SOCK|GITHUB_(ENV|OUTPUT|STATE|PATH))$/i

/** Why a file must not leave the runner. */
export interface Finding {
  /** What to name: the file, or the folder that is the reason. */
  readonly name: string
  readonly reason: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** Knows which files must not leave the runner. Holds for explicit patterns and absolute paths too. */
export class Guard {
  readonly #allowed: ReadonlySet<string>
  /** Real paths of files and folders, and the variable that points there. */
  readonly #pointers: readonly (readonly [string, string])[]
  readonly #own: readonly string[]

  private constructor(
    allowed: ReadonlySet<string>,
    pointers: readonly (readonly [string, string])[],
    own: readonly string[],
  ) {
    this.#allowed = allowed
    this.#pointers = pointers
    this.#own = own
  }

  /**
   * @param allowed paths relative to the root that are exceptions
   * @param own secrets of this run, which no file may hold
   */
  static async open(allowed: readonly string[], env: Environment, own: readonly string[]): Promise<Guard> {
    return new Guard(new Set(allowed), await pointersOf(env), own)
  }

  /** By name and place alone; the file is not opened. */
  check(file: Pick<LocalFile, 'path' | 'realPath'>): Finding | undefined {
    if (this.#allowed.has(file.path)) return undefined
    const named = sensitiveName(file.path)
    if (named !== undefined) return { name: named, reason: 'is a place for credentials' }
    // A link with an innocent name to something that has none, or a root in such a place.
    if (sensitiveName(file.realPath.split(path.sep).join('/')) !== undefined) {
      return { name: file.path, reason: 'is really in a place for credentials' }
    }
    const pointer = this.#pointers.find(([place]) => isInside(place, file.realPath))
    return pointer === undefined ? undefined : { name: file.path, reason: `is what ${pointer[1]} points to` }
  }

  /** A scan of the content, to be fed while the file is read; undefined for an exception. */
  scan(file: LocalFile): ContentScan | undefined {
    return this.#allowed.has(file.path) ? undefined : new ContentScan(this.#own, Number(file.version.size))
  }
}

/** Why a file that was asked for by name is not mounted. */
export function sensitiveText({ path }: Pick<LocalFile, 'path'>, { reason }: Finding): string {
  return `${quoted(path)} ${reason}, and is not mounted; if it holds no secret, name it in \`allow-sensitive-files\``
}

async function pointersOf(env: Environment): Promise<readonly (readonly [string, string])[]> {
  const places = Object.entries(env)
    .filter(([name]) => POINTERS.test(name))
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
