import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { jsonOutput, Scene } from '../../harness/scene.ts'

type Inputs = Readonly<Record<string, string>>

const BY_ID = { 'agent-id': '', 'environment-id': '', 'session-id': 'sesn_1' }

/** Inputs, the one that the message names, and what it says: the value as given, and what is allowed. */
const CASES: readonly (readonly [string, Inputs, string, ...(string | RegExp)[]])[] = [
  ['nothing to mount', { files: '' }, 'files', /nothing to mount/],
  ['nothing but blanks', { files: ' \n ' }, 'files', /nothing to mount/],
  ['only excludes', { files: '!a\n!b' }, 'files', /only excludes/],
  ['an exclude without a pattern', { files: 'a.txt\n!' }, 'files', /"!"/],
  ['an exclude with a mount path', { files: 'a.txt\n!b => /b' }, 'files', '!b => /b'],
  ['a mapping to a relative path', { files: 'a.txt => data.csv' }, 'files', 'a.txt => data.csv', 'starts with "/"'],
  ['a mapping with ..', { files: 'a.txt => /in/../../etc' }, 'files', '/in/../../etc', '".."'],
  ['a broken JSON array', { files: '["a.txt", ' }, 'files', /JSON/],
  ['a JSON array of other things', { files: '["a.txt", 1]' }, 'files', /JSON.*string/],
  ['no session and no agent', { 'agent-id': '' }, 'agent-id', /missing/, 'session-id'],
  ['no environment', { 'environment-id': '' }, 'environment-id', /missing/],
  ['a name without an agent', { 'agent-id': '', 'session-name': 'n' }, 'agent-id', /missing/],
  ['no key', { 'anthropic-api-key': '' }, 'anthropic-api-key', /missing/, /secret/],
  ...['sesn 1', 'sesn/1', 'sesn?x=1', '../files', `s${'x'.repeat(128)}`].map(
    (id) =>
      [`session-id ${id.slice(0, 10)}`, { ...BY_ID, 'session-id': id }, 'session-id', id, /letters, digits/] as const,
  ),
  ['agent-id with a slash', { 'agent-id': 'agent/1' }, 'agent-id', 'agent/1', /letters, digits/],
  ['environment-id with a space', { 'environment-id': 'env 1' }, 'environment-id', 'env 1', /letters, digits/],
  ['vault-ids with a question mark', { 'vault-ids': 'vlt_ok\nvlt?' }, 'vault-ids', 'vlt?', /letters, digits/],
  ...['30m', '91d', 'abc', '-1', '0', '3599', '1.5h'].map(
    (value) => [`expires-in ${value}`, { 'expires-in': value }, 'expires-in', value, '`1h`', '`90d`'] as const,
  ),
  ['cleanup', { cleanup: 'sometimes' }, 'cleanup', 'sometimes', '`always`', '`on-failure`', '`never`'],
  ['session-cleanup', { 'session-cleanup': 'drop' }, 'session-cleanup', 'drop', '`keep`', '`archive`', '`delete`'],
  [
    'if-no-files-found',
    { 'if-no-files-found': 'Error' },
    'if-no-files-found',
    'Error',
    '`error`',
    '`warn`',
    '`ignore`',
  ],
  ['a relative mount-path', { 'mount-path': 'data' }, 'mount-path', '"data"', 'starts with "/"'],
  ['a mount-path with ..', { 'mount-path': '/a/../b' }, 'mount-path', '/a/../b', '".."'],
  ['a mount-path with a control character', { 'mount-path': '/a\tb' }, 'mount-path', /control characters/],
  ['http to another host', { 'base-url': 'http://example.com' }, 'base-url', 'http://example.com', /https/, /loopback/],
  ['http to a name like loopback', { 'base-url': 'http://localhost.example.com' }, 'base-url', 'localhost.example.com'],
  ['another scheme', { 'base-url': 'ftp://127.0.0.1/' }, 'base-url', 'ftp://127.0.0.1/'],
  ['no URL', { 'base-url': 'api.anthropic.com' }, 'base-url', 'api.anthropic.com', /https/],
  ...['include-hidden-files', 'follow-symbolic-links', 'dry-run'].map(
    (name) => [`${name} yes`, { [name]: 'yes' }, name, '"yes"', '`true`', '`false`'] as const,
  ),
  ...['0', '33', 'many', ''].map(
    (value) => [`concurrency "${value}"`, { concurrency: value }, 'concurrency', value, 'from 1 to 32'] as const,
  ),
  ['max-resources', { 'max-resources': '0' }, 'max-resources', '"0"', /from 1 to/],
  ['agent-version', { 'agent-version': 'latest' }, 'agent-version', 'latest', /from 1/],
  ['an id and a name', { ...BY_ID, 'session-name': 'n' }, 'session-name', 'session-id', 'not both'],
  ['a title for an old session', { ...BY_ID, 'session-title': 't' }, 'session-title', /new session only/],
  ['metadata for an old session', { ...BY_ID, metadata: 'a=b' }, 'metadata', /new session only/],
  ['a name and a title', { 'session-name': 'n', 'session-title': 't' }, 'session-title', 'session-name'],
  ['metadata without =', { metadata: 'team' }, 'metadata', '"team"', 'key=value'],
  ['metadata with the same key twice', { metadata: 'team=a\nteam=b' }, 'metadata', 'team'],
  ['metadata under the key of the action', { metadata: 'session-mount-run=x' }, 'metadata', 'session-mount-run'],
  [
    'metadata, too many',
    { metadata: Array.from({ length: 16 }, (_, i) => `k${i}=v`).join('\n') },
    'metadata',
    '16',
    '14',
  ],
  ['metadata, too long', { metadata: `k=${'v'.repeat(513)}` }, 'metadata', '"k"', '512'],
  ['a title, too long', { 'session-title': 't'.repeat(501) }, 'session-title', '501', '500'],
  ['never and delete', { cleanup: 'never', 'session-cleanup': 'delete' }, 'session-cleanup', '"delete"', /never/],
]

