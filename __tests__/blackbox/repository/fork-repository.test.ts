import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../../src/text/json.ts'
import { sha } from '../../desired/repository/event-fixture.ts'
import { GitFolder } from '../../desired/repository/git-folder.ts'
import { GitHubScene } from '../../desired/repository/github-scene.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'

type Inputs = Readonly<Record<string, string>>

const APP = { repository: 'octo-org/app' }
const ALLOW = { 'allow-untrusted': 'true' }
const OWN = 'https://github.com/octo-org/app'
const RISK =
  /A stranger may have written it, and this workflow has secrets: `\.claude\/skills`.*To mount the base instead, set `checkout: default`.*; if .* set `allow-untrusted: true`\n/

function refusal(on: GitHubScene, main: Parameters<typeof errorOf>[0]): string {
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(on.scene.emulator.journal()).toEqual([])
  const text = errorOf(main)
  expect(text).toMatch(RISK)
  expect(text).toMatch(/\nNothing was changed\.$/)
  return text
}

const FORKS = [
  ['pull-request-target-fork', 'https://github.com/mallory/app-patched', sha('f04c4700'), 'pull_request_target #47'],
  ['workflow-run-fork', 'https://github.com/stranger/app', sha('f04c5200'), 'workflow_run of pull_request'],
] as const

test.concurrent.each(FORKS)(
  "%s: the fork's head is refused without asking anybody, unless it is allowed",
  async (event, url, commit, subject) => {
    await using on = await GitHubScene.open()
    const text = refusal(on, await on.main(APP, event))
    const fork = url.replace('https://github.com/', '')
    expect(text).toContain(`${subject}: head ${commit.slice(0, 7)} of fork ${fork} is not mounted. `)
    expect(on.github.journal()).toEqual([])

    const allowed = await on.main({ ...APP, ...ALLOW }, event)
    expect(allowed).toMatchObject({ exitCode: 0, stderr: '' })
    expect(on.created()).toEqual([expect.objectContaining({ url, checkout: { type: 'commit', sha: commit } })])
  },
)

const TARGET = 'pull-request-target-fork'
const COMMENT = 'issue-comment-pull-request'

const REFUSED: readonly (readonly [string, string, Inputs, RegExp])[] = [
  ["the fork's branch", TARGET, { ...APP, checkout: 'branch' }, /: fork mallory\/app-patched is not mounted\./],
  ['the fork by its name', TARGET, { repository: 'Mallory/App-Patched', checkout: 'default' }, /: fork Mallory/],
  ['a branch of the fork', TARGET, { repository: 'mallory/app-patched', ref: 'main' }, /: fork mallory/],
  ['its SHA through the base', TARGET, { ...APP, ref: sha('f04c4700') }, /commit f04c470 of octo-org\/app is not/],
  ['its SHA in capitals', TARGET, { ...APP, ref: sha('F04C4700') }, /commit f04c470 of octo-org\/app is not/],
  [
    'another SHA of the fork through the base',
    TARGET,
    { ...APP, ref: sha('f04c4300') },
    /does not have it on main or /,
  ],
  ['its SHA behind a run', 'workflow-run-fork', { ...APP, ref: sha('f04c5200') }, /commit f04c520 .* on main of octo/],
  ['a branch behind a run', 'workflow-run-fork', { ...APP, checkout: 'branch' }, /: fork stranger\/app is not/],
  ['a SHA on a comment', COMMENT, { ...APP, ref: sha('f04c4300') }, /issue_comment: commit f04c430 of octo-org\/app/],
  [
    'a branch of a fork on a comment',
    COMMENT,
    { repository: 'stranger/app', ref: 'patch-1' },
    /belongs to another owner/,
  ],
  [
    'a fork on a comment',
    COMMENT,
    { repository: 'mallory/app-patched' },
    /repository mallory\/app-patched is not mounted: .*owner/,
  ],
  ['a SHA of a fork on a comment', COMMENT, { repository: 'stranger/app', ref: sha('f04c4300') }, /another owner/],
]

test.concurrent.each(REFUSED)('refused: %s (%s)', async (_, event, inputs, message) => {
  await using on = await GitHubScene.open()
  expect(refusal(on, await on.main(inputs, event))).toMatch(message)
})

test.concurrent.each(REFUSED)('mounted with `allow-untrusted`: %s (%s)', async (_, event, inputs) => {
  await using on = await GitHubScene.open()
  expect(await on.main({ ...inputs, ...ALLOW }, event)).toMatchObject({ exitCode: 0, stderr: '' })
})

test.concurrent('its test merge cannot be checked out by anybody', async () => {
  await using on = await GitHubScene.open()
  const main = await on.main({ ...APP, ref: sha('deca4700'), ...ALLOW }, TARGET)
  expect(errorOf(main)).toMatch(/^commit deca470 is the merge that GitHub made to test a pull request/)
})

const MOUNTED: readonly (readonly [string, string, Inputs])[] = [
  ['the default branch', TARGET, { ...APP, checkout: 'default' }],
  ['the default branch behind a run', 'workflow-run-fork', { ...APP, checkout: 'default' }],
  ['a branch', TARGET, { ...APP, ref: 'main' }],
  ['a branch by its full name', TARGET, { ...APP, ref: 'refs/heads/release/2.x' }],
  ['a tag', TARGET, { ...APP, ref: 'v2.0.0' }],
  ['the commit of the workflow', TARGET, { ...APP, ref: sha('ba5e0100') }],
  ['the tip of a branch that the pull request is for', TARGET, { ...APP, ref: sha('de915300') }],
  ['the commit of the workflow behind a run', 'workflow-run-fork', { ...APP, ref: sha('ba5e0100') }],
  ['what a comment is about by default', COMMENT, APP],
  ['a branch on a comment', COMMENT, { ...APP, ref: 'feature/search' }],
  ['any commit on a comment on an issue', 'issue-comment', { ...APP, ref: sha('feed4200') }],
  ['any commit on a push', 'push', { ...APP, ref: sha('feed4200') }],
  ['a head of the repository itself', 'pull-request-target', { ...APP, ref: sha('feed4200') }],
  ['a head of the repository itself behind a run', 'workflow-run', { ...APP, ref: sha('feed4200') }],
  ['a fork without secrets', 'pull-request-fork', APP],
]

