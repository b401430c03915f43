import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { jsonOutput, Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'

type Inputs = Readonly<Record<string, string>>

const BY_ID = { 'agent-id': '', 'environment-id': '', 'session-id': 'sesn_1' }

/** Inputs, the one that the message names, and what it says: the value as given, and what is allowed. */
const CASES: readonly (readonly [string, Inputs, string, ...(string | RegExp)[]])[] = [
  ['nothing to mount', { files: '' }, 'files', /nothing to mount/],
  ['nothing but blanks', { files: ' \n ' }, 'files', /nothing to mount/],
  ['only excludes', { files: '!a\n!b' }, 'files', /only excludes/],
  ['an exclude without a pattern', { files: 'a.txt\n!' }, 'files', /"!"/],
  ['an exclude with a mount path', { files: 'a.txt\n!b => /b' }, 'files', '!b => /b'],
  ['a mapping to a relative path', { files: 'a.txt => data.csv' }, 'files', 'a.txt => data.csv', 'must start with "/"'],
  ['a mapping with ..', { files: 'a.txt => /in/../../etc' }, 'files', '/in/../../etc', '".."'],
  ['a broken JSON array', { files: '["a.txt", ' }, 'files', /JSON/],
  ['a JSON array of other things', { files: '["a.txt", 1]' }, 'files', /JSON.*string/],
  ['no session and no agent', { 'agent-id': '', 'environment-id': '' }, 'session-id', /set `session-id`/, '`agent-id`'],
  ['no agent', { 'agent-id': '' }, 'agent-id', /required for a new session/],
  ['no environment', { 'environment-id': '' }, 'environment-id', /required/],
  ['a name without an agent', { 'agent-id': '', 'session-name': 'n' }, 'agent-id', /required for `session-name`/],
  ['no key', { 'anthropic-api-key': '' }, 'anthropic-api-key', /required/, /secret/, '`secrets: inherit`'],
  ['an agent as a session', { ...BY_ID, 'session-id': 'agent_1' }, 'session-id', 'agent_1', 'id of an agent'],
  ['a session as an agent', { 'agent-id': 'sesn_1' }, 'agent-id', 'id of a session', 'an agent is needed'],
  ['an agent as an environment', { 'environment-id': 'agent-1' }, 'environment-id', 'id of an agent'],
  ['a file as a vault', { 'vault-ids': 'vlt_1\nfile_1' }, 'vault-ids', '"file_1"', 'a vault is needed'],
  ['a vault as a memory store', { 'memory-stores': 'vlt_1' }, 'memory-stores', 'a memory store is needed'],
  ['two vaults on one line', { 'vault-ids': 'vlt_a vlt_b' }, 'vault-ids', 'one id a line'],
  ['a session by its address, without an id', { ...BY_ID, 'session-id': 'https://x.test/sessions/' }, 'session-id'],
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
  ['a relative mount-path', { 'mount-path': 'data' }, 'mount-path', '"data"', 'must start with "/"'],
  ['a mount-path with ..', { 'mount-path': '/a/../b' }, 'mount-path', '/a/../b', '".."'],
  ['a mount-path with a control character', { 'mount-path': '/a\tb' }, 'mount-path', /control characters/],
  ['http to another host', { 'base-url': 'http://example.com' }, 'base-url', 'http://example.com', /https/, /loopback/],
  ['http to a name like loopback', { 'base-url': 'http://localhost.example.com' }, 'base-url', 'localhost.example.com'],
  ['http to a name that begins like loopback', { 'base-url': 'http://127.example.com' }, 'base-url', '127.example.com'],
  [
    'http to a name that begins with a loopback address',
    { 'base-url': 'http://127.0.0.1.example.com' },
    'base-url',
    '127.0.0.1.example.com',
  ],
  ['another scheme', { 'base-url': 'ftp://127.0.0.1/' }, 'base-url', 'ftp://127.0.0.1/'],
  [
    'a fragment',
    { 'base-url': 'https://example.com/#a' },
    'base-url',
    '"https://example.com/#a" is not a valid address',
  ],
  ['a query', { 'base-url': 'https://example.com/?a' }, 'base-url', '"https://example.com/?a" is not a valid address'],
  [
    'a user',
    { 'base-url': 'https://me@example.com/' },
    'base-url',
    'a URL with a user name or password',
    /without user/,
  ],
  ['no URL', { 'base-url': 'api.anthropic.com' }, 'base-url', 'api.anthropic.com', /https/],
  ...['include-hidden-files', 'follow-symbolic-links', 'dry-run'].map(
    (name) => [`${name} yes`, { [name]: 'yes' }, name, '"yes"', '`true`', '`false`'] as const,
  ),
  ...['0', '33', 'many', ''].map(
    (value) => [`concurrency "${value}"`, { concurrency: value }, 'concurrency', value, 'from 1 to 32'] as const,
  ),
  ['max-resources', { 'max-resources': '0' }, 'max-resources', '"0"', /from 1 to/],
  ['agent-version', { 'agent-version': 'latest' }, 'agent-version', 'latest', /from 1/],
  ['an id and a name', { ...BY_ID, 'session-name': 'n' }, 'session-name', 'cannot be combined with `session-id`'],
  ['a title for an old session', { ...BY_ID, 'session-title': 't' }, 'session-title', /new session only/],
  ['metadata for an old session', { ...BY_ID, metadata: 'a=b' }, 'metadata', /new session only/],
  ['a name and a title', { 'session-name': 'n', 'session-title': 't' }, 'session-title', 'session-name'],
  ['metadata without =', { metadata: 'team' }, 'metadata', '"team"', 'key=value'],
  ['metadata with the same key twice', { metadata: 'team=a\nteam=b' }, 'metadata', 'team'],
  ['metadata under the key of the action', { metadata: 'session-mount-run=x' }, 'metadata', 'session-mount-run'],
  [
    'metadata, too many',
    { metadata: Array.from({ length: 15 }, (_, i) => `k${i}=v`).join('\n') },
    'metadata',
    '15',
    '14',
  ],
  ['metadata, too long', { metadata: `k=${'v'.repeat(513)}` }, 'metadata', '"k"', '512'],
  ['a key of metadata, too long', { metadata: `${'k'.repeat(65)}=v` }, 'metadata', '64'],
  ['ref without repository', { ref: 'main' }, 'ref', 'no effect without `repository`'],
  ['a title, too long', { 'session-title': '\u{1f600}'.repeat(501) }, 'session-title', '501', '500'],
  ['a title of two lines', { 'session-title': 'a\nb' }, 'session-title', 'one line'],
  ['a name of two lines', { 'session-name': 'a\u2028b' }, 'session-name', 'one line'],
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
  expect(text).toMatch(/^7 invalid inputs:/)
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

test.concurrent.each(['https://me:hunter2@example.com', 'https://:hunter2@example.com', 'ftp://:hunter2@example.com'])(
  'a login in the base URL is refused without printing its password: %s',
  async (url) => {
    await using scene = await Scene.open()
    scene.workspace.write({ 'a.txt': 'a' })
    const main = await scene.main({ files: 'a.txt', 'base-url': url })
    expect(errorOf(main)).toContain('- base-url: a URL with a user name or password is not a valid address')
    expect(`${main.stdout}${main.stderr}`).not.toContain('hunter2')
  },
)

const PASTED = [
  ['in quotes', '"sk-ant-hunter2"', /in quotes/],
  ['as JSON', '{"key":"sk-ant-hunter2"}', /JSON/],
  ['with a space', 'sk-ant hunter2', /space/],
  ['as an assignment', 'ANTHROPIC_API_KEY=sk-ant-hunter2', /assignment/],
  ['as a header', 'Bearer sk-ant-hunter2', /header/],
  ['as a name', '$ANTHROPIC_hunter2', /not replaced/],
] as const

test.concurrent.each(PASTED)('a key or token that was pasted %s is refused, and not shown', async (_, text, flaw) => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const main = await scene.main({ files: 'a.txt', 'anthropic-api-key': text, 'github-token': text })
  for (const name of ['anthropic-api-key', 'github-token']) {
    const line = errorOf(main)
      .split('\n')
      .find((each) => each.startsWith(`- ${name}: `))
    expect(line).toMatch(flaw)
  }
  expect(`${main.stdout}${main.stderr}`).not.toContain('hunter2')
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent('limits are counted in characters, and the largest values pass', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const pairs = Array.from({ length: 14 }, (_, i) => `${'k'.repeat(62)}${10 + i}=${'\u{1f600}'.repeat(512)}`)
  const title = '\u{1f600}'.repeat(500)
  const main = await scene.main({ files: 'a.txt', 'session-title': title, metadata: pairs.join('\n') })
  expect([main.exitCode, scene.sessions().map((session) => session.title)]).toEqual([0, [title]])
})

test.concurrent('a session is found by its address in the console', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const id = await createSession(scene.emulator)
  const url = `https://platform.claude.com/workspaces/wrkspc_1/sessions/${id}?event=evt_1`
  const main = await scene.main({ ...BY_ID, 'session-id': url, files: 'a.txt' })
  expect(main.outputs).toMatchObject({ 'session-id': id, 'mounted-count': '1' })
})

test.concurrent('ids with prefixes that nobody knows pass', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  await scene.main({ ...BY_ID, 'session-id': 'constructor_1', files: 'a.txt' })
  expect(scene.requests()).toContain('GET /v1/sessions/constructor_1')
})

