import { expect, test } from '@jest/globals'
import { decideCheckout, type RepositoryRequest } from '../../../src/desired/repository/checkout.ts'
import { untrustedRepository } from '../../../src/desired/untrusted.ts'
import { parseRepository } from '../../../src/inputs/repository-name.ts'
import { parseEvent } from '../../../src/runner/workflow-event.ts'
import { eventFixture, sha } from './event-fixture.ts'

type Request = Omit<Partial<RepositoryRequest>, 'repository'> & { readonly repository?: string }

function guard(event: string, { repository = 'octo-org/app', checkout = 'commit', ref }: Request = {}) {
  const name = parseRepository(repository)
  if ('problem' in name) throw new Error(name.problem)
  const { env, event: payload } = eventFixture(event)
  const parsed = parseEvent(env, payload)
  const decision = decideCheckout({ repository: { kind: 'named', name }, checkout, ref }, parsed, undefined)
  if (!decision.ok) throw new Error(decision.refusal)
  return untrustedRepository(decision, parsed)
}

const TARGET = 'pull_request_target #47: head f04c470 of fork mallory/app-patched is not mounted: '
const RUN = 'workflow_run of pull_request: head f04c520 of fork stranger/app is not mounted: '

const REFUSED: readonly (readonly [string, string, Request, string])[] = [
  ['its head', 'pull-request-target-fork', {}, TARGET],
  ['its branch', 'pull-request-target-fork', { checkout: 'branch' }, TARGET],
  ['the fork by its name', 'pull-request-target-fork', { repository: 'Mallory/App-Patched' }, TARGET],
  [
    'the fork at a branch',
    'pull-request-target-fork',
    { repository: 'mallory/app-patched', ref: 'refs/heads/other' },
    TARGET,
  ],
  [
    'the default branch of the fork',
    'pull-request-target-fork',
    { repository: 'mallory/app-patched', checkout: 'default' },
    TARGET,
  ],
  ['its SHA through the base', 'pull-request-target-fork', { ref: sha('f04c4700') }, TARGET],
  ['its SHA in capitals', 'pull-request-target-fork', { ref: sha('F04C4700') }, TARGET],
  ['its test merge', 'pull-request-target-fork', { ref: sha('deca4700') }, TARGET],
  ['what an earlier workflow ran on', 'workflow-run-fork', {}, RUN],
  ['the branch that an earlier workflow ran on', 'workflow-run-fork', { checkout: 'branch' }, RUN],
  ['its SHA through the base, of an earlier workflow', 'workflow-run-fork', { ref: sha('f04c5200') }, RUN],
  [
    'a commit of which a comment does not say whose it is',
    'issue-comment-pull-request',
    { ref: sha('f04c4900') },
    'issue_comment on a pull request: whose commit f04c490 is cannot be told, so it is not mounted: ',
  ],
]

test.each(REFUSED)('refused in a workflow with secrets: %s (%s)', (_, event, request, start) => {
  const text = guard(event, request)
  expect(text?.slice(0, start.length)).toBe(start)
  expect(text).toMatch(/stranger.*secrets.*`\.claude\/skills`.*instructions.*`allow-untrusted: true`$/)
})

const TRUSTED: readonly (readonly [string, string, Request])[] = [
  ['a fork, without secrets', 'pull-request-fork', {}],
  ['a review of a fork, without secrets', 'pull-request-review-fork', {}],
  ['a head of the repository itself', 'pull-request-target', {}],
  ['its branch', 'pull-request-target', { checkout: 'branch' }],
  ['an earlier workflow of the repository itself', 'workflow-run', {}],
  ['the default branch of the base', 'pull-request-target-fork', { checkout: 'default' }],
  ['a branch of the base', 'pull-request-target-fork', { ref: 'release/2.x' }],
  ['a commit of the base', 'pull-request-target-fork', { ref: sha('ba5e0100') }],
  ['another repository', 'pull-request-target-fork', { repository: 'octo-org/tools' }],
  ['the default branch, on a comment', 'issue-comment-pull-request', {}],
  ['a branch, on a comment', 'issue-comment-pull-request', { ref: 'main' }],
  ['the tip of the default branch, on a comment', 'issue-comment-pull-request', { ref: sha('ba5e0100') }],
  ['any commit, on a comment on an issue', 'issue-comment', { ref: sha('c0de0100') }],
  ['any commit, on a push', 'push', { ref: sha('c0de0000') }],
]

test.each(TRUSTED)('let through: %s (%s)', (_, event, request) => {
  expect(guard(event, request)).toBeUndefined()
})
