import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type EmulatorOptions, SEED_AGENT, SEED_ENVIRONMENT } from '../../../emulator/emulator.ts'
import {
  type GitHubOptions,
  type GitHubRepository,
  type GitHubStandIn,
  startGitHub,
} from '../../../emulator/github/github.ts'
import type { JsonObject } from '../../../src/text/json.ts'
import { Scene } from '../../harness/scene.ts'
import type { StepResult } from '../../harness/step.ts'
import { eventFixture, sha } from './event-fixture.ts'

/** Sees every repository of the stand-in; may live as long as it likes. */
export const TOKEN = 'github_pat_11SEESALL'
/** Sees public repositories only. */
export const PUBLIC_TOKEN = 'github_pat_11PUBLIC'
/** The token of a workflow, which dies with its job. */
export const WORKFLOW_TOKEN = 'ghs_workflow'
/** A GitHub App's, which lives for an hour, whatever becomes of the job. */
export const APP_TOKEN = 'ghs_ofanapp'

const COMMITS = ['feed4200', 'deca4200', 'f04c4300', 'f04c4700', 'f04c5200', 'face4800', 'de915400', '5e1ea5e1']

/** The repository of the recorded events, its two forks, and others with a rule of their own. */
const REPOSITORIES: readonly GitHubRepository[] = [
  {
    owner: 'octo-org',
    name: 'app',
    defaultBranch: 'main',
    branches: { main: sha('ba5e0100'), 'feature/search': sha('c0de0100'), 'release/2.x': sha('de915300') },
    tags: { 'v1.4.0': sha('7a900100'), 'v2.0.0': sha('7a90c0de') },
    commits: COMMITS.map(sha),
  },
  fork('stranger', 'app', { 'patch-1': sha('f04c4300'), 'patch-4': sha('f04c5200') }),
  fork('mallory', 'app-patched', { main: sha('f04c4700') }),
  { ...fork('octo-org', 'secret', { main: sha('ba5e0200') }), fork: false, private: true },
  { ...fork('guarded', 'app', { main: sha('ba5e0300') }), fork: false, private: true, sso: true },
]

function fork(owner: string, name: string, branches: Readonly<Record<string, string>>) {
  return { owner, name, fork: true, defaultBranch: 'main', branches, tags: {}, commits: [sha('ba5e0100')] }
}

type History = NonNullable<GitHubRepository['history']>

/** A scene with a GitHub of its own, in which steps run on a recorded event. */
export class GitHubScene implements AsyncDisposable {
  readonly scene: Scene
  readonly github: GitHubStandIn
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'session-mount-event-'))
  #events = 0

  private constructor(scene: Scene, github: GitHubStandIn) {
    this.scene = scene
    this.github = github
  }

  static async open(options: GitHubOptions = {}, service: EmulatorOptions = {}): Promise<GitHubScene> {
    const tokens = { tokens: [TOKEN, WORKFLOW_TOKEN, APP_TOKEN], publicTokens: [PUBLIC_TOKEN] }
    const github = await startGitHub({ repositories: REPOSITORIES, ...tokens, ...options })
    const scene = await Scene.open(service)
    scene.workspace.write({ 'a.txt': 'a' })
    return new GitHubScene(scene, github)
  }

  /** Lets GitHub have commits, as those of a repository whose branches are given. */
  publish(history: History, branches: Readonly<Record<string, string>>, more: Partial<GitHubRepository> = {}): void {
    const repository = { owner: 'octo-org', name: 'app', defaultBranch: 'main', branches, tags: {}, commits: [] }
    this.github.addRepository({ ...repository, history, ...more })
  }

  /** The variables of a run on an event; `change` is made to the event's file. */
  env(event: string, change: (event: JsonObject) => JsonObject = (same) => same): Readonly<Record<string, string>> {
    const fixture = eventFixture(event)
    const file = path.join(this.#folder, `${this.#events++}.json`)
    writeFileSync(file, JSON.stringify(change(fixture.event)))
    return { ...fixture.env, GITHUB_API_URL: this.github.url, GITHUB_EVENT_PATH: file }
  }

  /** Main on an event, with a token that sees everything unless another is given. */
  main(
    inputs: Readonly<Record<string, string>>,
    event = 'push',
    env: Readonly<Record<string, string>> = {},
  ): Promise<StepResult> {
    return this.scene.main({ 'github-token': TOKEN, ...inputs }, { env: { ...this.env(event), ...env } })
  }

  /** The resources of the one create that the action sent. */
  created(): readonly unknown[] {
    const creates = this.scene.sent().filter(({ method, path: to }) => method === 'POST' && to === '/v1/sessions')
    const [create] = creates
    if (create === undefined || creates.length > 1) throw new Error(`${creates.length} sessions were created`)
    return (create.body as { readonly resources: readonly unknown[] }).resources
  }

  /** A session that was there before the job; returns its id. */
  async earlier(resources: readonly object[], title?: string): Promise<string> {
    const { url, apiKey } = this.scene.emulator
    const body = { agent: SEED_AGENT, environment_id: SEED_ENVIRONMENT, resources, ...(title && { title }) }
    const response = await fetch(`${url}/v1/sessions`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: {
        'x-api-key': apiKey,
        'content-type': 'application/json',
        'anthropic-version': '2023-06-01',
        'anthropic-beta': 'managed-agents-2026-04-01',
      },
    })
    if (!response.ok) throw new Error(await response.text())
    return ((await response.json()) as { readonly id: string }).id
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.scene[Symbol.asyncDispose]()
    await this.github.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** The repository of the recorded events. */
export const APP = 'https://github.com/octo-org/app'

/** The resource of that repository at a commit, as a session has it. */
export function mountedCommit(of: string, more: object = {}): object {
  return { type: 'github_repository', url: APP, checkout: { type: 'commit', sha: of }, ...more }
}

/** Requests of the action that were to change something. */
export function changes({ scene }: GitHubScene): readonly string[] {
  return scene.requests().filter((line) => !line.startsWith('GET'))
}
