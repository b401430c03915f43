import {
  type Emulator,
  type JournalEntry,
  SEED_AGENT,
  SEED_ENVIRONMENT,
  type Snapshot,
  startEmulator,
} from '../../emulator/emulator.ts'
import { type GitHubStandIn, startGitHub } from '../../emulator/github/github.ts'
import { annotations } from '../harness/annotation.ts'
import { sendSignal } from '../harness/signal.ts'
import { type Bundle, removeLeft, runStep, type StepOptions, type StepResult } from '../harness/step.ts'
import { tracesOf } from '../harness/trace.ts'
import { Workspace } from '../harness/workspace.ts'
import { onArrival } from './arrivals.ts'
import { type Case, type Flaw, flawsOf, isPostStruck, type Requests } from './case.ts'
import { actsOnce, KINDS } from './kinds.ts'
import { named } from './named.ts'
import { REQUESTS } from './requests.ts'
import { COMMIT, prepare, REPOSITORY_TOKEN, RUNS, type Run } from './runs.ts'

/** Not in the log, whatever happens. */
const API_KEY = 'sk-ant-faults-0123456789'

/** With what steps call the service: a key, or signatures with a role's credentials. */
export type PlayedPlatform = 'anthropic' | 'aws'

/** What a case came to: all that the verdict goes by. */
export interface Evidence {
  readonly case: Case
  readonly run: Run
  /** The session that was there for the run. */
  readonly sessionId: string | undefined
  /** The request that the fault struck; undefined if the run did not get there. */
  readonly struck: JournalEntry | undefined
  /** With those that a second fault struck. */
  readonly allStruck: readonly JournalEntry[]
  /** How often the agent was told something. */
  readonly told: number
  /** The tool uses that were answered, once for each answer. */
  readonly confirmed: readonly string[]
  /** How often the budget was changed. */
  readonly budgets: number
  /** How many requests main made after that one. */
  readonly later: number
  readonly main: StepResult
  readonly post: StepResult
  /** The unmount action, after a fault in post. */
  readonly removal: StepResult | undefined
  /** From the signal to the end of main. */
  readonly endedAfterMs: number | undefined
  readonly before: Snapshot
  readonly afterMain: Snapshot
  readonly afterPost: Snapshot
  readonly afterRemoval: Snapshot
  /** Of the service, by name. */
  readonly secrets: Readonly<Record<string, string>>
  /** Everything that anybody could read. */
  readonly traces: string
}

/** An event as the action sends it. */
interface SentEvent {
  readonly type: string
  readonly tool_use_id?: string
}

const CHANGED = /^\/v1\/sessions\/[^/]+$/

/** For steps that wait until a server that never answers has been silent for too long. */
const PATIENCE_MS = 200_000

/** Main gives up then what a server never answers; in minutes. */
const TIMEOUT_MINUTES = '0.1'

/** Where cases are played: the files of each run, and a GitHub for all. */
export class Stage implements AsyncDisposable {
  readonly #github: GitHubStandIn
  readonly #platform: PlayedPlatform
  readonly #workspaces = new Map<string, Workspace>()

  private constructor(github: GitHubStandIn, platform: PlayedPlatform) {
    this.#github = github
    this.#platform = platform
    for (const run of Object.values(RUNS)) this.#workspaces.set(run.name, new Workspace().write(run.files))
  }

  static async open(platform: PlayedPlatform = 'anthropic'): Promise<Stage> {
    const branches = { main: COMMIT }
    const repository = { owner: 'octo', name: 'app', defaultBranch: 'main', branches, tags: {}, commits: [] }
    return new Stage(await startGitHub({ repositories: [repository], tokens: [REPOSITORY_TOKEN] }), platform)
  }

  /** How many requests the run makes when all goes well. */
  async count(name: string): Promise<Requests> {
    const of = (step: Case['step']): Case => ({ run: name, step, nth: 1_000_000, fault: 'refuse', mode: 'on' })
    await using play = await this.#open(of('main'))
    const { main, post } = await play.carryOut()
    if (main.exitCode !== 0 || post.exitCode !== 0) throw new Error(`${name} fails without a fault:\n${main.stdout}`)
    return play.requests()
  }

  async play(each: Case): Promise<Evidence> {
    await using play = await this.#open(each)
    return await play.carryOut()
  }

  #open(each: Case): Promise<Play> {
    return Play.open(each, this.#workspace(each.run), this.#github, this.#platform)
  }

