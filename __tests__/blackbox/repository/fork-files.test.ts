import { mkdirSync, renameSync } from 'node:fs'
import { afterAll, expect, test } from '@jest/globals'
import type { GitHubStatus } from '../../../emulator/github/github.ts'
import { GitFolder } from '../../desired/repository/git-folder.ts'
import { GitHubScene } from '../../desired/repository/github-scene.ts'
import { answering, onlyTheRepository } from '../../desired/repository/odd-github.ts'
import { errorOf } from '../../harness/annotation.ts'
import type { StepResult } from '../../harness/step.ts'

const APP = 'https://github.com/octo-org/app'

/** Workflows that a stranger can start, that have secrets, and that are or may be about a stranger's change. */
const EVENTS = ['pull-request-target-fork', 'workflow-run-fork', 'issue-comment-pull-request']

/** A repository with all that is checked out in these tests, made once: `main` is the base, at its third commit. */
class Commits {
  readonly folder = GitFolder.pullRequest(APP)
  readonly base = this.folder.git('rev-parse', 'main')
  readonly older = this.folder.git('rev-parse', 'main~1')
  readonly moved = this.#commitOn('main', 'third')
  readonly newer = this.#commitOn('patch', 'newer')
  readonly newerMerge = this.#merge(this.newer)
  readonly further = this.#commitOn('patch', 'further')
  readonly forced = this.#commitOn('forced', 'forced')
  readonly history = this.folder.history()
  readonly made = GitFolder.initial(APP)
  readonly noRemote = GitFolder.initial()
  readonly tools = GitFolder.initial('git@github.com:Octo-Org/tools.git')
  readonly strangersTools = GitFolder.initial('https://github.com/stranger/tools')
  readonly ownFork = GitFolder.initial('https://github.com/octo-org/app-fork')

  #commitOn(branch: string, name: string): string {
    if (branch === 'forced') this.folder.git('checkout', '--quiet', '-b', branch, this.older)
    else this.folder.git('checkout', '--quiet', branch)
    return this.folder.commit(name)
  }

  #merge(head: string): string {
    this.folder.git('checkout', '--quiet', '--detach', this.base)
    const merge = this.folder.testMerge(head)
    this.folder.git('tag', 'newer-merge')
    return merge
  }

  [Symbol.dispose](): void {
    for (const each of [this.folder, this.made, this.noRemote, this.tools, this.strangersTools, this.ownFork])
      each[Symbol.dispose]()
  }
}

const commits = new Commits()
afterAll(() => commits[Symbol.dispose]())

interface Stage {
  readonly on: GitHubScene
  /** In the workspace. */
  readonly folder: GitFolder
}

/** Checks something out; a text is the file of the workspace that is mounted then, in place of `first.txt`. */
type Arrangement = (stage: Stage) => unknown

async function stageOf(options: { readonly status?: GitHubStatus } = {}): Promise<Stage & AsyncDisposable> {
  const on = await GitHubScene.open(options)
  const folder = await commits.folder.copyTo(on.scene.workspace.root)
  return { on, folder, [Symbol.asyncDispose]: () => on[Symbol.asyncDispose]() }
}

async function mount(stage: Stage, arrange: Arrangement, event: string, inputs = {}, env = {}): Promise<StepResult> {
  const { on } = stage
  const given = await arrange(stage)
  const files = typeof given === 'string' ? given : 'first.txt'
  const branches = { main: commits.moved, 'release/2.x': commits.older }
  on.publish(commits.history, branches)
  return on.main({ files, ...inputs }, event, { GITHUB_SHA: commits.base, ...env })
}

/** Puts a repository into a folder of the base's checkout. */
async function inside({ folder }: Stage, other: GitFolder, name: string): Promise<string> {
  folder.pointTo(commits.base)
  await other.copyTo(folder.path(name))
  return `${name}/first.txt`
}

