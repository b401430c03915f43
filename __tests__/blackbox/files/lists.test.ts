import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { mountedPaths, Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'

test.concurrent('a list with a file that is gone: an error, and with `warn` or `ignore` the others', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.csv': 'a', 'b.csv': 'b' })
  const files = '["a.csv","gone.csv","b.csv"]'
  expect(errorOf(await scene.main({ files }))).toBe('"gone.csv" does not exist\nNothing was changed.')
  expect(scene.emulator.journal()).toEqual([])
  const warned = await scene.main({ files, 'if-no-files-found': 'warn' })
  expect(annotations(warned, 'warning')).toEqual(['"gone.csv" does not exist'])
  const ignored = await scene.main({ files, 'if-no-files-found': 'ignore' })
  expect(annotations(ignored, 'warning')).toEqual([])
  for (const main of [warned, ignored]) expect([main.exitCode, main.outputs['mounted-count']]).toEqual([0, '2'])
})

test.concurrent('an array that was escaped for a script, or has a byte order mark, is the array', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ a: 'not this', 'a.ts': '1', 'b c.ts': '2' })
  for (const files of ['[\\"a.ts\\",\\"b c.ts\\"]', '\ufeff["a.ts","b c.ts"]']) {
    const main = await scene.main({ files })
    expect([annotations(main, 'error'), main.outputs['mounted-count']]).toEqual([[], '2'])
  }
  expect(new Set(mountedPaths(scene))).toEqual(new Set(['/a.ts', '/b c.ts']))
})

const EMPTY = ['[]', '# nothing today', '\n# one\n  # two\n'] as const

