import { expect, test } from '@jest/globals'
import { errorOf } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'

type Inputs = Readonly<Record<string, string>>

const APP = { repository: 'octo-org/app' }

/** Inputs, the one that the message names, and what it says. */
const CASES: readonly (readonly [string, Inputs, string, ...RegExp[]])[] = [
  ['a name without an owner', { repository: 'app' }, 'repository', /"app" is not `owner\/name`, an https URL/],
  ['junk', { repository: 'octo org/app!' }, 'repository', /"octo org\/app!"/],
  ['a path', { repository: './app' }, 'repository', /"\.\/app"/],
  ['another host', { repository: 'https://gitlab.com/o/r' }, 'repository', /is on gitlab\.com, .*github\.com/],
  ['a page of the repository', { repository: 'https://github.com/o/r/tree/main' }, 'repository', /`owner\/name`/],
  ['checkout', { ...APP, checkout: 'head' }, 'checkout', /"head"/, /`commit`, `branch`, `default`/],
  ['an empty checkout', { ...APP, checkout: '' }, 'checkout', /`commit`, `branch`, `default`/],
  ...[
    'a b',
    'a..b',
    '-x',
    'x~1',
    'HEAD^',
    'a:b',
    'x@{1}',
    'a\\b',
    'x.lock',
    '/x',
    'x/',
    'a//b',
    'a\tb',
    'x'.repeat(256),
  ].map(
    (ref) =>
      [
        `ref ${JSON.stringify(ref.slice(0, 9))}`,
        { ...APP, ref },
        'ref',
        /is not a branch, a tag or a full SHA/,
      ] as const,
  ),
  ['ref without repository', { files: 'a.txt', ref: 'main' }, 'ref', /has no effect without `repository`/],
  [
    'repository-mount-path without repository',
    { files: 'a.txt', 'repository-mount-path': '/workspace/x' },
    'repository-mount-path',
    /has no effect without `repository`/,
  ],
  ...['workspace', '/workspace/../etc', '/./x', `/${'x'.repeat(4096)}`].map(
    (path) =>
      [
        `repository-mount-path ${path.slice(0, 20)}`,
        { ...APP, 'repository-mount-path': path },
        'repository-mount-path',
        /absolute path/,
      ] as const,
  ),
  ['a token with a space', { ...APP, 'github-token': 'ghs canary' }, 'github-token', /space.*\(value not shown\)/],
  ['a token of two lines', { ...APP, 'github-token': 'ghs_canary\nghs_canary' }, 'github-token', /line break/],
  [
    'a token of other letters',
    { ...APP, 'github-token': 'ghs_canaryé' },
    'github-token',
    /non-ASCII character.*not shown/,
  ],
  ['allow-untrusted', { ...APP, 'allow-untrusted': 'yes' }, 'allow-untrusted', /"yes"/, /`true` or `false`/],
]

test.concurrent.each(CASES)('%s: an error that names the input, nothing sent', async (_, inputs, name, ...parts) => {
  await using scene = await Scene.open()
  const main = await scene.main(inputs)
  expect(main).toMatchObject({ exitCode: 1, stderr: '', state: {} })
  const lines = errorOf(main).split('\n')
  const line = lines.find((each) => each.startsWith(`- ${name}: `))
  expect(line).toBeDefined()
  for (const part of parts) expect(line).toMatch(part)
  expect(lines.at(-1)).toBe('Nothing was sent.')
  expect(scene.emulator.journal()).toEqual([])
  expect(`${main.stdout}${main.stderr}`).not.toContain('canary')
})

test.concurrent.each([
  'https://x-access-token:ghs_canary@gitlab.com/octo-org/app',
  'https://ghs_canary@gitlab.com/octo-org/app',
  'https://mona:pass@ghs_canary@gitlab.com/octo-org/app',
  'https://x:ghs_canary@github.com/octo-org/app/tree/main',
  'x-access-token:ghs_canary@github.com/octo-org/app',
  'ghs_canary@gitlab.com:octo-org/app',
  'https:/x:ghs_canary@github.com/octo-org',
])('the credentials in %s are not shown', async (repository) => {
  await using scene = await Scene.open()
  const main = await scene.main({ repository })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toContain('- repository: ')
  expect(main.stdout).not.toContain('canary')
})

test.concurrent('checkout alone, which has a default, is not about a repository', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const main = await scene.main({ files: 'a.txt', checkout: 'branch', 'github-token': 'ghs_unused' })
  expect(main.exitCode).toBe(0)
})

test.concurrent('all that is wrong is told at once', async () => {
  await using scene = await Scene.open()
  const inputs = { repository: 'x', checkout: 'y', ref: 'a b', 'repository-mount-path': 'z', 'memory-stores': '!' }
  const text = errorOf(await scene.main(inputs))
  for (const name of Object.keys(inputs)) expect(text).toContain(`- ${name}: `)
  expect(text).toMatch(/^5 invalid inputs:/)
})
