import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A folder for what the run needs on disk for a while. It is made when it is first asked for, and only its owner may look inside. */
export class ScratchFolder implements AsyncDisposable {
  readonly #parent: string
  #made: Promise<string> | undefined

  /** @param env of the runner, whose temporary folder it lies in */
  constructor(env: Readonly<Record<string, string | undefined>>) {
    this.#parent = env.RUNNER_TEMP || tmpdir()
  }

  /** Its absolute path. Rejects if it cannot be made. */
  path(): Promise<string> {
    this.#made ??= this.#make()
    return this.#made
  }

  /** Takes it away with all that is in it. What cannot be removed is left to the runner, which empties its own folder. */
  async [Symbol.asyncDispose](): Promise<void> {
    const folder = await this.#made?.catch(() => undefined)
    if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined)
  }

  async #make(): Promise<string> {
    await mkdir(this.#parent, { recursive: true })
    return mkdtemp(path.join(this.#parent, 'session-mount-'))
  }
}