  #workspace(name: string): Workspace {
    const workspace = this.#workspaces.get(name)
    if (workspace === undefined) throw new Error(`there is no run ${name}`)
    return workspace
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#github.close()
    for (const workspace of this.#workspaces.values()) workspace[Symbol.dispose]()
  }
}

/** One case, on a server of its own. */
class Play implements AsyncDisposable {
  readonly #case: Case
  readonly #run: Run
  readonly #workspace: Workspace
  readonly #emulator: Emulator
  readonly #github: GitHubStandIn
  readonly #platform: PlayedPlatform
  readonly #results: StepResult[] = []
  #requestsOfMain = 0
  #requestsBefore = 0

  private constructor(
    each: Case,
    run: Run,
    workspace: Workspace,
    emulator: Emulator,
    github: GitHubStandIn,
    platform: PlayedPlatform,
  ) {
    this.#case = each
    this.#run = run
    this.#workspace = workspace
    this.#emulator = emulator
    this.#github = github
    this.#platform = platform
  }

  static async open(each: Case, workspace: Workspace, github: GitHubStandIn, platform: PlayedPlatform): Promise<Play> {
    const run = RUNS[each.run]
    if (run === undefined) throw new Error(`there is no run ${each.run}`)
    const script =
      run.turn === undefined
        ? {}
        : { agentScript: { turns: [run.paused ?? [], run.turn].filter(({ length }) => length > 0) } }
    const emulator = await startEmulator({ apiKey: API_KEY, platform, ...script })
    return new Play(each, run, workspace, emulator, github, platform)
  }