/** In each of these, the files are not of a commit that is known to be the base's. */
const STRANGERS: Readonly<Record<string, Arrangement>> = {
  'the head of the pull request': ({ folder }) => folder.pointTo(commits.folder.tip),
  'its test merge': ({ folder }) => folder.pointTo(commits.folder.merge),
  'the test merge of a newer head': ({ folder }) => folder.pointTo(commits.newerMerge),
  'its head after it was pushed by force': ({ folder }) => folder.pointTo(commits.forced),
  'two commits on from its head': ({ folder }) => folder.pointTo(commits.further),
  'a repository that was made inside of the base': (stage) => inside(stage, commits.made, 'made'),
  'a repository without a remote inside of the base': (stage) => inside(stage, commits.noRemote, 'made'),
  'a clone of a repository of somebody else': (stage) => inside(stage, commits.strangersTools, 'tools'),
  'a `.git` that is no repository': ({ on, folder }) => {
    folder.pointTo(commits.base)
    on.scene.workspace.write({ 'made/.git/HEAD': commits.base, 'made/a.txt': 'a' })
    return 'made/a.txt'
  },
  'a submodule of the fork': async ({ on, folder }) => {
    folder.pointTo(commits.folder.tip)
    const submodule = await commits.folder.copyTo(folder.path('lib'))
    mkdirSync(folder.path('.git/modules'))
    renameSync(submodule.path('.git'), folder.path('.git/modules/lib'))
    on.scene.workspace.write({ 'lib/.git': 'gitdir: ../.git/modules/lib\n', '.git/modules/lib/HEAD': commits.base })
    return 'lib/first.txt'
  },
}

test.concurrent.each(EVENTS.flatMap((event) => Object.keys(STRANGERS).map((name) => [event, name] as const)))(
  '%s: files are refused of %s',
  async (event, name) => {
    await using stage = await stageOf()
    const main = await mount(stage, STRANGERS[name] ?? (() => undefined), event)
    expect(main).toMatchObject({ exitCode: 1, stderr: '' })
    expect(stage.on.scene.emulator.journal()).toEqual([])
    expect(errorOf(main)).toMatch(
      /: the files in "[.\w]+" are not mounted\. HEAD (?:[0-9a-f]{7}|\(none\)) there: .*Check out the base instead.*; if .* set `allow-untrusted: true`\nNothing was changed\.$/,
    )
    expect(errorOf(main)).not.toContain(stage.folder.root)
  },
)

test.concurrent.each(EVENTS)('%s: files are refused that lie in no checkout', async (event) => {
  await using on = await GitHubScene.open()
  const main = await on.main({ files: 'a.txt' }, event)
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(on.scene.emulator.journal()).toEqual([])
  expect(errorOf(main)).toMatch(/: "a\.txt" is not mounted: it is not in a git checkout, .*actions\/checkout/)
  expect(await on.main({ files: 'a.txt', 'allow-untrusted': 'true' }, event)).toMatchObject({ exitCode: 0 })
})

test.concurrent.each(EVENTS)('%s: all of it is mounted with `allow-untrusted`', async (event) => {
  await using stage = await stageOf()
  const arrange = STRANGERS['the head of the pull request'] ?? (() => undefined)
  expect(await mount(stage, arrange, event, { 'allow-untrusted': 'true' })).toMatchObject({ exitCode: 0, stderr: '' })
})

const OWN: Readonly<Record<string, Arrangement>> = {
  'the commit of the workflow': ({ folder }) => folder.pointTo(commits.base),
  'an older commit of the base': ({ folder }) => folder.pointTo(commits.older),
  'the base, which has moved on since': ({ folder }) => folder.pointTo(commits.moved),
  'what a step has written into the checkout of the base': ({ on, folder }) => {
    folder.pointTo(commits.base)
    on.scene.workspace.write({ 'pr.diff': '+ a' })
    return 'pr.diff'
  },
  'the base in a folder beside the fork': async ({ folder }) => {
    folder.pointTo(commits.folder.tip)
    ;(await commits.folder.copyTo(folder.path('base'))).pointTo(commits.base)
    return 'base/first.txt'
  },
  'another repository of the same owner': (stage) => {
    stage.on.publish(commits.tools.history(), { main: commits.tools.head() }, { name: 'tools' })
    return inside(stage, commits.tools, 'tools')
  },
}

test.concurrent.each(EVENTS.flatMap((event) => Object.keys(OWN).map((name) => [event, name] as const)))(
  '%s: files are mounted of %s',
  async (event, name) => {
    await using stage = await stageOf()
    const main = await mount(stage, OWN[name] ?? (() => undefined), event)
    expect(main).toMatchObject({ exitCode: 0, stderr: '' })
    expect(stage.on.scene.uploads()).toHaveLength(1)
  },
)

test.concurrent('a fork of the base is nobody’s own, whoever its owner is', async () => {
  await using stage = await stageOf()
  const { ownFork } = commits
  stage.on.publish(ownFork.history(), { main: ownFork.head() }, { name: 'app-fork', forkOf: 'octo-org/app' })
  const arrange: Arrangement = () => inside(stage, ownFork, 'fork')
  expect(await mount(stage, arrange, 'pull-request-target-fork')).toMatchObject({ exitCode: 1 })
})

