import { describe, expect, test } from '@jest/globals'
import { decideCheckout } from '../../../src/desired/repository/checkout.ts'
import type { RepositoryRequest } from '../../../src/inputs/repository.ts'
import { parseRepository, type RepositoryName } from '../../../src/inputs/repository-name.ts'
import { parseEvent } from '../../../src/runner/workflow-event.ts'
import { decisionText } from './decision-text.ts'
import { EVENT_NAMES, eventFixture, sha } from './event-fixture.ts'

const OWN = 'octo-org/app'
const FORK = 'stranger/app'
const QUEUE = `gh-readonly-queue/main/pr-48-${sha('ba5e0100')}`
const NO_BRANCH = 'not a branch; use `checkout: commit`, or name the branch with `ref`'
const FORK_GONE =
  'refused: pull_request #44: the fork that head f04c440 is from was deleted, so nothing can be cloned; set `ref` to a commit of octo-org/app'
const DELETED =
  'refused: push that deleted refs/heads/feature/old is about no commit; set `ref`, or `checkout: default`'

/** What `repository: ${{ github.repository }}` comes to on each event: the commit, and the branch. */
const TABLE: Readonly<Record<string, readonly [commit: string, branch: string]>> = {
  push: [
    `${OWN} commit ${sha('c0de0100')}: push: commit c0de010 of branch feature/search`,
    `${OWN} branch feature/search: push: branch feature/search`,
  ],
  'push-branch-deleted': [DELETED, DELETED],
  'push-tag': [
    `${OWN} commit ${sha('7a900100')}: push: commit 7a90010 of tag v1.4.0`,
    `refused: push is about tag v1.4.0, ${NO_BRANCH}`,
  ],
  'push-tag-annotated': [
    `${OWN} commit ${sha('7a90c0de')}: push: commit 7a90c0d of tag v2.0.0`,
    `refused: push is about tag v2.0.0, ${NO_BRANCH}`,
  ],
  'pull-request': [
    `${OWN} commit ${sha('feed4200')}: pull_request #42: head feed420, not the merge commit deca420`,
    `${OWN} branch feature/search: pull_request #42: branch feature/search`,
  ],
  'pull-request-dependabot': [
    `${OWN} commit ${sha('deb04500')}: pull_request #45: head deb0450, not the merge commit deca450`,
    `${OWN} branch dependabot/npm_and_yarn/undici-8.12.4: pull_request #45: branch dependabot/npm_and_yarn/undici-8.12.4`,
  ],
  'pull-request-fork': [
    `${FORK} commit ${sha('f04c4300')}: pull_request #43: head f04c430 of fork ${FORK}, not the merge commit deca430`,
    `${FORK} branch patch-1: pull_request #43: branch patch-1 of fork ${FORK}`,
  ],
  'pull-request-fork-deleted': [FORK_GONE, FORK_GONE],
  'pull-request-review-fork': [
    `${FORK} commit ${sha('f04c5500')}: pull_request_review #55: head f04c550 of fork ${FORK}, not the merge commit deca550`,
    `${FORK} branch patch-3: pull_request_review #55: branch patch-3 of fork ${FORK}`,
  ],
  'pull-request-target': [
    `${OWN} commit ${sha('feed4600')}: pull_request_target #46: head feed460, not the merge commit deca460`,
    `${OWN} branch feature/paging: pull_request_target #46: branch feature/paging`,
  ],
  'pull-request-target-fork': [
    `mallory/app-patched commit ${sha('f04c4700')}: pull_request_target #47: head f04c470 of fork mallory/app-patched, not the merge commit deca470`,
    'mallory/app-patched branch main: pull_request_target #47: branch main of fork mallory/app-patched',
  ],
  'merge-group': [
    `${OWN} commit ${sha('face4800')}: merge_group: commit face480 of branch ${QUEUE}`,
    `${OWN} branch ${QUEUE}: merge_group: branch ${QUEUE}`,
  ],
  'workflow-dispatch': [
    `${OWN} commit ${sha('c0de5400')}: workflow_dispatch: commit c0de540 of branch feature/search`,
    `${OWN} branch feature/search: workflow_dispatch: branch feature/search`,
  ],
  'workflow-dispatch-tag': [
    `${OWN} commit ${sha('7a900100')}: workflow_dispatch: commit 7a90010 of tag v1.4.0`,
    `refused: workflow_dispatch is about tag v1.4.0, ${NO_BRANCH}`,
  ],
  'workflow-run': [
    `${OWN} commit ${sha('feed5100')}: workflow_run of pull_request: head feed510`,
    `${OWN} branch feature/search: workflow_run of pull_request: branch feature/search`,
  ],
  'workflow-run-fork': [
    `${FORK} commit ${sha('f04c5200')}: workflow_run of pull_request: head f04c520 of fork ${FORK}`,
    `${FORK} branch patch-4: workflow_run of pull_request: branch patch-4 of fork ${FORK}`,
  ],
  schedule: [
    `${OWN} commit ${sha('ba5e0100')}: schedule: commit ba5e010 of branch main`,
    `${OWN} branch main: schedule: branch main`,
  ],
  release: [
    `${OWN} commit ${sha('5e1ea5e1')}: release: commit 5e1ea5e of tag v2.1.0`,
    `refused: release is about tag v2.1.0, ${NO_BRANCH}`,
  ],
  'issue-comment': [
    `${OWN} commit ${sha('ba5e0100')}: issue_comment: commit ba5e010 of branch main`,
    `${OWN} branch main: issue_comment: branch main`,
  ],
  'issue-comment-pull-request': [
    `${OWN} commit ${sha('ba5e0100')}: issue_comment: commit ba5e010 of branch main`,
    `${OWN} branch main: issue_comment: branch main`,
  ],
  'repository-dispatch': [
    `${OWN} commit ${sha('ba5e0100')}: repository_dispatch: commit ba5e010 of branch main`,
    `${OWN} branch main: repository_dispatch: branch main`,
  ],
  deployment: [
    `${OWN} commit ${sha('de915300')}: deployment: commit de91530 of branch release/2.x`,
    `${OWN} branch release/2.x: deployment: branch release/2.x`,
  ],
  'deployment-sha': [
    `${OWN} commit ${sha('de915400')}: deployment: commit de91540`,
    `refused: deployment is about a commit, ${NO_BRANCH}`,
  ],
}

