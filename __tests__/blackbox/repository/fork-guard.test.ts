import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../../src/text/json.ts'
import { sha } from '../../desired/repository/event-fixture.ts'
import { GitFolder } from '../../desired/repository/git-folder.ts'
import { GitHubScene } from '../../desired/repository/github-scene.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'

const APP = { repository: 'octo-org/app' }
const ALLOW = { 'allow-untrusted': 'true' }
const RISK =
  /a stranger may have written it, and this workflow has secrets: `\.claude\/skills`.*set `allow-untrusted: true`\n/

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
  "%s: the fork's head is refused, unless it is allowed",
  async (event, url, commit, subject) => {
    await using on = await GitHubScene.open()
    const text = refusal(on, await on.main({ ...APP, files: 'a.txt' }, event))
    const fork = url.replace('https://github.com/', '')
    expect(text).toContain(`${subject}: head ${commit.slice(0, 7)} of fork ${fork} is not mounted: `)
    expect(on.github.journal()).toEqual([])

    const allowed = await on.main({ ...APP, ...ALLOW }, event)
    expect(allowed).toMatchObject({ exitCode: 0, stderr: '' })
    expect(on.created()).toEqual([expect.objectContaining({ url, checkout: { type: 'commit', sha: commit } })])
  },
)

/** Writes the SHA of a real commit into the recorded event. */
const withHead =
  (head: string) =>
  (event: JsonObject): JsonObject => {
    const { pull_request: pullRequest, workflow_run: run } = event as {
      readonly pull_request?: { readonly head: object }
      readonly workflow_run?: object
    }
    return pullRequest === undefined
      ? { ...event, workflow_run: { ...run, head_sha: head } }
      : { ...event, pull_request: { ...pullRequest, head: { ...pullRequest.head, sha: head } } }
  }

const OWN = 'https://github.com/octo-org/app'

test.concurrent.each(FORKS.map(([event]) => event))("%s: files of the fork's head are refused", async (event) => {
  await using on = await GitHubScene.open()
  const { root } = on.scene.workspace
  const folder = GitFolder.pullRequest(OWN, root)
  folder.git('checkout', '--quiet', folder.tip)
  const env = on.env(event, withHead(folder.tip))
  const main = await on.main({ files: '*.txt' }, event, env)
  expect(refusal(on, main)).toContain(
    `: the files in ${root} are not mounted, because ${folder.tip.slice(0, 7)} of a pull request is checked out there: `,
  )

  const allowed = await on.main({ files: '*.txt', ...ALLOW }, event, env)
  expect(allowed).toMatchObject({ exitCode: 0, stderr: '' })
  expect(on.scene.uploads()).toHaveLength(3)
})

test.concurrent('a prompt out of the fork is refused', async () => {
  await using on = await GitHubScene.open()
  const { root } = on.scene.workspace
  const folder = GitFolder.pullRequest(OWN, root)
  folder.git('checkout', '--quiet', folder.tip)
  const event = 'pull-request-target-fork'
  const env = on.env(event, withHead(folder.tip))
  const inputs = { ...APP, checkout: 'default', 'prompt-file': 'patch.txt' }
  expect(refusal(on, await on.main(inputs, event, env))).toContain(`the files in ${root} are not mounted`)

  expect(await on.main({ ...inputs, ...ALLOW }, event, env)).toMatchObject({ exitCode: 0, stderr: '' })
})

test.concurrent('the fork in a sub-folder: only its files are refused', async () => {
  await using on = await GitHubScene.open()
  GitFolder.initial(OWN, on.scene.workspace.root)
  const inside = GitFolder.pullRequest(OWN, on.scene.workspace.path('pr'))
  const env = on.env('pull-request-target-fork', withHead(inside.tip))
  const main = await on.main({ files: 'a.txt\npr/patch.txt' }, 'pull-request-target-fork', env)
  expect(refusal(on, main)).toContain(`the files in ${inside.root} are not mounted`)

  const ours = await on.main({ files: 'a.txt\nfirst.txt' }, 'pull-request-target-fork', env)
  expect(ours).toMatchObject({ exitCode: 0, stderr: '' })
})

test.concurrent('`root` in the sub-folder, and a link out of the base into it', async () => {
  await using on = await GitHubScene.open()
  GitFolder.initial(OWN, on.scene.workspace.root)
  const inside = GitFolder.pullRequest(OWN, on.scene.workspace.path('pr'))
  on.scene.workspace.link('innocent.txt', 'pr/patch.txt')
  const env = on.env('pull-request-target-fork', withHead(inside.tip))
  for (const inputs of [{ files: 'patch.txt', root: inside.root }, { files: 'innocent.txt' }])
    expect(refusal(on, await on.main(inputs, 'pull-request-target-fork', env))).toContain(inside.root)
})

test.concurrent('`.` in a checkout of the fork', async () => {
  await using on = await GitHubScene.open()
  const folder = GitFolder.initial('https://github.com/mallory/app-patched', on.scene.workspace.root)
  const env = on.env('pull-request-target-fork')
  const text = refusal(on, await on.main({ repository: '.' }, 'pull-request-target-fork', env))
  expect(text).toContain('of fork mallory/app-patched is not mounted')
  expect(folder.head()).toMatch(/^[0-9a-f]{40}$/)
})

test.concurrent.each([
  ['the base, on pull_request_target', 'pull-request-target-fork', { ...APP, checkout: 'default', files: 'a.txt' }],
  ['a head of the repository itself', 'workflow-run', { ...APP, ref: sha('feed4200'), files: 'a.txt' }],
  ['a fork, without secrets', 'pull-request-fork', { ...APP, files: 'a.txt' }],
  ['the default branch, on a comment', 'issue-comment-pull-request', { ...APP, files: 'a.txt' }],
])('let through: %s', async (_, event, inputs) => {
  await using on = await GitHubScene.open()
  const main = await on.main(inputs, event)
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(annotations(main, 'warning')).toEqual([])
})

test.concurrent('a comment on a pull request does not say whose a commit is', async () => {
  await using on = await GitHubScene.open()
  const inputs = { ...APP, ref: sha('f04c4300') }
  expect(refusal(on, await on.main(inputs, 'issue-comment-pull-request'))).toContain(
    'issue_comment on a pull request: whose commit f04c430 is cannot be told, so it is not mounted: ',
  )
  expect(await on.main({ ...inputs, ...ALLOW }, 'issue-comment-pull-request')).toMatchObject({ exitCode: 0 })
})

test.concurrent('files of another commit, on a comment on a pull request', async () => {
  await using on = await GitHubScene.open()
  const folder = GitFolder.initial(OWN, on.scene.workspace.root)
  const main = await on.main({ files: 'first.txt' }, 'issue-comment-pull-request')
  expect(refusal(on, main)).toContain(`because ${folder.head().slice(0, 7)} of a pull request is checked out there`)
  const same = { GITHUB_SHA: folder.head() }
  expect(await on.main({ files: 'first.txt' }, 'issue-comment-pull-request', same)).toMatchObject({ exitCode: 0 })
})

test.concurrent('an allow-untrusted that is neither true nor false allows nothing', async () => {
  await using on = await GitHubScene.open()
  const main = await on.main({ ...APP, 'allow-untrusted': 'yes' }, 'pull-request-target-fork')
  expect(errorOf(main)).toMatch(/- allow-untrusted: .*"yes"/)
  expect(on.scene.emulator.journal()).toEqual([])
})