test.concurrent.each(CASES)('%s: an error that names the input, nothing sent', async (_, inputs, name, ...parts) => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const main = await scene.main({ files: 'a.txt', ...inputs })

  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  const lines = errorOf(main).split('\n')
  const line = lines.find((each) => each.startsWith(`- ${name}: `))
  expect(line).toBeDefined()
  for (const part of parts) expect(line).toMatch(part instanceof RegExp ? part : literally(part))
  expect(lines.at(-1)).toBe('Nothing was sent.')
  expect(scene.emulator.journal()).toEqual([])
  expect(main.state).toEqual({})
  expect(jsonOutput(main, 'resources')).toEqual([])
  expect(main.outputs).toMatchObject({ 'session-id': '', 'mounted-count': '0' })
})

test.concurrent('all that is wrong is told at once', async () => {
  await using scene = await Scene.open()
  const { main, post } = await scene.job({
    'session-id': 'a b',
    'expires-in': '30m',
    cleanup: 'perhaps',
    'mount-path': 'x',
    concurrency: '0',
    'dry-run': 'yes',
    files: '',
  })
  const text = errorOf(main)
  for (const name of ['session-id', 'expires-in', 'cleanup', 'mount-path', 'concurrency', 'dry-run', 'files']) {
    expect(text).toContain(`- ${name}: `)
  }
  expect(text).toMatch(/^7 inputs are/)
  expect(post.exitCode).toBe(0)
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent('a base URL from the environment is checked, and its source named', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const env = { ANTHROPIC_BASE_URL: 'http://example.com' }
  const main = await scene.main({ files: 'a.txt', 'base-url': '' }, { env })
  expect(errorOf(main)).toMatch(/base-url: "http:\/\/example\.com" \(from ANTHROPIC_BASE_URL\)/)
})

test.concurrent('a base URL from the environment is used when the input is empty', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const env = { ANTHROPIC_BASE_URL: scene.emulator.url }
  const { main } = await scene.job({ files: 'a.txt', 'base-url': '' }, { env })
  expect(main.exitCode).toBe(0)
  expect(scene.requests()).toContain('POST /v1/sessions')
})

test.concurrent('a user name in the base URL is refused without printing its password', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const main = await scene.main({ files: 'a.txt', 'base-url': 'https://me:hunter2@example.com' })
  expect(errorOf(main)).toContain('- base-url: ')
  expect(`${main.stdout}${main.stderr}`).not.toContain('hunter2')
})

const literally = (text: string): RegExp => new RegExp(text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
