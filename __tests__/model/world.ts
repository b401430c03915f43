import { rmSync } from 'node:fs'
import { type Emulator, SEED_AGENT, SEED_ENVIRONMENT, type Snapshot, startEmulator } from '../../emulator/emulator.ts'
import { addFile, archiveSession, call, deleteSession } from '../harness/service.ts'
import { Workspace } from '../harness/workspace.ts'
import type { Fault, FileName, Job } from './step.ts'

export interface StepRequest {
  readonly bundle: 'mount' | 'post'
  readonly inputs: Readonly<Record<string, string>>
  readonly cwd: string
  readonly state: Readonly<Record<string, string>>
  readonly jobStatus: 'success' | 'failure' | 'cancelled'
  /** After which entry of the ledger, or as many requests, it is stopped, and whether by a kill. */
  readonly stopAt: { readonly count: number; readonly how: 'cancel' | 'kill' } | undefined
  /** How many requests the server has seen. */
  readonly requests: () => number
}

export interface StepRun {
  readonly isSuccess: boolean
  readonly state: Readonly<Record<string, string>>
  readonly log: readonly string[]
  readonly warnings: readonly string[]
  readonly temp: string
}

export type RunStep = (request: StepRequest) => Promise<StepRun>

/** A run whose post is still to come. */
export interface Started {
  readonly name: string
  readonly inputs: Readonly<Record<string, string>>
  readonly fault: Fault | undefined
  readonly main: StepRun
}

const ROOT = '/mnt/session/uploads'

/** The server, the workspace, and the two flows between them: what really happens. */
export class World {
  readonly emulator: Emulator
  readonly #workspace = new Workspace()
  readonly #runStep: RunStep
  readonly #runs: StepRun[] = []

  private constructor(emulator: Emulator, runStep: RunStep) {
    this.emulator = emulator
    this.#runStep = runStep
  }

  readonly #requests = () => this.emulator.journal().length

  static async open(runStep: RunStep): Promise<World> {
    return new World(await startEmulator({ agentScript: 'silent' }), runStep)
  }

  async main(name: string, job: Job, sessionId: string | undefined): Promise<Started> {
    const { fault } = job
    const inputs = this.#inputs(job, sessionId)
    if (fault?.kind === 'lose-reply') {
      this.emulator.addFault({ kind: 'reset-after-commit', match: { method: 'POST' }, nth: fault.at })
    }
    const stopAt = fault === undefined || fault.kind === 'lose-reply' ? undefined : { count: fault.at, how: fault.kind }
    const request = {
      bundle: 'mount',
      inputs,
      cwd: this.#workspace.root,
      state: {},
      jobStatus: 'success',
      stopAt,
      requests: this.#requests,
    } as const
    const main = await this.#runStep(request)
    this.#runs.push(main)
    this.emulator.clearFaults()
    return { name, inputs, fault, main }
  }

  async post({ inputs, main, fault }: Started): Promise<StepRun> {
    const jobStatus = main.isSuccess ? 'success' : fault?.kind === 'cancel' ? 'cancelled' : 'failure'
    const request = {
      bundle: 'post',
      inputs,
      cwd: this.#workspace.root,
      state: main.state,
      jobStatus,
      stopAt: undefined,
      requests: this.#requests,
    } as const
    const run = await this.#runStep(request)
    this.#runs.push(run)
    return run
  }

  edit(file: FileName, content: string | undefined, wasThere: boolean): void {
    if (content !== undefined) this.#workspace.write({ [file]: content })
    else if (wasThere) this.#workspace.remove(file)
  }

  addByHand(sessionId: string, file: FileName): Promise<void> {
    return addFile(this.emulator, sessionId, `/${file}`)
  }

  async removeByHand(sessionId: string, resourceId: string): Promise<void> {
    await call(this.emulator, 'DELETE', `/v1/sessions/${sessionId}/resources/${resourceId}`)
  }

  archive(sessionId: string): Promise<void> {
    return archiveSession(this.emulator, sessionId)
  }

  delete(sessionId: string): Promise<void> {
    return deleteSession(this.emulator, sessionId)
  }

  snapshot(): Snapshot {
    return this.emulator.snapshot()
  }

  #inputs({ target, only, archive, prune, overwrite, cleanup, sessionCleanup }: Job, sessionId: string | undefined) {
    return {
      'anthropic-api-key': this.emulator.apiKey,
      'base-url': this.emulator.url,
      ...(sessionId === undefined
        ? { 'agent-id': SEED_AGENT, 'environment-id': SEED_ENVIRONMENT, 'session-cleanup': sessionCleanup }
        : { 'session-id': sessionId }),
      ...(target === 'alpha' || target === 'beta' ? { 'session-name': target } : {}),
      files: only.join('\n'),
      'if-no-files-found': 'ignore',
      'cleanup-wait': '0',
      archive: archive ? 'always' : 'never',
      ...(target === 'new' ? {} : { prune: String(prune), overwrite: String(overwrite) }),
      cleanup,
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.emulator.close()
    this.#workspace[Symbol.dispose]()
    for (const { temp } of this.#runs) rmSync(temp, { recursive: true, force: true })
  }
}

/** Where a file of the workspace is mounted. */
export function mountPathOf(file: string): string {
  return `${ROOT}/${file}`
}
