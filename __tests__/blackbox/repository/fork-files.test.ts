import { expect, test } from '@jest/globals'
import type { GitHubStatus } from '../../../emulator/github/github.ts'
import { GitFolder, type PullRequestFolder } from '../../desired/repository/git-folder.ts'
import { GitHubScene } from '../../desired/repository/github-scene.ts'
import { errorOf } from '../../harness/annotation.ts'
import type { StepResult } from '../../harness/step.ts'

const APP = 'https://github.com/octo-org/app'

/** Workflows that a stranger can start, that have secrets, and that are or may be about a stranger's change. */
const EVENTS = ['pull-request-target-fork', 'workflow-run-fork', 'issue-comment-pull-request']

interface Stage {
  readonly on: GitHubScene
  /** In the workspace. `main` is the base, at its second commit. */
  readonly folder: PullRequestFolder
  /** The base's commit that the workflow runs on. */
  readonly base: string
}

/** Checks something out, and tells what of the workspace is mounted then. */
type Arrangement = (stage: Stage) => string | undefined | void

async function stageOf(options: { readonly status?: GitHubStatus } = {}): Promise<Stage & AsyncDisposable> {
  const on = await GitHubScene.open(options)
  const folder = GitFolder.pullRequest(APP, on.scene.workspace.root)
  const base = folder.git('rev-parse', 'main')
  folder.git('tag', 'pull-request')
  return { on, folder, base, [Symbol.asyncDispose]: () => on[Symbol.asyncDispose]() }
}

async function mount(stage: Stage, arrange: Arrangement, event: string, inputs = {}): Promise<StepResult> {
  const { on, folder, base } = stage
  const files = arrange(stage) ?? 'first.txt'
  const branches = { main: folder.git('rev-parse', 'main'), 'release/2.x': folder.git('rev-parse', 'main~1') }
  on.publish(folder, branches)
  return on.main({ files, ...inputs }, event, { GITHUB_SHA: base })
}

/** In each of these, the files are not of a commit that is known to be the base's. */
const STRANGERS: Readonly<Record<string, Arrangement>> = {
  'the head of the pull request': ({ folder }) => void folder.git('checkout', '--quiet', folder.tip),
  'its test merge': ({ folder }) => void folder.git('checkout', '--quiet', folder.merge),
  'the test merge of a newer head': ({ folder }) => {
    folder.git('checkout', '--quiet', 'patch')
    const newer = folder.commit('newer')
    folder.git('checkout', '--quiet', 'main')
    folder.testMerge(newer)
  },
  'its head after it was pushed by force': ({ folder }) => {
    folder.git('checkout', '--quiet', '-b', 'forced', 'main~1')
    folder.commit('forced')
  },
  'two commits on from its head': ({ folder }) => {
    folder.git('checkout', '--quiet', 'patch')
    folder.commit('one')
    folder.commit('two')
  },
  'a repository that was made inside of the base': ({ folder }) => {
    folder.git('checkout', '--quiet', 'main')
    GitFolder.initial(APP, folder.path('made'))
    return 'made/first.txt'
  },
  'a repository without a remote inside of the base': ({ folder }) => {
    folder.git('checkout', '--quiet', 'main')
    GitFolder.initial(undefined, folder.path('made'))
    return 'made/first.txt'
  },
  'a `.git` that is no repository': ({ on, folder }) => {
    folder.git('checkout', '--quiet', 'main')
    on.scene.workspace.write({ 'made/.git/HEAD': folder.head(), 'made/a.txt': 'a' })
    return 'made/a.txt'
  },
  'a submodule of the fork': ({ folder }) => {
    folder.git('checkout', '--quiet', 'patch')
    folder.git('submodule', '--quiet', 'add', folder.root, 'lib')
    new GitFolder(folder.path('lib')).git('checkout', '--quiet', 'main')
    folder.commit('with a library')
    return 'lib/first.txt'
  },
  'a clone of a repository of somebody else': ({ folder }) => {
    folder.git('checkout', '--quiet', 'main')
    GitFolder.initial('https://github.com/stranger/tools', folder.path('tools'))
    return 'tools/first.txt'
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
  expect(errorOf(main)).toMatch(/: "a\.txt" is not mounted: it lies in no git checkout, .*actions\/checkout/)
  expect(await on.main({ files: 'a.txt', 'allow-untrusted': 'true' }, event)).toMatchObject({ exitCode: 0 })
})