test.concurrent.each(MOUNTED)('mounted: %s (%s)', async (_, event, inputs) => {
  await using on = await GitHubScene.open()
  const main = await on.main(inputs, event)
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(annotations(main, 'warning')).toEqual([])
  expect(on.created()).toHaveLength(1)
})

/** As the payload is sent until GitHub has made the test merge. */
const withoutMerge = (event: JsonObject): JsonObject => ({
  ...event,
  pull_request: { ...(event.pull_request as object), merge_commit_sha: null },
})

test.concurrent.each([
  [{ checkout: 'default' }, undefined],
  [{ ref: 'main' }, { type: 'branch', name: 'main' }],
])('a pull request whose test merge is not made yet, and %j: the base', async (inputs, checkout) => {
  await using on = await GitHubScene.open()
  const main = await on.main({ ...APP, ...inputs }, TARGET, on.env(TARGET, withoutMerge))
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(on.created()).toEqual([expect.objectContaining({ url: OWN, ...(checkout && { checkout }) })])
})

test.concurrent('`.` in a checkout of the fork', async () => {
  await using on = await GitHubScene.open()
  GitFolder.initial('https://github.com/mallory/app-patched', on.scene.workspace.root)
  const text = refusal(on, await on.main({ repository: '.' }, TARGET))
  expect(text).toContain('of fork mallory/app-patched is not mounted')
})

test.concurrent('`.` at a commit of the fork that the event does not know', async () => {
  await using on = await GitHubScene.open()
  const folder = GitFolder.pullRequest(OWN, on.scene.workspace.root)
  folder.git('checkout', '--quiet', 'patch')
  folder.commit('another')
  on.publish(folder.history(), { main: folder.git('rev-parse', 'main') })
  expect(refusal(on, await on.main({ repository: '.' }, TARGET))).toContain('does not have it on main')
})

/** A run that a fork's `pull_request_target` started: its commit is the base's, its head repository the fork. */
const behindTarget = (event: JsonObject): JsonObject => ({
  ...event,
  workflow_run: { ...(event.workflow_run as object), event: 'pull_request_target', head_sha: sha('ba5e0100') },
})

test.concurrent("behind a fork's pull_request_target, the base is mounted, and its files", async () => {
  await using on = await GitHubScene.open()
  const env = on.env('workflow-run-fork', behindTarget)
  const main = await on.main(APP, 'workflow-run-fork', env)
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  const commit = { type: 'commit', sha: sha('ba5e0100') }
  expect(on.created()).toEqual([expect.objectContaining({ url: OWN, checkout: commit })])
  expect(main.stdout).toContain('(workflow_run of pull_request_target: commit ba5e010)')

  const folder = GitFolder.initial(OWN, on.scene.workspace.root)
  const files = await on.main({ files: 'first.txt' }, 'workflow-run-fork', { ...env, GITHUB_SHA: folder.head() })
  expect(files).toMatchObject({ exitCode: 0, stderr: '' })
})

test.concurrent.each([
  ['pull_request', 1],
  ['pull_request_target', 1],
  ['push', 0],
  ['schedule', 0],
  ['issue_comment', 1],
  ['check_suite', 1],
  ['some_later_event', 1],
])('behind %s of a fork or on its behalf, files of no checkout: exit code %d', async (behind, exitCode) => {
  await using on = await GitHubScene.open()
  const isFork = behind.startsWith('pull_request')
  const fixture = isFork ? 'workflow-run-fork' : 'workflow-run'
  const env = on.env(fixture, (event) => ({
    ...event,
    workflow_run: { ...(event.workflow_run as object), event: behind },
  }))
  expect(await on.main({ files: 'a.txt' }, fixture, env)).toMatchObject({ exitCode })
})

test.concurrent('an allow-untrusted that is neither true nor false allows nothing', async () => {
  await using on = await GitHubScene.open()
  const main = await on.main({ ...APP, 'allow-untrusted': 'yes' }, TARGET)
  expect(errorOf(main)).toMatch(/- allow-untrusted: .*"yes"/)
  expect(on.scene.emulator.journal()).toEqual([])
})

test.concurrent('a labeler: the base, and the diff of a pull request of a fork, need no trust', async () => {
  await using on = await GitHubScene.open()
  const folder = GitFolder.pullRequest(OWN, on.scene.workspace.root)
  folder.git('checkout', '--quiet', '--detach', 'main')
  on.scene.workspace.write({ 'pr.diff': folder.git('diff', 'main', 'patch') })
  on.publish(folder.history(), { main: folder.head() })
  const inputs = {
    ...APP,
    checkout: 'default',
    files: 'pr.diff',
    prompt: 'Which labels fit /mnt/session/uploads/pr.diff?',
  }
  const main = await on.main(inputs, TARGET, { GITHUB_SHA: folder.head() })
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(annotations(main, 'warning')).toEqual([])
  expect(on.created()).toEqual([
    expect.objectContaining({ url: OWN }),
    expect.objectContaining({ mount_path: '/pr.diff' }),
  ])
})