/** What is decided on an event, without a checkout on the disk. */
function decide(event: string, repository: string, more: Partial<RepositoryRequest> = {}): string {
  const { env, event: payload } = eventFixture(event)
  const request = { repository: named(repository), checkout: 'commit', ref: undefined, ...more } as const
  return decisionText(decideCheckout(request, parseEvent(env, payload), undefined))
}

function named(text: string): { readonly kind: 'named'; readonly name: RepositoryName } {
  const name = parseRepository(text)
  if ('problem' in name) throw new Error(`${text} ${name.problem}`)
  return { kind: 'named', name }
}

test('every fixture is in the table', () => {
  expect(Object.keys(TABLE).sort()).toEqual([...EVENT_NAMES].sort())
})

describe.each(Object.entries(TABLE))('%s', (event, [commit, branch]) => {
  test('checkout: commit', () => expect(decide(event, OWN)).toBe(commit))
  test('checkout: branch', () => expect(decide(event, OWN, { checkout: 'branch' })).toBe(branch))
  test('checkout: default', () =>
    expect(decide(event, OWN, { checkout: 'default' })).toBe(`${OWN} default: checkout: default`))
  test('ref goes before all of it', () => {
    const checkouts = ['commit', 'branch', 'default'] as const
    for (const checkout of checkouts)
      expect(decide(event, OWN, { checkout, ref: 'main' })).toBe(`${OWN} ref main: ref "main"`)
  })
  test('another repository: its default branch', () =>
    expect(decide(event, 'octo-org/other')).toBe(
      'octo-org/other default: not the repository of this workflow: its default branch (set `ref` for another)',
    ))
  test('the same in other letters', () => {
    const [actual, expected] = [decide(event, 'Octo-Org/App'), decide(event, OWN)]
    expect(actual.toLowerCase()).toBe(expected.toLowerCase())
  })
})

test('a fork that is named itself is mounted at the head, too', () => {
  expect(decide('pull-request-fork', FORK)).toBe(TABLE['pull-request-fork']?.[0])
})

describe('without a payload that tells', () => {
  const request = { repository: named(OWN), checkout: 'commit', ref: undefined } as const
  const decideWith = (env: Readonly<Record<string, string>>) =>
    decisionText(decideCheckout(request, parseEvent(env, {}), undefined))

  test('a local run has no event: the default branch', () => {
    expect(decideWith({})).toBe(`${OWN} default: no event says which commit: the default branch`)
  })
  test('act without an event file: GITHUB_SHA', () => {
    const env = { GITHUB_EVENT_NAME: 'push', GITHUB_SHA: sha('c0de0100'), GITHUB_REF: 'refs/heads/main' }
    expect(decideWith({ ...env, GITHUB_REPOSITORY: OWN })).toBe(
      `${OWN} commit ${sha('c0de0100')}: push: commit c0de010 of branch main`,
    )
  })
  test('an event without a commit: the default branch', () => {
    expect(decideWith({ GITHUB_EVENT_NAME: 'push', GITHUB_REPOSITORY: OWN })).toContain(`${OWN} default: `)
  })
})