test.concurrent('a base URL that ends with /v1 is used without it, and a notice says so', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const main = await scene.main({ files: 'a.txt', 'base-url': `${scene.emulator.url}/v1/` })
  expect(main.exitCode).toBe(0)
  expect(annotations(main, 'notice')).toEqual([expect.stringMatching(/^base-url: the trailing "\/v1" was dropped/)])
  expect(scene.requests()).toContain('POST /v1/sessions')
})

/** Inputs, and those of them that have no effect beside the others. */
const NO_EFFECT: readonly (readonly [string, Inputs, readonly string[]])[] = [
  ['an agent and an environment of an existing session', { 'session-id': 'ID' }, ['agent-id', 'environment-id']],
  ['pruning a new session', { prune: 'true', overwrite: 'true' }, ['prune', 'overwrite']],
  ['ending an existing session', { ...BY_ID, 'session-id': 'ID', 'session-cleanup': 'delete' }, ['session-cleanup']],
  ['a checkout without a repository', { checkout: 'branch' }, ['checkout']],
  [
    'what is only for files without any',
    {
      ...{ ...BY_ID, 'session-id': 'ID', prompt: 'Go', files: '' },
      ...{ overwrite: 'true', 'include-hidden-files': 'true', 'follow-symbolic-links': 'true' },
    },
    ['overwrite', 'include-hidden-files', 'follow-symbolic-links'],
  ],
  [
    'what is to be done while nobody waits',
    { prompt: 'Go', 'allow-tools': 'bash', 'on-tool-confirmation': 'deny' },
    ['allow-tools', 'on-tool-confirmation'],
  ],
  ['a wait', { prompt: 'Go', wait: 'true', 'allow-tools': 'bash', 'on-tool-confirmation': 'deny' }, []],
  ['context without a prompt', { 'mount-context': 'false' }, ['mount-context']],
]

test.concurrent.each(NO_EFFECT)('%s: a warning names what has no effect', async (_, inputs, names) => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const id = await createSession(scene.emulator)
  const given = Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, value === 'ID' ? id : value]))
  const main = await scene.main({ files: 'a.txt', ...given })
  expect(main.exitCode).toBe(0)
  const warnings = annotations(main, 'warning').filter((text) => text.includes('has no effect'))
  expect(warnings.map((text) => text.split(':')[0])).toEqual(names)
})

const literally = (text: string): RegExp => new RegExp(text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
