import type { EmulatorOptions } from '../../emulator/emulator.ts'
import { Scene } from './scene.ts'
import type { StepResult } from './step.ts'

type Inputs = Readonly<Record<string, string>>

/** The inputs of a job that refreshes what is in `data`, night after night. */
export const NIGHTLY = { 'session-name': 'Nightly data', cleanup: 'never', files: 'data' } as const

/** A session that last night's job has filled with `data/0.txt` and so on. */
export class NightlyScene {
  readonly scene: Scene
  readonly sessionId: string
  readonly #before: number

  private constructor(scene: Scene, sessionId: string) {
    this.scene = scene
    this.sessionId = sessionId
    this.#before = scene.requests().length
  }

  static async open(count: number, options: EmulatorOptions = {}): Promise<NightlyScene> {
    const scene = await Scene.open(options)
    scene.workspace.write(Object.fromEntries(Array.from({ length: count }, (_, n) => [`data/${n}.txt`, `old ${n}`])))
    const main = await scene.main(NIGHTLY)
    if (main.exitCode !== 0) throw new Error(main.stdout)
    return new NightlyScene(scene, main.outputs['session-id'] ?? '')
  }

  change(...numbers: readonly number[]): void {
    this.scene.workspace.write(Object.fromEntries(numbers.map((n) => [`data/${n}.txt`, `new content of ${n}`])))
  }

  /** Tonight's job. */
  async refresh(more: Inputs = {}): Promise<{ readonly main: StepResult; readonly post: StepResult }> {
    return this.scene.job({ ...NIGHTLY, ...more })
  }

  /** What tonight's job sent. */
  requests(): readonly string[] {
    return this.scene.requests().slice(this.#before)
  }

  changes(): readonly string[] {
    return this.requests().filter((line) => !line.startsWith('GET '))
  }

  /** SHA-256 by mount path below the uploads root. */
  mounted(): Readonly<Record<string, string>> {
    return mountedOn(this.scene, this.sessionId)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.scene[Symbol.asyncDispose]()
  }
}

/** What is mounted on a session: SHA-256 by mount path below the uploads root. */
export function mountedOn(scene: Scene, sessionId: string): Readonly<Record<string, string>> {
  const entries = Object.entries(scene.mounted(sessionId))
  return Object.fromEntries(entries.map(([path, { sha256 }]) => [path.replace('/mnt/session/uploads', ''), sha256]))
}

/** How often each line is there. */
export function tally(lines: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const line of lines) counts[line] = (counts[line] ?? 0) + 1
  return counts
}
