import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@jest/globals'
import { decideCheckout } from '../../../src/desired/repository/checkout.ts'
import { readLocalGit } from '../../../src/desired/repository/local-git.ts'
import type { WorkflowEvent } from '../../../src/runner/workflow-event.ts'
import { decisionText } from './decision-text.ts'
import { GitFolder } from './git-folder.ts'
import { commitEvent, headEvent } from './parsed-event.ts'

const OWN = 'octo-org/app'
const REMOTE = `https://github.com/${OWN}`
const LOCAL: WorkflowEvent = { kind: 'none' }
const NO_WORK_TREE =
  'refused: repository "." is the checkout at `root`, but there is no git work tree; run actions/checkout before, or name the repository'
const NO_REMOTE =
  'refused: repository ".": the work tree at `root` has no remote `origin`; name the repository as `owner/name`'
const NO_COMMIT = 'refused: repository ".": the work tree at `root` has no commit yet'
const NO_BRANCH =
  'refused: repository ".": HEAD is detached, so there is no branch; use `checkout: commit`, or name the branch with `ref`'

/** What `repository: .` comes to in a folder. */
async function decide(folder: string, event = LOCAL, checkout: 'commit' | 'branch' | 'default' = 'commit') {
  const request = { repository: { kind: 'here' }, checkout, ref: undefined } as const
  return decisionText(decideCheckout(request, event, await readLocalGit(folder)))
}

const headOf = (sha: string, repository = OWN) =>
  `${repository} commit ${sha}: HEAD ${sha.slice(0, 7)} of the work tree at \`root\``

test.each([
  REMOTE,
  `${REMOTE}.git`,
  `https://x-access-token:ghs_canary@github.com/${OWN}.git`,
  `git@github.com:${OWN}.git`,
  `git@github.com:${OWN}`,
  `ssh://git@github.com/${OWN}`,
  `ssh://git@github.com/${OWN}.git`,
])('the remote %s', async (remote) => {
  using folder = GitFolder.initial(remote)
  expect(await decide(folder.root)).toBe(headOf(folder.head()))
})

test.each([
  [
    'https://octo:ghs_canary@gitlab.com/octo-org/app.git',
    /: the remote of the work tree at `root` is on gitlab\.com, /,
  ],
  ['https://ghs_canary@github.com/octo-org', /: the remote of the work tree at `root` does not name a repository/],
  ['git@ghe.example.com:octo-org/app.git', / is on ghe\.example\.com, but sessions can clone from github\.com only/],
  ['ssh://ghs_canary@ghe.example.com/o/r', / is on ghe\.example\.com, /],
  ['/srv/ghs_canary/app.git', / leads to no host; name the repository as `owner\/name`/],
  ['file:///srv/ghs_canary/app.git', / leads to no host; name the repository as `owner\/name`/],
])('the remote %s is refused, and shows no credential', async (remote, message) => {
  using folder = GitFolder.initial(remote)
  const text = await decide(folder.root)
  expect(text).toMatch(/^refused: repository "\.": /)
  expect(text).toMatch(message)
  expect(text).not.toContain('canary')
})

test('a folder on the disk that looks like `owner/name` is no repository of GitHub', async () => {
  using folder = GitFolder.initial('backup/app')
  expect(await decide(folder.root)).toMatch(/^refused: /)
})

test('no remote', async () => {
  using folder = GitFolder.initial()
  expect(await decide(folder.root)).toBe(NO_REMOTE)
})

test('of several remotes origin counts, a single one whatever its name, otherwise none', async () => {
  using folder = GitFolder.initial()
  folder.git('remote', 'add', 'upstream', `git@github.com:${OWN}`)
  expect(await decide(folder.root)).toBe(headOf(folder.head()))
  folder.git('remote', 'add', 'mine', 'git@github.com:mona/app')
  expect(await decide(folder.root)).toBe(NO_REMOTE)
  folder.git('remote', 'add', 'origin', 'git@github.com:mona/other')
  expect(await decide(folder.root)).toBe(headOf(folder.head(), 'mona/other'))
})

test('no commit yet', async () => {
  using folder = GitFolder.empty(REMOTE)
  expect(await decide(folder.root)).toBe(NO_COMMIT)
  expect(await decide(folder.root, LOCAL, 'branch')).toBe(NO_COMMIT)
  expect(await decide(folder.root, LOCAL, 'default')).toBe(`${OWN} default: checkout: default`)
})

test('not a work tree, a folder that is not there, a bare repository', async () => {
  using folder = GitFolder.initial(REMOTE)
  folder.git('clone', '--quiet', '--bare', '.', 'bare.git')
  expect(await decide(path.dirname(folder.root))).toBe(NO_WORK_TREE)
  expect(await decide(folder.path('missing'))).toBe(NO_WORK_TREE)
  expect(await decide(folder.path('bare.git'))).toBe(NO_WORK_TREE)
  expect(await decide(folder.path('.git'))).toBe(NO_WORK_TREE)
})

test('a folder below the top', async () => {
  using folder = GitFolder.initial(REMOTE)
  mkdirSync(folder.path('a/b'), { recursive: true })
  expect(await decide(folder.path('a/b'))).toBe(headOf(folder.head()))
})

