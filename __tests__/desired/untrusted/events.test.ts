import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { EVENTS, ruleOf } from '../../../src/desired/untrusted/events.ts'
import { type EventSource, FORKS_GET_NO_SECRETS, parseEvent } from '../../../src/runner/workflow-event.ts'
import { EVENT_NAMES, eventFixture } from '../repository/event-fixture.ts'

type Change = EventSource['change']

const SHA = 'ba5e0100'.repeat(5)

function rule(name: string, change: Change, behind?: string): string {
  const source = { name, subject: name, repository: 'octo-org/app', workflowSha: SHA, branches: ['main'] }
  const found = ruleOf({ ...source, kind: 'deleted', change, behind })
  return `${found.kind}: ${found.because}`
}

const WRITERS = 'anything: only who may write to the repository can start it'
const NO_SECRETS = "anything: GitHub gives it no secrets when the pull request is a fork's"
const NO_CHANGE = 'anything: no commit of a stranger comes with it'
const OWN_CHANGE = 'anything: its change is on a branch of the repository itself'
const FORK = 'own: anyone can start it, it has secrets, and it is about a fork'
const UNKNOWN = 'own: anyone can start it, it has secrets, and it does not say whose change it is about'
const NOT_KNOWN = 'own: it is not known who can start it'

const CHANGES: readonly Change[] = ['none', 'own', 'fork', 'unknown']

const always = (text: string): Readonly<Record<Change, string>> => ({
  none: text,
  own: text,
  fork: text,
  unknown: text,
})
const byChange = { none: NO_CHANGE, own: OWN_CHANGE, fork: FORK, unknown: UNKNOWN }

/** What has to be proved on each event, by whose change its payload says that it is about. */
const TABLE: Readonly<Record<string, Readonly<Record<Change, string>>>> = {
  branch_protection_rule: always(WRITERS),
  create: always(WRITERS),
  delete: always(WRITERS),
  deployment: always(WRITERS),
  deployment_status: always(WRITERS),
  image_version: always(WRITERS),
  label: always(WRITERS),
  merge_group: always(WRITERS),
  milestone: always(WRITERS),
  page_build: always(WRITERS),
  public: always(WRITERS),
  push: always(WRITERS),
  registry_package: always(WRITERS),
  release: always(WRITERS),
  repository_dispatch: always(WRITERS),
  schedule: always(WRITERS),
  workflow_dispatch: always(WRITERS),
  discussion: always(NO_CHANGE),
  discussion_comment: always(NO_CHANGE),
  fork: always(NO_CHANGE),
  gollum: always(NO_CHANGE),
  issues: always(NO_CHANGE),
  watch: always(NO_CHANGE),
  pull_request: always(NO_SECRETS),
  pull_request_review: always(NO_SECRETS),
  pull_request_review_comment: always(NO_SECRETS),
  issue_comment: byChange,
  pull_request_target: byChange,
  check_run: always(UNKNOWN),
  check_suite: always(UNKNOWN),
  status: always(UNKNOWN),
  some_later_event: always(NOT_KNOWN),
  constructor: always(NOT_KNOWN),
}

describe.each(Object.entries(TABLE))('%s', (name, expected) => {
  test.each(CHANGES)('about %s', (change) => expect(rule(name, change)).toBe(expected[change]))
})

/** On `workflow_run`, by the event behind it; its head repository is the base's or a fork's. */
const BEHIND: Readonly<Record<string, string>> = {
  push: OWN_CHANGE,
  schedule: OWN_CHANGE,
  workflow_dispatch: OWN_CHANGE,
  merge_group: OWN_CHANGE,
  pull_request: OWN_CHANGE,
  pull_request_review: OWN_CHANGE,
  pull_request_target: OWN_CHANGE,
  issues: NO_CHANGE,
  discussion_comment: NO_CHANGE,
  issue_comment: UNKNOWN,
  workflow_run: UNKNOWN,
  check_suite: UNKNOWN,
  status: UNKNOWN,
  some_later_event: UNKNOWN,
  toString: UNKNOWN,
}

