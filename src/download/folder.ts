import { randomUUID } from 'node:crypto'
import { type FileHandle, lstat, mkdir, readdir, realpath, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Environment } from '../inputs/setting.ts'
import { isInside } from '../paths/system-path.ts'
import { quote } from '../text/escape.ts'
import { Refusal } from '../text/refusal.ts'
import { systemErrorText } from '../text/system-error.ts'
import { moveInto, writeNew } from './new-file.ts'
import { isTrustedName } from './safe-path.ts'

/** Files by which a step tells the runner what to do; a folder that holds them is not written to. */
const COMMAND_FILES = ['GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'] as const

/**
 * Other contents of the folder: `none` (only downloads: it is new, empty, outside the workspace, or the action's own),
 * `others-files`, or `workspace` (it is the workspace itself).
 */
export type Surroundings = 'none' | 'others-files' | 'workspace'

/** Several downloads may go there, one after the other; no project has a folder of this name for anything else. */
const OWN_FOLDER = 'session-outputs'

export type Place =
  | { readonly kind: 'free' | 'file' }
  /** Nothing can be written there. `at` is the path that is in the way, below the folder. */
  | { readonly kind: 'blocked'; readonly at: string; readonly by: 'a file' | 'a folder' | 'a link' }

/**
 * The folder that is written to. No link is followed below it, and everything that is written goes to a name of its own
 * first, so that no half file ever carries the right one.
 */
export class DownloadFolder {
  /** Absolute, without links. */
  readonly path: string
  readonly surroundings: Surroundings

  private constructor(real: string, surroundings: Surroundings) {
    this.path = real
    this.surroundings = surroundings
  }

  /**
   * Finds out where the folder is, links resolved. Makes nothing yet.
   * @throws Refusal unless it is inside the workspace or the runner's temporary folder
   */
  static async locate(given: string, env: Environment): Promise<DownloadFolder> {
    const workspace = path.resolve(env.GITHUB_WORKSPACE || '.')
    const real = await realPathOf(path.resolve(workspace, given))
    const roots = await Promise.all([workspace, ...(env.RUNNER_TEMP ? [env.RUNNER_TEMP] : [])].map(realPathOf))
    const root = roots.find((each) => isInside(each, real))
    const problem = root === undefined ? outside(given, real) : await mistaken(given, root, real, env)
    if (problem !== undefined) throw new Refusal([`path: ${problem}`])
    return new DownloadFolder(real, await surroundingsOf(real, roots[0] ?? real))
  }

  /** Makes the folder, if it is not there. */
  async make(): Promise<void> {
    await mkdir(this.path, { recursive: true })
  }

  /** Looks at the place of a file, and at the folders above it. @param file relative, in POSIX form */
  async look(file: string): Promise<Place> {
    const segments = file.split('/')
    for (let depth = 1; depth < segments.length; depth++) {
      const at = segments.slice(0, depth).join('/')
      const kind = await obstacleAt(this.#absolute(at))
      if (kind === undefined) return { kind: 'free' }
      if (kind !== 'a folder') return { kind: 'blocked', at, by: kind }
    }
    const kind = await obstacleAt(this.#absolute(file))
    if (kind === undefined) return { kind: 'free' }
    return kind === 'a file' ? { kind: 'file' } : { kind: 'blocked', at: file, by: kind }
  }

  /**
   * Has a file written under a name of its own, and gives it the right one once `write` is through.
   * @param file relative, in POSIX form
   * @param replace whether a file that stands there by then is replaced
   * @throws what `write` throws, or an error of the disk; nothing is left then
   */
  async receive<T>(file: string, replace: boolean, write: (handle: FileHandle) => Promise<T>): Promise<T> {
    const folder = await this.#makeFolders(file)
    const temporary = path.join(folder, `.session-mount-${randomUUID()}.part`)
    try {
      const result = await writeNew(temporary, write)
      await moveInto(temporary, this.#absolute(file), replace)
      return result
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
  }

  /** One by one, each looked at, so that none is made or entered through a link. */
  async #makeFolders(file: string): Promise<string> {
    const segments = file.split('/').slice(0, -1)
    for (let depth = 1; depth <= segments.length; depth++) {
      const at = segments.slice(0, depth).join('/')
      await mkdir(this.#absolute(at)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error
      })
      const kind = await obstacleAt(this.#absolute(at))
      if (kind !== 'a folder') throw new Error(`${quote(at)} is ${kind ?? 'gone'}, not a folder`)
    }
    return this.#absolute(segments.join('/'))
  }

  #absolute(file: string): string {
    return path.join(this.path, ...file.split('/'))
  }
}

async function surroundingsOf(real: string, workspace: string): Promise<Surroundings> {
  if (real === workspace) return 'workspace'
  if (!isInside(workspace, real) || real === path.join(workspace, OWN_FOLDER)) return 'none'
  const names = await readdir(real).catch(() => [])
  return names.length === 0 ? 'none' : 'others-files'
}

async function obstacleAt(absolute: string): Promise<'a file' | 'a folder' | 'a link' | undefined> {
  const found = await lstat(absolute).catch((error: NodeJS.ErrnoException) => {
    if (isNotThere(error)) return undefined
    throw error
  })
  if (found?.isSymbolicLink()) return 'a link'
  return found && (found.isDirectory() ? 'a folder' : 'a file')
}

/** The real path of a folder that need not be there: that of the nearest one above it, and the rest. */
async function realPathOf(absolute: string): Promise<string> {
  const real = await realpath(absolute).catch((error: NodeJS.ErrnoException) => {
    if (isNotThere(error)) return undefined
    throw new Refusal([`path: ${quote(absolute)} cannot be used: ${systemErrorText(error)}`])
  })
  if (real !== undefined) return real
  // A link to nowhere: making the folder would make what it points to.
  if ((await obstacleAt(absolute)) === 'a link') throw new Refusal([`path: ${quote(absolute)} is a link to nothing`])
  const above = path.dirname(absolute)
  if ((await obstacleAt(above)) === 'a file')
    throw new Refusal([`path: ${quote(absolute)} cannot be used: ${quote(above)} is a file`])
  return above === absolute ? absolute : path.join(await realPathOf(above), path.basename(absolute))
}

/** Below a file, Windows finds nothing (ENOENT), and other systems no folder. */
function isNotThere({ code }: NodeJS.ErrnoException): boolean {
  return code === 'ENOENT' || code === 'ENOTDIR'
}

function outside(given: string, real: string): string {
  const really = real === path.resolve(given) ? '' : ` (really ${quote(real)})`
  return `${quote(given)}${really} is neither in the workspace nor in the temporary folder of the runner (RUNNER_TEMP); the agent's files are written nowhere else`
}

async function mistaken(given: string, root: string, real: string, env: Environment): Promise<string | undefined> {
  if (path.relative(root, real).split(path.sep).some(isTrustedName)) {
    return `${quote(given)} is in a folder that git or GitHub acts on; use another one`
  }
  const kind = await obstacleAt(real)
  if (kind !== undefined && kind !== 'a folder') return `${quote(given)} is ${kind}, not a folder`
  const files = await Promise.all(COMMAND_FILES.map((name) => (env[name] ? realPathOf(path.resolve(env[name])) : '')))
  if (files.some((file) => file !== '' && isInside(real, file))) {
    return `${quote(given)} holds the files by which the runner is told what to do (GITHUB_ENV and others); use a folder inside it`
  }
  return undefined
}
