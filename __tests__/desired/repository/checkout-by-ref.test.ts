import { expect, test } from '@jest/globals'
import { decideCheckout } from '../../../src/desired/repository/checkout.ts'
import type { LocalGit } from '../../../src/desired/repository/local-git.ts'
import { parseEvent } from '../../../src/runner/workflow-event.ts'
import { decisionText } from './decision-text.ts'
import { eventFixture, sha } from './event-fixture.ts'

const OTHER = 'abcdef01'
const REPOSITORY = { kind: 'named', name: { owner: 'octo-org', name: 'app' } } as const
const HEAD_OF_DISK = '0123456789abcdef0123456789abcdef01234567'
const GIT: LocalGit = {
  top: '/checkout',
  head: HEAD_OF_DISK,
  branch: undefined,
  commit: undefined,
  superproject: undefined,
  remote: undefined,
  hasRefTable: false,
}

function decide(ref: string, event: string, git?: LocalGit): string {
  const { env, event: payload } = eventFixture(event)
  const request = { repository: REPOSITORY, checkout: 'commit', ref } as const
  return decisionText(decideCheckout(request, parseEvent(env, payload), git))
}

const toRef = (ref: string) => `octo-org/app ref ${ref}: ref "${ref}"`
const shortSha = (ref: string, full: string) =>
  `refused: ref "${ref}" is a short SHA, which may come to mean another commit; give the full one: ${full}`
const noSuchRef = (ref: string) =>
  `refused: ref "${ref}": sessions can check out branches and commits only; give the full SHA instead`

test.each([
  ['a branch', 'release/2.x', toRef('release/2.x')],
  ['a tag', 'v1.4.0', toRef('v1.4.0')],
  ['refs/heads/', 'refs/heads/main', 'octo-org/app branch main: ref "refs/heads/main"'],
  ['refs/tags/', 'refs/tags/v1.4.0', toRef('refs/tags/v1.4.0')],
  ['a full SHA', sha(OTHER), `octo-org/app commit ${sha(OTHER)}: ref abcdef0`],
  ['a full SHA in capitals', sha(OTHER).toUpperCase(), `octo-org/app commit ${sha(OTHER)}: ref ABCDEF0`],
  ['a full SHA-256', OTHER.repeat(8), `octo-org/app commit ${OTHER.repeat(8)}: ref abcdef0`],
  ['the head of a pull request', 'refs/pull/1/head', noSuchRef('refs/pull/1/head')],
  ['the merge of a pull request', 'refs/pull/1/merge', noSuchRef('refs/pull/1/merge')],
  ['a note', 'refs/notes/commits', noSuchRef('refs/notes/commits')],
  ['the start of the head', 'feed4200', shortSha('feed4200', sha('feed4200'))],
  ['the start of the head, seven digits', 'feed420', shortSha('feed420', sha('feed4200'))],
  ['the start of the head in capitals', 'FEED4200FEED', shortSha('FEED4200FEED', sha('feed4200'))],
  ['all but the last digit', sha('feed4200').slice(0, 39), shortSha(sha('feed4200').slice(0, 39), sha('feed4200'))],
  ['the start of HEAD on the disk', '0123456', shortSha('0123456', HEAD_OF_DISK)],
  ['what only GitHub can tell from a short SHA', 'abcdef0', toRef('abcdef0')],
  ['six digits, which git does not shorten to', 'feed42', toRef('feed42')],
  ['a name like one', 'feed4200-fix', toRef('feed4200-fix')],
])('%s', (_, ref, expected) => expect(decide(ref, 'pull-request', GIT)).toBe(expected))

test('the start of a pushed commit is known without a checkout', () => {
  expect(decide('c0de0100', 'push')).toBe(shortSha('c0de0100', sha('c0de0100')))
})

test('the start of HEAD on the disk is known without an event', () => {
  const request = { repository: REPOSITORY, checkout: 'commit', ref: '0123456' } as const
  expect(decisionText(decideCheckout(request, { kind: 'none' }, GIT))).toBe(shortSha('0123456', HEAD_OF_DISK))
})

test('a ref is of the named repository, also where the event is about a fork', () => {
  expect(decide(sha('f04c4300'), 'pull-request-fork')).toBe(`octo-org/app commit ${sha('f04c4300')}: ref f04c430`)
})
