import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import type { Fault } from '../../../emulator/emulator.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { jsonOutput, Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'

type Inputs = Readonly<Record<string, string>>

const UPLOAD = { method: 'POST', path: '^/v1/files$' }
const CREATE = { method: 'POST', path: '^/v1/sessions$' }
const ADD = { method: 'POST', path: '/resources$' }

async function openScene(fault: Fault): Promise<Scene> {
  const scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' })
  scene.emulator.addFault(fault)
  return scene
}

const run = (scene: Scene, more: Inputs = {}) => scene.main({ files: '*.txt', concurrency: '1', ...more })

test.concurrent.each(['always', 'on-failure', 'never'])(
  'an upload that fails for good: the file is named, and post takes all back with cleanup: %s',
  async (cleanup) => {
    await using scene = await openScene({ kind: 'status', status: 400, match: UPLOAD, nth: 3, times: 99 })
    const main = await run(scene, { cleanup })
    expect(main).toMatchObject({ exitCode: 1, stderr: '' })
    expect(errorOf(main)).toMatch(/POST \/v1\/files: 400 invalid_request_error: Injected fault \(request_id req_/)
    expect(errorOf(main)).toContain('"c.txt"')
    expect(scene.uploads()).toHaveLength(2)
    expect(main.outputs).toMatchObject({ 'session-id': '', 'session-created': 'false', 'mounted-count': '0' })
    const post = await scene.post(main, { cleanup })
    expect(post.exitCode).toBe(0)
    expect(annotations(post, 'warning')).toEqual([])
    expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
  },
)

test.concurrent('a service that stays down: the error says so, and post takes back what was uploaded', async () => {
  await using scene = await openScene({ kind: 'status', status: 500, match: UPLOAD, nth: 2, times: 99 })
  const main = await run(scene, { cleanup: 'never' })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(
    /500 api_error.*\nThe service failed 5 times in a row \(500\)\. Run the job again later\./,
  )
  expect(errorOf(main)).toContain('"b.txt"')
  const post = await scene.post(main, { cleanup: 'never' })
  expect(post.exitCode).toBe(0)
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})

test.concurrent('a service that does not do what is asked of it is asked once, and the error counts nothing', async () => {
  await using scene = await openScene({ kind: 'status', status: 501, match: UPLOAD, times: 99 })
  const main = await run(scene)
  expect(errorOf(main)).toMatch(/: 501 .*\nThe service failed \(501\)\. Run the job again later\./)
})

test.concurrent('an upload that fails for a moment is sent again', async () => {
  await using scene = await openScene({ kind: 'status', status: 503, envelope: false, match: UPLOAD, nth: 2 })
  const main = await run(scene)
  expect(main.exitCode).toBe(0)
  expect(main.outputs['mounted-count']).toBe('3')
})

test.concurrent('a rate limit is waited for, and logged once', async () => {
  await using scene = await openScene({ kind: 'status', status: 429, retryAfter: '1', match: UPLOAD, nth: 1, times: 3 })
  const main = await run(scene, { concurrency: '3' })
  expect(main.exitCode).toBe(0)
  expect(main.stdout.match(/^Waiting 1\.0 s/gm)).toHaveLength(1)
})

test.concurrent('a create that is refused: no session in the outputs, uploads are taken back', async () => {
  await using scene = await openScene({ kind: 'status', status: 400, match: CREATE })
  const main = await run(scene, { cleanup: 'never' })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/POST \/v1\/sessions: 400 invalid_request_error: Injected fault \(request_id req_/)
  expect(main.outputs).toMatchObject({ 'session-id': '', 'mounted-count': '0', resources: '[]' })
  expect(main.summary).toMatch(/failed/)
  const post = await scene.post(main, { cleanup: 'never' })
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})

test.concurrent.each([
  ['agent', { 'agent-id': 'agent_gone' }, 'agent_gone'],
  ['environment', { 'environment-id': 'env_gone' }, 'env_gone'],
])('an unknown %s is named by the error', async (_, inputs, id) => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const { main } = await scene.job({ files: 'a.txt', ...inputs })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain(id)
  expect(errorOf(main)).toMatch(/Check the ids.*workspace/)
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})