describe.each(Object.entries(BEHIND))('workflow_run behind %s', (behind, expected) => {
  test('of the repository itself', () => expect(rule('workflow_run', 'own', behind)).toBe(expected))
  test('of a fork', () => expect(rule('workflow_run', 'fork', behind)).toBe(FORK))
  test('of nobody knows whom', () => expect(rule('workflow_run', 'unknown', behind)).toBe(UNKNOWN))
})

test('workflow_run behind nothing that is told', () => expect(rule('workflow_run', 'own')).toBe(UNKNOWN))

test('every event is in the table', () => {
  const names = [...Object.keys(TABLE), 'workflow_run'].filter((name) => Object.hasOwn(EVENTS, name))
  expect(names.sort()).toEqual(Object.keys(EVENTS).sort())
})

test('a local run has no event', () => expect(ruleOf({ kind: 'none' })).toMatchObject({ kind: 'anything' }))

test('the commit that an unknown event runs on proves nothing', () => {
  const event = {
    kind: 'deleted',
    subject: '',
    repository: 'o/r',
    branches: [],
    change: 'none',
    behind: undefined,
  } as const
  expect(ruleOf({ ...event, name: 'some_later_event', workflowSha: SHA })).toMatchObject({ workflowSha: undefined })
  expect(ruleOf({ ...event, name: 'status', workflowSha: SHA })).toMatchObject({ workflowSha: SHA })
})

test('events without secrets for forks are those that the credential is not asked for on', () => {
  const without = Object.entries(EVENTS).filter(([, { hasSecrets }]) => !hasSecrets)
  expect(new Set(without.map(([name]) => name))).toEqual(FORKS_GET_NO_SECRETS)
})

/** Recorded events, as they are parsed. */
const RECORDED: Readonly<Record<string, string>> = {
  'pull-request-target-fork': FORK,
  'pull-request-target': OWN_CHANGE,
  'workflow-run-fork': FORK,
  'workflow-run': OWN_CHANGE,
  'issue-comment-pull-request': UNKNOWN,
  'issue-comment': NO_CHANGE,
  'pull-request-fork': NO_SECRETS,
  'pull-request-fork-deleted': NO_SECRETS,
  'pull-request-review-fork': NO_SECRETS,
  'pull-request': NO_SECRETS,
  'pull-request-dependabot': NO_SECRETS,
}

test.each(EVENT_NAMES)('recorded: %s', (name) => {
  const { env, event } = eventFixture(name)
  const found = ruleOf(parseEvent(env, event))
  expect(`${found.kind}: ${found.because}`).toBe(RECORDED[name] ?? WRITERS)
})

describe('SECURITY.md', () => {
  const text = readFileSync(path.resolve(import.meta.dirname, '../../../SECURITY.md'), 'utf8')
  const rows = text.split('\n').flatMap((line) => {
    const [, events = '', who = '', secrets = '', mounted = ''] = line.split('|').map((cell) => cell.trim())
    return /^(`\w+`(, )?)+$/.test(events) ? [{ events: events.match(/\w+/g) ?? [], who, secrets, mounted }] : []
  })

  test('has a row for each event, and for no other', () => {
    expect(rows.flatMap(({ events }) => events).sort()).toEqual(Object.keys(EVENTS).sort())
  })

  test.each(rows.flatMap(({ events, ...row }) => events.map((name) => ({ name, ...row }))))(
    'says what holds of $name',
    ({ name, who, secrets, mounted }) => {
      expect(who).toMatch(EVENTS[name]?.startedBy === 'writers' ? /^Who can write/ : /^Anyone/)
      expect(secrets).toMatch(EVENTS[name]?.hasSecrets ? /^Yes$/ : /^None for a fork/)
      const rules = CHANGES.map((change) => rule(name, change, 'push').split(':')[0])
      const [isAlways, isNever] = [rules.every((each) => each === 'own'), rules.every((each) => each === 'anything')]
      expect(mounted).toMatch(isAlways ? /^Only what is proved/ : isNever ? /^Anything/ : /: only what is proved/)
    },
  )
})