  requests(): Requests {
    const all = this.#emulator.journal().length - this.#requestsBefore
    return { main: this.#requestsOfMain, post: all - this.#requestsOfMain }
  }

  async carryOut(): Promise<Evidence> {
    const { mode } = this.#case
    const emulator = this.#emulator
    const sessionId = await prepare(emulator, this.#run)
    this.#requestsBefore = emulator.journal().length
    const before = emulator.snapshot()
    this.#arm('main')
    const { main, endedAfterMs } = await this.#main(sessionId)
    const afterMain = emulator.snapshot()
    this.#requestsOfMain = emulator.journal().length - this.#requestsBefore
    emulator.clearFaults()
    this.#arm('post')
    const jobStatus = mode === 'on' ? (main.exitCode === 0 ? 'success' : 'failure') : 'cancelled'
    const post = await this.#step('post', { inputs: this.#inputs(sessionId), state: main.state, jobStatus })
    const afterPost = emulator.snapshot()
    emulator.clearFaults()
    const removal = isPostStruck(this.#case) ? await this.#removal(main, post) : undefined
    const allStruck = emulator.journal().filter(({ fault }) => fault !== undefined)
    const [struck] = allStruck
    return {
      ...{ case: this.#case, run: this.#run, sessionId, main, post, removal, endedAfterMs },
      ...{ before, afterMain, afterPost, afterRemoval: emulator.snapshot() },
      struck,
      allStruck,
      told: this.#delivered(/^user\.(message|define_outcome)$/).length,
      confirmed: this.#delivered(/^user\.tool_confirmation$/).map(({ tool_use_id }) => tool_use_id ?? ''),
      budgets: this.#acted(({ method, path }) => method === 'POST' && CHANGED.test(path)).length,
      later: struck === undefined ? 0 : this.#requestsBefore + this.#requestsOfMain - struck.n,
      secrets: this.#secrets(),
      traces: this.#results.map(tracesOf).join('\n'),
    }
  }

  /** Each event of a type that was delivered, whether or not its sender came to know. */
  #delivered(type: RegExp): readonly SentEvent[] {
    const sent = this.#acted(({ method, path }) => method === 'POST' && /\/(events|sessions)$/.test(path))
    const events = sent.flatMap(({ body }) => {
      const { events: later, initial_events: initial } = body as Readonly<
        Record<string, readonly SentEvent[] | undefined>
      >
      return later ?? initial ?? []
    })
    return events.filter((event) => type.test(event.type))
  }

  /** The requests of the run that the server acted on. */
  #acted(isMeant: (entry: JournalEntry) => boolean): readonly JournalEntry[] {
    const ofRun = this.#emulator.journal().slice(this.#requestsBefore)
    const isDone = ({ status, fault }: JournalEntry) =>
      fault === undefined ? status === 200 : actsOnce({ kind: fault }) && status !== 400
    return ofRun.filter((entry) => isMeant(entry) && isDone(entry))
  }

  #arm(step: Flaw['step']): void {
    for (const { fault, request, nth } of flawsOf(this.#case).filter((flaw) => flaw.step === step)) {
      const kind = KINDS[fault]
      if (kind !== undefined) this.#emulator.addFault({ ...kind, match: REQUESTS[request ?? ''], nth })
    }
  }

  async #main(sessionId: string | undefined): Promise<Pick<Evidence, 'main' | 'endedAfterMs'>> {
    const { mode, request, nth } = this.#case
    let signalled: number | undefined
    let ended = 0
    const main = await this.#step('mount', {
      inputs: this.#inputs(sessionId),
      onStart: (child) => {
        child.once('exit', () => {
          ended = performance.now()
        })
        if (mode === 'on') return
        onArrival(this.#emulator.url, { ...REQUESTS[request ?? ''], nth }, () => {
          signalled = performance.now()
          sendSignal(child, mode)
        })
      },
    })
    return { main, endedAfterMs: signalled === undefined ? undefined : ended - signalled }
  }

  /** What is left is removed by the ids that post named, or by the manifest, as it comes; a killed main has none. */
  async #removal(main: StepResult, post: StepResult): Promise<StepResult | undefined> {
    const { nth, fault } = this.#case
    const manifest = main.outputs['manifest-path'] ?? ''
    const warning = annotations(post, 'warning').join('\n')
    const left = named(warning)
    const end = left.end ?? this.#run.inputs['session-cleanup'] ?? 'keep'
    // Of a session whose reply was lost, nobody has an id; post has named it by its run.
    const isNameless = warning.includes('- a session of agent')
    if (isNameless || (manifest === '' && left.total === 0)) return undefined
    // A session that something on the way asked for twice is known to post alone.
    const isInManifest =
      manifest !== '' && (left.sessionId ?? main.outputs['session-id']) === main.outputs['session-id']
    const byIds = left.total > 0 && (!isInManifest || (nth + fault.length) % 2 === 0)
    const what: Record<string, string> = byIds
      ? {
          'session-id': left.sessionId ?? '',
          'resource-ids': left.resourceIds.join('\n'),
          'upload-ids': left.uploadIds.join('\n'),
        }
      : { manifest }
    return this.#step('unmount', { inputs: { ...this.#access(), ...what, 'session-cleanup': end } })
  }

  async #step(bundle: Bundle, options: Omit<StepOptions, 'cwd'>): Promise<StepResult> {
    const cloud = this.#platform === 'anthropic' ? {} : this.#emulator.variables
    const env = { GITHUB_API_URL: this.#github.url, ...cloud }
    const result = await runStep(bundle, { ...options, cwd: this.#workspace.root, env, timeoutMs: PATIENCE_MS })
    this.#results.push(result)
    return result
  }

  #access(): Readonly<Record<string, string>> {
    if (this.#platform === 'aws') return { platform: 'aws', concurrency: '1' }
    return { 'anthropic-api-key': API_KEY, 'base-url': this.#emulator.url, concurrency: '1' }
  }

  #secrets(): Evidence['secrets'] {
    const { AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = this.#emulator.variables
    return {
      'the API key': API_KEY,
      ...(secret === undefined || token === undefined ? {} : { 'the key of AWS': secret, 'the token of AWS': token }),
    }
  }

  #inputs(sessionId: string | undefined): Readonly<Record<string, string>> {
    const { mode } = this.#case
    const session: Record<string, string> =
      sessionId === undefined || this.#run.follows !== undefined
        ? { 'agent-id': SEED_AGENT, 'environment-id': SEED_ENVIRONMENT }
        : { 'session-id': sessionId }
    const isSilent = ({ step, fault }: Flaw) => step === 'main' && fault === 'never-answer'
    // At the first flaw, a signal ends the silence.
    const hangs = flawsOf(this.#case).some((flaw, index) => isSilent(flaw) && (mode === 'on' || index > 0))
    return {
      ...this.#access(),
      ...session,
      files: Object.keys(this.#run.files).join('\n'),
      ...this.#run.inputs,
      ...(hangs ? { 'timeout-minutes': TIMEOUT_MINUTES } : {}),
      ...(hangs && this.#run.turn !== undefined ? { 'wait-timeout': '5s' } : {}),
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#emulator.close()
    for (const result of this.#results) removeLeft(result)
  }
}
