import { setTimeout as sleep } from 'node:timers/promises'
import { addOutput } from '../files/files.ts'
import { blobOf, type Output } from '../http/blob.ts'
import type { World } from '../world.ts'

/** The files that an agent writes in a turn. */
export class TurnFiles {
  readonly #world: World
  readonly #sessionId: string
  readonly #late: { readonly filename: string; readonly output: Output; readonly lagMs: number }[] = []

  constructor(world: World, sessionId: string) {
    this.#world = world
    this.#sessionId = sessionId
  }

  /** With a lag it is to be seen so long after the session went idle. */
  write(filename: string, output: Output, lagMs: number): void {
    if (lagMs > 0) this.#late.push({ filename, output, lagMs })
    else addOutput(this.#world, this.#sessionId, filename, blobOf(output))
  }

  writeLate(life: AbortSignal): void {
    for (const { filename, output, lagMs } of this.#late.splice(0)) {
      const write = () => {
        if (this.#world.sessions.has(this.#sessionId)) this.write(filename, output, 0)
      }
      sleep(lagMs, undefined, { signal: life }).then(write, () => {})
    }
  }
}