test.concurrent.each(['down', 'failing', 'rate-limited', 'secondary-limit'] as const)(
  'while GitHub is %s, the commit of the workflow alone is known to be the base’s',
  async (status) => {
    await using stage = await stageOf({ status })
    const [known, older] = ['the commit of the workflow', 'an older commit of the base'].map((name) => OWN[name])
    const event = 'pull-request-target-fork'
    expect(await mount(stage, known ?? (() => undefined), event)).toMatchObject({ exitCode: 0, stderr: '' })
    const main = await mount(stage, older ?? (() => undefined), event)
    expect(errorOf(main)).toMatch(/it is not known whether .*: GitHub could not be asked \(.+\)/)
  },
)

test.concurrent('a GitHub that shows the repository, but not where its branches stand, proves nothing', async () => {
  await using stage = await stageOf()
  using github = await answering(stage.on, 502, {}, onlyTheRepository)
  const arrange = OWN['an older commit of the base'] ?? (() => undefined)
  const main = await mount(stage, arrange, 'pull-request-target-fork', {}, github.env)
  expect(errorOf(main)).toMatch(/it is not known whether .*: GitHub could not be asked \(GitHub answered 502\)/)
  expect(stage.on.scene.emulator.journal()).toEqual([])
})

test.concurrent('a token that GitHub refuses proves nothing', async () => {
  await using stage = await stageOf()
  const arrange = OWN['an older commit of the base'] ?? (() => undefined)
  const main = await mount(stage, arrange, 'pull-request-target-fork', { 'github-token': 'ghp_expired' })
  expect(errorOf(main)).toMatch(
    /it is not known whether .*: GitHub could not be asked \(the `github-token` was refused/,
  )
})

test.concurrent('a private repository that the token does not see proves nothing', async () => {
  await using stage = await stageOf()
  const { on, folder } = stage
  folder.pointTo(commits.older)
  on.publish(commits.history, { main: commits.moved }, { private: true })
  const inputs = { files: 'first.txt', 'github-token': '' }
  const main = await on.main(inputs, 'pull-request-target-fork', { GITHUB_SHA: commits.base })
  expect(errorOf(main)).toContain('the repository itself: GitHub shows no octo-org/app to `github-token`.')
})

test.concurrent('a remote that the configuration rewrites is the one that is written', async () => {
  await using stage = await stageOf()
  const { on, folder } = stage
  const { base, history } = commits
  folder.git('config', 'url.git@key-1.github.com:.insteadOf', 'https://github.com/')
  folder.pointTo(base)
  on.publish(history, { main: base })
  const main = await on.main({ repository: '.' }, 'pull-request-target-fork', { GITHUB_SHA: base })
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(on.created()).toEqual([expect.objectContaining({ url: APP, checkout: { type: 'commit', sha: base } })])

  folder.git('remote', 'set-url', 'origin', 'https://github.com/mallory/app-patched')
  const fork = await on.main({ repository: '.' }, 'pull-request-target-fork', { GITHUB_SHA: base })
  expect(errorOf(fork)).toContain('of fork mallory/app-patched is not mounted')
})

test.concurrent.each(['deleted', 'moved'])('a checkout that is %s while the files are read', async (what) => {
  await using stage = await stageOf()
  const { on, folder } = stage
  folder.pointTo(commits.base)
  const head = folder.path('.git/HEAD')
  const change =
    what === 'moved' ? `fs.writeFileSync('${head}', '${commits.folder.tip}')` : `fs.rmSync('${head}', { force: true })`
  on.scene.workspace.write({ 'read.txt': 'read' })
  // Nobody can hit the moment from outside: the step itself changes the checkout once it reads this file.
  on.scene.workspace.write({
    'hook.cjs': `
      const fs = require('node:fs')
      for (const [of, name] of [[fs.promises, 'open'], [fs, 'openSync']]) {
        const open = of[name]
        of[name] = (path, ...rest) => {
          if (String(path).endsWith('read.txt')) ${change}
          return open(path, ...rest)
        }
      }`,
  })
  const env = { ...on.env('pull-request-target-fork'), GITHUB_SHA: commits.base }
  const nodeOptions = ['--require', on.scene.workspace.path('hook.cjs')]
  const main = await on.scene.main({ files: 'read.txt' }, { env, nodeOptions })
  expect(errorOf(main)).toMatch(/^Another commit was checked out while the files were read\./)
  expect(on.scene.emulator.journal()).toEqual([])
})