test('a branch that is checked out', async () => {
  using folder = GitFolder.initial(REMOTE)
  folder.git('checkout', '--quiet', '-b', 'feature/x')
  expect(await decide(folder.root, LOCAL, 'branch')).toBe(
    `${OWN} branch feature/x: the branch that is checked out at \`root\``,
  )
})

test('a detached HEAD is a commit, and a branch only where the event names it', async () => {
  using folder = GitFolder.initial(REMOTE)
  folder.git('checkout', '--quiet', '--detach')
  expect(await decide(folder.root)).toBe(headOf(folder.head()))
  expect(await decide(folder.root, LOCAL, 'branch')).toBe(NO_BRANCH)
  expect(await decide(folder.root, commitEvent('push', folder.head()), 'branch')).toBe(
    `${OWN} branch feature/search: push: HEAD is detached, at the tip of the event's branch`,
  )
  expect(await decide(folder.root, commitEvent('push-tag', folder.head()), 'branch')).toBe(NO_BRANCH)
  folder.commit('of the job')
  expect(await decide(folder.root, commitEvent('push', '0'.repeat(40)), 'branch')).toBe(NO_BRANCH)
})

test('a shallow clone', async () => {
  using folder = GitFolder.pullRequest(REMOTE)
  using clone = folder.clone(1, REMOTE)
  expect(clone.git('rev-parse', '--is-shallow-repository')).toBe('true')
  expect(await decide(clone.root)).toBe(headOf(folder.merge))
})

test('a worktree has its own HEAD', async () => {
  using folder = GitFolder.initial(REMOTE)
  folder.git('worktree', 'add', '--quiet', '-b', 'side', 'trees/side')
  const tree = new GitFolder(folder.path('trees/side'))
  const side = tree.commit('on the side')
  expect(side).not.toBe(folder.head())
  expect(await decide(tree.root)).toBe(headOf(side))
  expect(await decide(tree.root, LOCAL, 'branch')).toContain(`${OWN} branch side: `)
})

test('a submodule is a repository of its own', async () => {
  using library = GitFolder.initial()
  using folder = GitFolder.initial(REMOTE)
  folder.git('submodule', '--quiet', 'add', library.root, 'lib')
  new GitFolder(folder.path('lib')).git('remote', 'set-url', 'origin', 'git@github.com:octo-org/lib.git')
  folder.commit('with a library')
  expect(await decide(folder.path('lib'))).toBe(headOf(library.head(), 'octo-org/lib'))
  expect(await decide(folder.root)).toBe(headOf(folder.head()))
})

test('a work tree of another user', async () => {
  using folder = GitFolder.initial(REMOTE)
  process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER = '1'
  try {
    expect(await decide(folder.root)).toBe(headOf(folder.head()))
  } finally {
    delete process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER
  }
})

test.each([
  ['with its history', undefined],
  ['in a shallow clone', 1],
])('the merge commit of a pull request, %s, is its head', async (_, depth) => {
  using folder = GitFolder.pullRequest(REMOTE)
  using clone = folder.clone(depth ?? 9, REMOTE)
  const event = headEvent('pull-request-fork', folder.tip, folder.merge)
  const [head, merge] = [folder.tip.slice(0, 7), folder.merge.slice(0, 7)]
  expect(await decide(clone.root, event)).toBe(
    `stranger/app commit ${folder.tip}: pull_request #43: head ${head} of fork stranger/app, not the merge commit ${merge}`,
  )
  expect(await decide(clone.root, event, 'branch')).toBe(
    'stranger/app branch patch-1: pull_request #43: branch patch-1 of fork stranger/app',
  )
})

test.each([
  ['with its history', 9],
  ['in a shallow clone', 1],
])('a merge that the event does not know yet, %s, is recognised by its parents', async (_, depth) => {
  using folder = GitFolder.pullRequest(REMOTE)
  using clone = folder.clone(depth, REMOTE)
  const event = headEvent('pull-request-target-fork', folder.tip, undefined)
  expect(await decide(clone.root, event)).toBe(
    `mallory/app-patched commit ${folder.tip}: pull_request_target #47: head ${folder.tip.slice(0, 7)} of fork mallory/app-patched`,
  )
})

test('a merge that lies in a pack is recognised by the event', async () => {
  using folder = GitFolder.pullRequest(REMOTE)
  folder.git('gc', '--quiet', '--prune=now')
  expect(await decide(folder.root, headEvent('pull-request', folder.tip, folder.merge))).toBe(
    `${OWN} commit ${folder.tip}: pull_request #42: head ${folder.tip.slice(0, 7)}, not the merge commit ${folder.merge.slice(0, 7)}`,
  )
})

test('the head of a pull request that is checked out itself', async () => {
  using folder = GitFolder.pullRequest(REMOTE)
  folder.git('checkout', '--quiet', folder.tip)
  expect(await decide(folder.root, headEvent('pull-request', folder.tip, folder.merge))).toContain(
    `${OWN} commit ${folder.tip}: pull_request #42: head `,
  )
})

test('what is checked out counts where it is not what the event is about', async () => {
  using folder = GitFolder.pullRequest(REMOTE)
  folder.git('checkout', '--quiet', 'main')
  const event = headEvent('pull-request-target-fork', folder.tip, folder.merge)
  expect(await decide(folder.root, event)).toBe(headOf(folder.head()))
  expect(await decide(folder.root, event, 'branch')).toContain(`${OWN} branch main: `)
})
