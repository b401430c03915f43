import { expect, test } from '@jest/globals'
import { parseRepository, urlOf } from '../../src/inputs/repository-name.ts'

const parsed = (text: string): string => {
  const found = parseRepository(text)
  return 'problem' in found ? found.problem : urlOf(found)
}

test.each([
  ['owner and name', 'octo-org/app'],
  ['an https URL', 'https://github.com/octo-org/app'],
  ['with .git', 'https://github.com/octo-org/app.git'],
  ['with a slash behind', 'https://github.com/octo-org/app/'],
  ['with www', 'https://www.github.com/octo-org/app'],
  ['the host in capitals', 'https://GitHub.com/octo-org/app'],
  ['with a user', 'https://mona@github.com/octo-org/app'],
  ['with credentials', 'https://x-access-token:ghs_canary@github.com/octo-org/app.git'],
  ['SSH as scp writes it', 'git@github.com:octo-org/app.git'],
  ['SSH as scp writes it, without .git', 'git@github.com:octo-org/app'],
  ['SSH as scp writes it, absolute', 'git@github.com:/octo-org/app.git'],
  ['SSH as scp writes it, without a user', 'github.com:octo-org/app.git'],
  ['an SSH URL', 'ssh://git@github.com/octo-org/app.git'],
  ['an SSH URL through port 443', 'ssh://git@ssh.github.com:443/octo-org/app.git'],
  ['the old git protocol', 'git://github.com/octo-org/app.git'],
])('%s: %s', (_, text) => expect(parsed(text)).toBe('https://github.com/octo-org/app'))

test('dots and dashes of a name stay', () => {
  expect(parsed('https://github.com/octo-org/.github.git')).toBe('https://github.com/octo-org/.github')
  expect(parsed('octo-org/my_app.v2-x')).toBe('https://github.com/octo-org/my_app.v2-x')
})

test.each(['mona_octo/app', 'https://github.com/mona_octo/app.git', 'git@github.com:mona_octo/app'])(
  'the owner can be a managed user: %s',
  (text) => expect(parsed(text)).toBe('https://github.com/mona_octo/app'),
)

test.each([
  ['https://gitlab.com/octo-org/app.git', 'gitlab.com'],
  ['https://octo:ghs_canary@git.example.com/octo-org/app', 'git.example.com'],
  ['git@bitbucket.org:octo-org/app.git', 'bitbucket.org'],
  ['ssh://git@ghe.example.com:2222/octo-org/app', 'ghe.example.com'],
  ['https://github.com.evil.example/octo-org/app', 'github.com.evil.example'],
  ['https://github.com@evil.example/octo-org/app', 'evil.example'],
])('another host is named: %s', (text, host) => {
  expect(parsed(text)).toBe(
    `is on ${host}, but sessions can clone from github.com only, not from other hosts or GitHub Enterprise Server`,
  )
})

test.each([
  ['octo-org', /is not `owner\/name`/],
  ['octo-org/app/issues', /is not `owner\/name`/],
  ['octo org/app', /is not `owner\/name`/],
  ['/srv/git/app.git', /is not `owner\/name`/],
  ['file:///srv/git/app.git', /is not `owner\/name`/],
  ['../app', /does not name a repository/],
  ['-octo/app', /does not name a repository/],
  ['_octo/app', /does not name a repository/],
  ['octo-org/..', /does not name a repository/],
  ['octo-org/.git', /does not name a repository/],
  ['https://github.com/octo-org', /does not name a repository/],
  ['https://github.com/octo-org/app/tree/main', /does not name a repository/],
  [`octo-org/${'a'.repeat(101)}`, /does not name a repository/],
])('no repository: %s', (text, problem) => expect(parsed(text)).toMatch(problem))

test.each([
  'https://x-access-token:ghs_canary@gitlab.com/octo-org/app.git',
  'https://ghs_canary@gitlab.com/octo-org/app.git',
  'ghs_canary@gitlab.com:octo-org/app.git',
  'x-access-token:ghs_canary@github.com/octo-org/app',
  'https://ghs_canary@github.com/octo-org',
  'https://ghs_canary@github.com/octo-org/app/tree/main',
  'https://x:ghs_canary',
  'ghs_canary:x@github.com/octo-org/app',
])('no problem shows a credential: %s', (text) => {
  expect(parsed(text)).not.toContain('canary')
})
