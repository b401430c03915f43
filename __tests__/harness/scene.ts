import {
  type Emulator,
  type EmulatorOptions,
  type FileSnapshot,
  type JournalEntry,
  SEED_AGENT,
  SEED_ENVIRONMENT,
  type Snapshot,
  startEmulator,
} from '../../emulator/emulator.ts'
import { removeLeft, runStep, type StepOptions, type StepResult } from './step.ts'
import { Workspace } from './workspace.ts'

type Inputs = Readonly<Record<string, string>>
type More = Partial<Omit<StepOptions, 'inputs'>>
type Session = Snapshot['sessions'][number]

/** A workspace, a service of its own, and steps that run between the two. */
export class Scene {
  readonly workspace = new Workspace()
  readonly emulator: Emulator
  readonly #results: StepResult[] = []

  protected constructor(emulator: Emulator) {
    this.emulator = emulator
  }

  static async open(options: EmulatorOptions = {}): Promise<Scene> {
    return new Scene(await startEmulator(options))
  }

  /** How the inputs of every action say where the service is, and as whom to call it. */
  access(): Inputs {
    return { 'anthropic-api-key': this.emulator.apiKey, 'base-url': this.emulator.url }
  }

  /** What every use of the action in this scene says; a new session unless more is given. */
  inputs(more: Inputs = {}): Inputs {
    return { ...this.access(), 'agent-id': SEED_AGENT, 'environment-id': SEED_ENVIRONMENT, ...more }
  }

  /** How a step of this scene is started. */
  options(inputs: Inputs, more: More = {}): StepOptions {
    return { inputs, cwd: this.workspace.root, ...more }
  }

  async main(inputs: Inputs = {}, more: More = {}): Promise<StepResult> {
    const result = await runStep('mount', this.options(this.inputs(inputs), more))
    this.#results.push(result)
    return result
  }

  /** Post of the step whose main this was; the job stands as main came out unless `jobStatus` is given. */
  post(main: Pick<StepResult, 'state' | 'exitCode'>, inputs: Inputs = {}, more: More = {}): Promise<StepResult> {
    const jobStatus = more.jobStatus ?? (main.exitCode === 0 ? 'success' : 'failure')
    return runStep('post', { ...this.options(this.inputs(inputs), { state: main.state, ...more }), jobStatus })
  }

  async job(inputs: Inputs = {}, more: More = {}): Promise<{ readonly main: StepResult; readonly post: StepResult }> {
    const main = await this.main(inputs, more)
    return { main, post: await this.post(main, inputs, more) }
  }

  /** What the action sent, and nobody else. */
  sent(): readonly JournalEntry[] {
    return this.emulator.journal().filter(({ headers }) => headers['user-agent']?.startsWith('session-mount') === true)
  }

  /** The action's requests as `METHOD path`, ids by their kind: `GET /v1/sessions/{sesn}`. */
  requests(): readonly string[] {
    return this.sent().map(({ method, path: target }) => `${method} ${target.replace(/\b([a-z]+)[_-]01\w+/g, '{$1}')}`)
  }

  sessions(): readonly Session[] {
    return this.emulator.snapshot().sessions
  }

  /** Uploads that are there; the sessions' own copies are not among them. */
  uploads(): readonly FileSnapshot[] {
    return this.emulator.snapshot().files.filter(({ scope }) => scope === null)
  }

  /** What is mounted on a session, by mount path and in its order: which of two that are added at once is first, is chance. */
  mounted(sessionId: string): Readonly<Record<string, FileSnapshot & { readonly resourceId: string }>> {
    const { files, sessions } = this.emulator.snapshot()
    const resources = sessions.find(({ id }) => id === sessionId)?.resources ?? []
    const mounted = resources.flatMap((resource) => {
      const copy = resource.type === 'file' ? files.find(({ id }) => id === resource.file_id) : undefined
      return resource.type === 'file' && copy !== undefined
        ? [[resource.mount_path, { ...copy, resourceId: resource.id }] as const]
        : []
    })
    return Object.fromEntries(mounted.toSorted(([a], [b]) => (a < b ? -1 : 1)))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.emulator.close()
    this.workspace[Symbol.dispose]()
    for (const result of this.#results) removeLeft(result)
  }
}

/** What is mounted on all sessions together, below the folder that the service roots it in. */
export function mountedPaths(scene: Scene): readonly string[] {
  return scene
    .sessions()
    .flatMap(({ id }) => Object.keys(scene.mounted(id)))
    .map((at) => at.replace('/mnt/session/uploads', ''))
}

/** A JSON output, parsed. */
export function jsonOutput(result: StepResult, name: string): unknown {
  return JSON.parse(result.outputs[name] ?? '')
}