test.concurrent.each(EMPTY)('%j is an error unless `if-no-files-found` allows it', async (files) => {
  await using scene = await Scene.open()
  const main = await scene.main({ files })
  expect(errorOf(main)).toContain('`files` is an empty list. If that is expected, set `if-no-files-found: ignore`')
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent.each(EMPTY)('%j with `warn` or `ignore` skips the step, prompt and all: no session', async (files) => {
  await using scene = await Scene.open()
  const sessionId = await createSession(scene.emulator)
  const before = scene.emulator.snapshot()
  for (const mode of ['warn', 'ignore']) {
    for (const more of [{}, { prompt: 'Review it' }, { 'session-name': 'Nightly' }, existing(sessionId)]) {
      const { main, post } = await scene.job({ files, 'if-no-files-found': mode, ...more })
      expect([main.exitCode, post.exitCode, post.stdout]).toEqual([0, 0, expect.not.stringContaining('::warning')])
      expect(annotations(main, 'notice')).toEqual([
        'Skipped: `files` is an empty list, and there is nothing else to mount',
      ])
      expect(main.outputs).toMatchObject({ changed: 'false', 'session-id': '', resources: '[]' })
      expect(annotations(main, 'warning')).toHaveLength(mode === 'warn' ? 1 : 0)
    }
  }
  expect(scene.sent()).toEqual([])
  expect(scene.emulator.snapshot()).toEqual(before)
})

/** Onto a session that is there. */
const existing = (sessionId: string) => ({ 'session-id': sessionId, 'agent-id': '', 'environment-id': '' })

test.concurrent('an empty list beside something else to do does not skip the step', async () => {
  await using scene = await Scene.open()
  const empty = { files: '[]', 'if-no-files-found': 'ignore' }
  const sessionId = await createSession(scene.emulator)
  scene.workspace.write({ 'a.txt': 'a' })
  const first = await scene.main({ files: 'a.txt', ...existing(sessionId), cleanup: 'never' })
  expect(first.outputs['added-count']).toBe('1')
  const pruned = await scene.main({ ...empty, ...existing(sessionId), prune: 'true' })
  expect(pruned.outputs).toMatchObject({ 'removed-count': '1', changed: 'true' })
})

test.concurrent.each(['warn', 'ignore'])(
  'with %s, a new session that nothing would be on is not made',
  async (mode) => {
    await using scene = await Scene.open()
    for (const more of [{}, { 'session-name': 'Nightly' }]) {
      const { main, post } = await scene.job({ files: 'none/*.md', 'if-no-files-found': mode, ...more })
      expect([main.exitCode, post.exitCode]).toEqual([0, 0])
      expect(annotations(main, 'notice')).toEqual([
        'Skipped: no files were found, and there is nothing else to mount. No session was created',
      ])
      expect(main.outputs).toMatchObject({ changed: 'false', 'session-id': '', 'session-created': 'false' })
    }
    expect(scene.sessions()).toEqual([])
  },
)

test.concurrent('a session that is there is told so, and stays as it is', async () => {
  await using scene = await Scene.open()
  const sessionId = await createSession(scene.emulator)
  const main = await scene.main({ files: 'none/*.md', 'if-no-files-found': 'ignore', ...existing(sessionId) })
  expect(main.exitCode).toBe(0)
  expect(main.outputs).toMatchObject({ changed: 'false', 'session-id': sessionId })
})

test.concurrent.each([
  ['no files asked for', {}],
  ['none found', { files: 'none/*.md', 'if-no-files-found': 'warn' }],
])('a prompt to a new session with %s is sent', async (_, inputs) => {
  await using scene = await Scene.open()
  const main = await scene.main({ prompt: 'Hello', ...inputs })
  expect(annotations(main, 'error')).toEqual([])
  expect(scene.sessions()).toMatchObject([{ id: main.outputs['session-id'], resources: [] }])
  const posts = scene.sent().filter(({ method }) => method === 'POST')
  const message = { type: 'user.message', content: [{ type: 'text', text: 'Hello' }] }
  expect(posts).toMatchObject([{ path: '/v1/sessions', body: { initial_events: [message] } }])
})

test.concurrent('`files-from` names a file with the same lines, also beside `files`', async () => {
  await using scene = await Scene.open()
  // More than the 128 KiB that Linux takes in one variable of the environment.
  const folder = `data/${'n'.repeat(200)}`
  const many = Array.from({ length: 400 }, (_, n) => `${folder}/${'m'.repeat(200)}${n}.csv`)
  scene.workspace.write({
    ...Object.fromEntries(many.map((name) => [name, name])),
    'a.txt': 'a',
    'b.txt': 'b',
    [`${folder}/x.csv`]: 'x',
  })
  scene.workspace.write({ 'list.txt': `# all\r\n${many.join('\r\n')}\r\n!${folder}/x*\r\na.txt => /in/\r\n` })
  const main = await scene.main({ 'files-from': 'list.txt', files: 'b.txt' })
  expect(annotations(main, 'error')).toEqual([])
  expect(mountedPaths(scene)).toHaveLength(402)
  expect(mountedPaths(scene)).toEqual(expect.arrayContaining(['/b.txt', '/in/a.txt']))
})

test.concurrent.each([
  ['a JSON array', Buffer.from('["a b.txt"]')],
  ['a JSON array behind a byte order mark', Buffer.from('\ufeff["a b.txt"]')],
  ['what PowerShell 5 writes', Buffer.from('\ufeffa b.txt\r\n', 'utf16le')],
])('`files-from` may hold %s', async (_, content) => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a b.txt': 'a', list: content })
  const main = await scene.main({ 'files-from': scene.workspace.path('list') })
  expect([annotations(main, 'error'), mountedPaths(scene)]).toEqual([[], ['/a b.txt']])
})

test.concurrent.each([
  ['gone.txt', {}, 'files-from: "gone.txt" does not exist'],
  ['sub', { 'sub/a': '' }, 'files-from: "sub" is a folder'],
  ['/etc/hostname', {}, 'files-from: "/etc/hostname" is neither in the workspace nor in RUNNER_TEMP'],
  [
    'l',
    { l: '../x\na.txt' },
    'files-from: "l": "../x": ".." leads out of `root`; set `root` to a folder that holds what you mean',
  ],
  ['l', { l: '!a.txt' }, 'files-from: "l" contains only excludes. Add a pattern for what to mount'],
  ['l', { l: '' }, '`files` is an empty list'],
  ['l', { l: 'gone.md' }, 'No files match "gone.md"'],
  ['l', { l: new Uint8Array([0x61, 0xe9]) }, 'files-from: "l" is not UTF-8 text'],
])('`files-from: %s` is refused: %j', async (name, files, message) => {
  await using scene = await Scene.open()
  scene.workspace.write(files)
  expect(errorOf(await scene.main({ 'files-from': name }))).toContain(message)
  expect(scene.emulator.journal()).toEqual([])
})
