import { expect, test } from '@jest/globals'
import type { Emulator, Fault } from '../../../emulator/emulator.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { jsonOutput, Scene } from '../../harness/scene.ts'
import { archiveSession, createSession } from '../../harness/service.ts'
import { sha256 } from '../../harness/workspace.ts'

const UPLOADS = '/mnt/session/uploads'
const EXISTING = { 'agent-id': '', 'environment-id': '' }

test.concurrent('files are added one by one to what is there, and only they are taken away', async () => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator, { title: 'theirs', files: { '/kept.txt': 'kept' } })
  const before = scene.emulator.snapshot()
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  const inputs = { ...EXISTING, 'session-id': id, files: '*.txt', concurrency: '1' }
  const main = await scene.main(inputs)

  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(scene.requests()).toEqual([
    'GET /v1/sessions/{sesn}',
    'GET /v1/sessions/{sesn}/resources',
    ...Array(2).fill('POST /v1/files'),
    ...Array(2).fill('POST /v1/sessions/{sesn}/resources'),
  ])
  const mounted = scene.mounted(id)
  expect(Object.fromEntries(Object.entries(mounted).map(([path, file]) => [path, file.sha256]))).toEqual({
    [`${UPLOADS}/kept.txt`]: sha256('kept'),
    [`${UPLOADS}/a.txt`]: sha256('a'),
    [`${UPLOADS}/b.txt`]: sha256('b'),
  })
  expect(main.outputs).toMatchObject({ 'session-id': id, 'session-created': 'false', 'mounted-count': '2' })
  expect(jsonOutput(main, 'resource-ids')).toEqual([
    mounted[`${UPLOADS}/a.txt`]?.resourceId,
    mounted[`${UPLOADS}/b.txt`]?.resourceId,
  ])

  const post = await scene.post(main, inputs)
  expect(post).toMatchObject({ exitCode: 0, stderr: '' })
  expect(annotations(post, 'warning')).toEqual([])
  const after = scene.emulator.snapshot()
  expect(after.files).toEqual(before.files)
  expect(after.sessions.map(({ resources }) => resources)).toEqual(before.sessions.map(({ resources }) => resources))
})

test.concurrent.each(['delete', 'archive'])(
  'session-cleanup: %s leaves alone a session that was there before',
  async (end) => {
    await using scene = await Scene.open()
    const id = await createSession(scene.emulator)
    scene.workspace.write({ 'a.txt': 'a' })
    await scene.job({ ...EXISTING, 'session-id': id, files: 'a.txt', 'session-cleanup': end })
    expect(scene.emulator.snapshot()).toMatchObject({ files: [], sessions: [{ id, archived_at: null, resources: [] }] })
  },
)

test.concurrent('a running session takes files', async () => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator)
  scene.emulator.setSessionStatus(id, 'running')
  scene.workspace.write({ 'a.txt': 'a' })
  const main = await scene.main({ ...EXISTING, 'session-id': id, files: 'a.txt' })
  expect(main.exitCode).toBe(0)
  expect(Object.keys(scene.mounted(id))).toEqual([`${UPLOADS}/a.txt`])
})

const forbidden: Fault = { kind: 'status', status: 403, match: { method: 'GET', path: '^/v1/sessions/' }, times: 9 }

/** What stands in the way, and what the message must say beside the id. */
const REFUSED: readonly (readonly [string, (emulator: Emulator, id: string) => Promise<unknown> | unknown, RegExp])[] =
  [
    ['archived', (emulator, id) => archiveSession(emulator, id), /is archived/],
    ['terminated', (emulator, id) => emulator.setSessionStatus(id, 'terminated'), /is terminated/],
    ['forbidden', (emulator) => emulator.addFault(forbidden), /cannot be read with this credential.*another workspace/],
    ['unknown', (emulator) => emulator.reset(), /was not found.*another workspace/],
  ]

test.concurrent.each(REFUSED)('a session that is %s is refused before any upload', async (_, arrange, message) => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator)
  await arrange(scene.emulator, id)
  const before = scene.emulator.snapshot()
  scene.workspace.write({ 'a.txt': 'a' })
  const { main, post } = await scene.job({ ...EXISTING, 'session-id': id, files: 'a.txt' })

  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain(`session ${id}`)
  expect(errorOf(main)).toMatch(message)
  expect(new Set(scene.sent().map(({ method }) => method))).toEqual(new Set(['GET']))
  expect(jsonOutput(main, 'resources')).toEqual([])
  expect(post.exitCode).toBe(0)
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toEqual(before)
})

test.concurrent('a mount path that is taken on the session is refused before any upload', async () => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator, { files: { '/data/a.txt': 'old' } })
  scene.workspace.write({ 'data/a.txt': 'new', data2: 'x' })
  const same = await scene.main({ ...EXISTING, 'session-id': id, files: 'data/a.txt' })
  expect(errorOf(same)).toMatch(new RegExp(`${id}.*"data/a.txt".*"/data/a.txt"`))
  const above = await scene.main({ ...EXISTING, 'session-id': id, files: 'data2 => /data' })
  expect(errorOf(above)).toMatch(new RegExp(`${id}.*"data2".*"/data".*"/data/a.txt"`))
  expect([same.exitCode, above.exitCode]).toEqual([1, 1])
  expect(scene.requests().filter((line) => !line.startsWith('GET'))).toEqual([])
})

test.concurrent('a session without room is refused before any upload', async () => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator, { files: { '/1': '1', '/2': '2' } })
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  const main = await scene.main({ ...EXISTING, 'session-id': id, files: '*.txt', 'max-resources': '3' })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/has 2 resources, and 2 more would pass 3 \(`max-resources`\)/)
  expect(scene.requests().filter((line) => !line.startsWith('GET'))).toEqual([])
})

test.concurrent('an id is sent as one segment of the path, whatever its prefix', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const main = await scene.main({ ...EXISTING, 'session-id': 'session-abc_123', files: 'a.txt' })
  expect(main.exitCode).toBe(1)
  expect(scene.requests()).toEqual(['GET /v1/sessions/session-abc_123'])
})
