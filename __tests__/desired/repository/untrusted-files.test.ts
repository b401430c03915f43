import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@jest/globals'
import { untrustedFiles } from '../../../src/desired/untrusted.ts'
import type { WorkflowEvent } from '../../../src/runner/workflow-event.ts'
import { GitFolder } from './git-folder.ts'
import { commitEvent, headEvent } from './parsed-event.ts'

const OWN = 'https://github.com/octo-org/app'
const FORK = 'https://github.com/mallory/app-patched'
const FORK_EVENTS = ['pull-request-target-fork', 'workflow-run-fork']

/** The refusal's first half: what it says of where the files are. */
async function refusal(files: readonly string[], event: WorkflowEvent): Promise<string | undefined> {
  const text = await untrustedFiles(files, event)
  if (text !== undefined) expect(text).toMatch(/: a stranger may have written it.*`allow-untrusted: true`$/)
  return text
}

const about = (event: { readonly subject: string }, folder: string, sha: string) =>
  `${event.subject}: the files in ${folder} are not mounted, because ${sha.slice(0, 7)} of a pull request is checked out there: `

test.each(FORK_EVENTS)("%s: the fork's head", async (name) => {
  using folder = GitFolder.pullRequest(OWN)
  folder.git('checkout', '--quiet', folder.tip)
  mkdirSync(folder.path('a/b'), { recursive: true })
  const event = headEvent(name, folder.tip)
  for (const file of ['patch.txt', 'a/b/report.xml'])
    expect(await refusal([folder.path(file)], event)).toContain(about(event, folder.root, folder.tip))
})

test.each(FORK_EVENTS)('%s: the test merge, known to the event', async (name) => {
  using folder = GitFolder.pullRequest(OWN)
  using clone = folder.clone(1, OWN)
  const event = headEvent(name, folder.tip, folder.merge)
  expect(await refusal([clone.path('patch.txt')], event)).toContain(about(event, clone.root, folder.merge))
})

test.each(FORK_EVENTS.flatMap((name) => [9, 1].map((depth) => [name, depth] as const)))(
  '%s: the test merge, unknown to the event, in a clone of depth %d',
  async (name, depth) => {
    using folder = GitFolder.pullRequest(OWN)
    using clone = folder.clone(depth, OWN)
    const event = headEvent(name, folder.tip)
    expect(await refusal([clone.path('patch.txt')], event)).toContain(about(event, clone.root, folder.merge))
  },
)

test('the fork in a sub-folder of a workspace that is not the fork', async () => {
  using folder = GitFolder.initial(OWN)
  const inside = GitFolder.pullRequest(OWN, folder.path('pr'))
  inside.git('checkout', '--quiet', inside.tip)
  const event = headEvent('pull-request-target-fork', inside.tip)
  const [ours, theirs] = [folder.path('first.txt'), inside.path('patch.txt')]
  expect(await refusal([ours], event)).toBeUndefined()
  expect(await refusal([ours, theirs], event)).toContain(about(event, inside.root, inside.tip))
})

test('a checkout of our own inside of the fork is not the fork', async () => {
  using folder = GitFolder.pullRequest(OWN)
  folder.git('checkout', '--quiet', folder.tip)
  const tools = GitFolder.initial('https://github.com/octo-org/tools', folder.path('tools'))
  const event = headEvent('pull-request-target-fork', folder.tip)
  expect(await refusal([tools.path('first.txt')], event)).toBeUndefined()
})

test('a submodule of the fork is whatever the fork says it is', async () => {
  using library = GitFolder.initial()
  using folder = GitFolder.pullRequest(OWN)
  folder.git('checkout', '--quiet', 'patch')
  folder.git('submodule', '--quiet', 'add', library.root, 'lib')
  const event = headEvent('pull-request-target-fork', folder.commit('with a library'))
  expect(await refusal([folder.path('lib/first.txt')], event)).toContain(event.subject)
})

test('a commit that came after the event, in a clone of the fork', async () => {
  using folder = GitFolder.initial(FORK)
  const event = headEvent('pull-request-target-fork', folder.head())
  folder.commit('pushed meanwhile')
  folder.commit('and once more')
  expect(await refusal([folder.path('first.txt')], event)).toContain(event.subject)
})

test('a deleted fork', async () => {
  using folder = GitFolder.pullRequest(OWN)
  const event = headEvent('pull-request-target-fork', folder.tip)
  const gone = { ...event, head: { ...event.head, repository: undefined } }
  expect(await refusal([folder.path('patch.txt')], gone)).toContain(about(event, folder.root, folder.merge))
})

test('a comment on a pull request: any commit but the one that the workflow is of', async () => {
  using folder = GitFolder.initial(OWN)
  const event = commitEvent('issue-comment-pull-request', folder.head())
  expect(await refusal([folder.path('first.txt')], event)).toBeUndefined()
  const other = folder.commit('somebody’s')
  expect(await refusal([folder.path('first.txt')], event)).toContain(about(event, folder.root, other))
  expect(await refusal([folder.path('first.txt')], { ...event, isPullRequestComment: false })).toBeUndefined()
})

test.each(['pull-request-fork', 'pull-request-target', 'workflow-run', 'pull-request-review-fork'])(
  '%s is let through',
  async (name) => {
    using folder = GitFolder.pullRequest(OWN)
    expect(await refusal([folder.path('patch.txt')], headEvent(name, folder.tip, folder.merge))).toBeUndefined()
  },
)

test('the base, files outside of any checkout, and no files are let through', async () => {
  using folder = GitFolder.pullRequest(OWN)
  folder.git('checkout', '--quiet', 'main')
  const event = headEvent('pull-request-target-fork', folder.tip, folder.merge)
  expect(await refusal([folder.path('first.txt')], event)).toBeUndefined()
  expect(await refusal([], event)).toBeUndefined()
  const outside = mkdtempSync(path.join(tmpdir(), 'session-mount-plain-'))
  writeFileSync(path.join(outside, 'a.txt'), 'a')
  expect(await refusal([path.join(outside, 'a.txt')], event)).toBeUndefined()
  rmSync(outside, { recursive: true })
})