test.concurrent.each(EVENTS)('%s: all of it is mounted with `allow-untrusted`', async (event) => {
  await using stage = await stageOf()
  const arrange = STRANGERS['the head of the pull request'] ?? (() => undefined)
  expect(await mount(stage, arrange, event, { 'allow-untrusted': 'true' })).toMatchObject({ exitCode: 0, stderr: '' })
})

const OWN: Readonly<Record<string, Arrangement>> = {
  'the commit of the workflow': ({ folder }) => void folder.git('checkout', '--quiet', '--detach', 'main'),
  'an older commit of the base': ({ folder }) => void folder.git('checkout', '--quiet', 'main~1'),
  'the base, which has moved on since': ({ folder }) => {
    folder.git('checkout', '--quiet', 'main')
    folder.commit('third')
  },
  'what a step has written into the checkout of the base': ({ on, folder }) => {
    folder.git('checkout', '--quiet', 'main')
    on.scene.workspace.write({ 'pr.diff': '+ a' })
    return 'pr.diff'
  },
  'the base in a folder beside the fork': ({ folder }) => {
    const clone = GitFolder.empty(APP, folder.path('base'))
    clone.git('fetch', '--quiet', folder.root, 'main')
    clone.git('checkout', '--quiet', 'FETCH_HEAD')
    return 'base/first.txt'
  },
  'another repository of the same owner': ({ on, folder }) => {
    const tools = GitFolder.initial('git@github.com:Octo-Org/tools.git', folder.path('tools'))
    on.publish(tools, { main: tools.head() }, { name: 'tools' })
    return 'tools/first.txt'
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
  const arrange: Arrangement = ({ on, folder }) => {
    const fork = GitFolder.initial('https://github.com/octo-org/app-fork', folder.path('fork'))
    on.publish(fork, { main: fork.head() }, { name: 'app-fork', forkOf: 'octo-org/app' })
    return 'fork/first.txt'
  }
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
    expect(errorOf(main)).toMatch(/cannot be told: GitHub could not be asked \(.+\)/)
  },
)

test.concurrent('a token that GitHub refuses proves nothing', async () => {
  await using stage = await stageOf()
  const arrange = OWN['an older commit of the base'] ?? (() => undefined)
  const main = await mount(stage, arrange, 'pull-request-target-fork', { 'github-token': 'ghp_expired' })
  expect(errorOf(main)).toMatch(/cannot be told: GitHub could not be asked \(the `github-token` was refused/)
})

test.concurrent('a remote that the configuration rewrites is the one that is written', async () => {
  await using stage = await stageOf()
  const { on, folder, base } = stage
  folder.git('config', 'url.git@key-1.github.com:.insteadOf', 'https://github.com/')
  folder.git('checkout', '--quiet', 'main')
  on.publish(folder, { main: base })
  const main = await on.main({ repository: '.' }, 'pull-request-target-fork', { GITHUB_SHA: base })
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(on.created()).toEqual([expect.objectContaining({ url: APP, checkout: { type: 'commit', sha: base } })])

  folder.git('remote', 'set-url', 'origin', 'https://github.com/mallory/app-patched')
  const fork = await on.main({ repository: '.' }, 'pull-request-target-fork', { GITHUB_SHA: base })
  expect(errorOf(fork)).toContain('of fork mallory/app-patched is not mounted')
})

test.concurrent.each(['deleted', 'moved'])('a checkout that is %s while the files are read', async (what) => {
  await using stage = await stageOf()
  const { on, folder, base } = stage
  folder.git('checkout', '--quiet', 'main')
  on.scene.workspace.write({ 'big.bin': Buffer.alloc(64_000_000) })
  // Nobody can hit the moment from outside: the step itself changes the checkout once it reads the large file.
  on.scene.workspace.write({
    'hook.cjs': `
      const fs = require('node:fs')
      const { promises } = fs
      const open = promises.open
      promises.open = async (path, ...rest) => {
        if (String(path).endsWith('big.bin')) {
          ${what === 'moved' ? `fs.writeFileSync('${folder.path('.git/HEAD')}', '${folder.tip}\\n')` : `fs.rmSync('${folder.path('.git/HEAD')}')`}
        }
        return open(path, ...rest)
      }`,
  })
  const env = { ...on.env('pull-request-target-fork'), GITHUB_SHA: base }
  const nodeOptions = ['--require', on.scene.workspace.path('hook.cjs')]
  const main = await on.scene.main({ files: 'big.bin' }, { env, nodeOptions })
  expect(errorOf(main)).toMatch(/^Another commit was checked out while the files were read\./)
  expect(on.scene.emulator.journal()).toEqual([])
})