test.concurrent.each(['always', 'never'])(
  'an add that fails: outputs say how far it got, and post takes that back with cleanup: %s',
  async (cleanup) => {
    await using scene = await openScene({ kind: 'status', status: 400, match: ADD, nth: 2, times: 99 })
    const id = await createSession(scene.emulator)
    const before = scene.emulator.snapshot()
    const inputs = { 'session-id': id, cleanup }
    const main = await run(scene, inputs)
    expect(main.exitCode).toBe(1)
    expect(errorOf(main)).toContain('"b.txt"')
    const [mounted] = Object.values(scene.mounted(id))
    expect(main.outputs).toMatchObject({ 'session-id': id, 'session-created': 'false', 'mounted-count': '1' })
    expect(jsonOutput(main, 'resource-ids')).toEqual([mounted?.resourceId])
    const manifest: unknown = JSON.parse(readFileSync(main.outputs['manifest-path'] ?? '', 'utf8'))
    expect(manifest).toMatchObject({ session_id: id, complete: false, resources: [{ path: 'a.txt' }] })
    expect(main.summary).toMatch(/<td>1 file, [\s\S]*The step failed/)
    const post = await scene.post(main, inputs)
    expect(annotations(post, 'warning')).toEqual([])
    expect(scene.emulator.snapshot().files).toEqual(before.files)
    expect(scene.sessions()).toMatchObject([{ id, resources: [] }])
  },
)

test.concurrent('an add whose connection breaks before it was read leaves nothing behind', async () => {
  await using scene = await openScene({ kind: 'reset-before-read', match: ADD, nth: 2, times: 99 })
  const id = await createSession(scene.emulator)
  const main = await run(scene, { 'session-id': id })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/no answer: connection lost \((ECONNRESET|UND_ERR_SOCKET)/)
  expect(errorOf(main)).toContain('"b.txt"')
  const post = await scene.post(main, { 'session-id': id })
  expect(post.exitCode).toBe(0)
  expect(scene.emulator.snapshot()).toMatchObject({ files: [], sessions: [{ id, resources: [] }] })
})

const LOST = ['reset-after-commit', 'reset-mid-reply', 'truncated-json', 'empty'] as const

test.concurrent.each(LOST)(
  'an add whose reply is lost (%s) is found by its mount path, and not made twice',
  async (kind) => {
    await using scene = await openScene({ kind, match: ADD, nth: 2 })
    const id = await createSession(scene.emulator)
    const main = await run(scene, { 'session-id': id })
    expect(main).toMatchObject({ exitCode: 0, stderr: '' })
    expect(Object.keys(scene.mounted(id))).toEqual(['a', 'b', 'c'].map((name) => `/mnt/session/uploads/${name}.txt`))
    expect(jsonOutput(main, 'resource-ids')).toEqual(
      Object.values(scene.mounted(id)).map(({ resourceId }) => resourceId),
    )
    const post = await scene.post(main, { 'session-id': id })
    expect(annotations(post, 'warning')).toEqual([])
    expect(scene.emulator.snapshot()).toMatchObject({ files: [], sessions: [{ id, resources: [] }] })
  },
)

test.concurrent.each(LOST)('a create whose reply is lost (%s) is found by its run key: one session', async (kind) => {
  await using scene = await openScene({ kind, match: CREATE })
  const main = await run(scene, { 'session-cleanup': 'delete' })
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(scene.sessions()).toMatchObject([{ id: main.outputs['session-id'] }])
  expect(main.outputs).toMatchObject({ 'session-created': 'true', 'mounted-count': '3' })
  const post = await scene.post(main, { 'session-cleanup': 'delete' })
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})

test.concurrent('an upload whose reply is lost is sent again, and post removes both', async () => {
  await using scene = await openScene({ kind: 'reset-after-commit', match: UPLOAD, nth: 2 })
  const main = await run(scene)
  expect(main.exitCode).toBe(0)
  expect(scene.uploads()).toHaveLength(4)
  const post = await scene.post(main)
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.uploads()).toEqual([])
})

test.concurrent('a host that does not listen: the error says how to check', async () => {
  const closed = await Scene.open()
  const { url } = closed.emulator
  await using scene = await openScene({ kind: 'refuse', match: UPLOAD, nth: 99 })
  await closed[Symbol.asyncDispose]()
  const main = await run(scene, { 'base-url': url })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toMatch(/ECONNREFUSED/)
  expect(errorOf(main)).toContain('`base-url`')
})
