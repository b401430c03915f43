import { expect, test } from '@jest/globals'
import type { Rule } from '../../../src/desired/untrusted/events.ts'
import {
  type CommitOrigin,
  judge,
  type Mounted,
  type RepositoryOrigin,
} from '../../../src/desired/untrusted/verdict.ts'

const OWN: Rule = { kind: 'own', because: 'a fork', workflowSha: 'ba5e' }
const ANYTHING: Rule = { kind: 'anything', because: 'of who starts it' }

const COMMITS: Readonly<Record<string, CommitOrigin>> = {
  workflow: { kind: 'workflow-sha' },
  branch: { kind: 'on-branch', branch: 'main', repository: 'o/r' },
  elsewhere: { kind: 'elsewhere', branches: ['main', 'next'], repository: 'o/r' },
  silence: { kind: 'not-told', why: 'GitHub is down' },
}

const REFUSED_COMMITS: Readonly<Record<string, string>> = {
  elsewhere: 'refused: GitHub does not have it on main or next of o/r',
  silence: 'refused: it is not known whether it is a commit of the repository itself: GitHub is down',
}

const BY_COMMIT: Readonly<Record<string, string>> = {
  workflow: 'allowed: it is the commit that the workflow itself runs on',
  branch: 'allowed: GitHub has it on main of o/r',
  ...REFUSED_COMMITS,
}

const BY_REPOSITORY: Readonly<Record<RepositoryOrigin, string>> = {
  base: 'allowed: only who may write to the repository can move its branches and tags',
  'same-owner': 'allowed: it belongs to the owner of the repository',
  fork: 'refused: it is a fork',
  other: 'refused: it belongs to another owner',
  'not-told': 'refused: GitHub does not say whether it is a fork',
}

const commitOf = (name: string): CommitOrigin => COMMITS[name] ?? { kind: 'workflow-sha' }

/** Everything that can be mounted, and what becomes of it where only the repository's own may be. */
const TABLE: readonly (readonly [string, Mounted, string])[] = [
  ['a file of no checkout', { what: 'plain-file' }, 'refused: it is not in a git checkout, so its origin is unknown'],
  ...Object.entries(BY_COMMIT).map(
    ([name, text]) => [`files of ${name}`, { what: 'work-tree', commit: commitOf(name) }, text] as const,
  ),
  ...Object.entries(BY_REPOSITORY).map(
    ([repository, text]) =>
      [`a branch of ${repository}`, { what: 'named-ref', repository: repository as RepositoryOrigin }, text] as const,
  ),
  ...Object.entries(BY_REPOSITORY).flatMap(([repository, byRepository]) =>
    Object.entries(BY_COMMIT).map(
      ([name, byCommit]) =>
        [
          `a commit of ${repository}: ${name}`,
          { what: 'commit', repository: repository as RepositoryOrigin, commit: commitOf(name) },
          byRepository.startsWith('refused') ? byRepository : byCommit,
        ] as const,
    ),
  ),
]

const textOf = (rule: Rule, mounted: Mounted): string => {
  const { allowed, because } = judge(rule, mounted)
  return `${allowed ? 'allowed' : 'refused'}: ${because}`
}

test.each(TABLE)('where proof is needed: %s', (_, mounted, text) => expect(textOf(OWN, mounted)).toBe(text))

test.each(TABLE)('where anything goes: %s', (_, mounted) =>
  expect(textOf(ANYTHING, mounted)).toBe('allowed: of who starts it'),
)
