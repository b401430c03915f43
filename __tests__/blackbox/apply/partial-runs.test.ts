import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import type { Fault } from '../../../emulator/emulator.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { mountedOn, NightlyScene } from '../../harness/nightly.ts'
import { jsonOutput, Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'
import { sha256 } from '../../harness/workspace.ts'

const UPLOAD = { method: 'POST', path: '^/v1/files$' }
const ADD = { method: 'POST', path: '/resources$' }
const FIVE = ['a', 'b', 'c', 'd', 'e'] as const
const KEEP = { files: '*.txt', 'on-partial': 'keep', concurrency: '1' } as const

async function openScene(...faults: readonly Fault[]): Promise<Scene> {
  const scene = await Scene.open({ faults })
  scene.workspace.write(Object.fromEntries(FIVE.map((name) => [`${name}.txt`, name])))
  return scene
}

const refusing = (match: Fault['match'], nth: number, status = 400): Fault => ({ kind: 'status', status, match, nth })
const pathsOf = (scene: Scene, id: string) => Object.keys(mountedOn(scene, id)).sort()

test.concurrent.each(['always', 'on-failure', 'never'])(
  'undo, the default: a run that mounted four of five is taken back with cleanup: %s',
  async (cleanup) => {
    await using scene = await openScene()
    const id = await createSession(scene.emulator, { files: { '/theirs.txt': 't' } })
    const before = scene.emulator.snapshot()
    scene.emulator.addFault({ ...refusing(ADD, 5), times: 99 })
    const inputs = { 'session-id': id, files: '*.txt', concurrency: '1', cleanup }
    const { main, post } = await scene.job(inputs)
    expect(main.exitCode).toBe(1)
    expect(main.outputs['mounted-count']).toBe('4')
    expect(annotations(post, 'warning')).toEqual([])
    expect(scene.emulator.snapshot().files).toEqual(before.files)
    expect(pathsOf(scene, id)).toEqual(['/theirs.txt'])
  },
)

test.concurrent.each([
  ['never', ['/a.txt', '/b.txt', '/d.txt', '/e.txt']],
  ['always', []],
])('keep: four of five are mounted, the step fails and names the fifth; cleanup: %s', async (cleanup, left) => {
  await using scene = await openScene()
  const id = await createSession(scene.emulator)
  scene.emulator.addFault(refusing(UPLOAD, 3))
  const inputs = { ...KEEP, 'session-id': id, cleanup }
  const main = await scene.main(inputs)
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toMatch(/"c\.txt" could not be uploaded: .*400/)
  expect(pathsOf(scene, id)).toEqual(['/a.txt', '/b.txt', '/d.txt', '/e.txt'])
  expect(main.outputs).toMatchObject({ 'mounted-count': '4', 'added-count': '4', changed: 'true' })
  expect(jsonOutput(main, 'resource-ids')).toHaveLength(4)
  expect(main.summary).toMatch(/4 files, 4 bytes[\s\S]*The step failed/)
  const post = await scene.post(main, inputs)
  expect(annotations(post, 'warning')).toEqual([])
  expect(pathsOf(scene, id)).toEqual(left)
  expect(scene.uploads()).toHaveLength(left.length)
})

test.concurrent.each([
  ['never', 'keep', 4],
  ['always', 'keep', 0],
  ['always', 'delete', undefined],
])('keep, and a new session; cleanup: %s, session-cleanup: %s', async (cleanup, end, left) => {
  await using scene = await openScene(refusing(UPLOAD, 3))
  const inputs = { ...KEEP, cleanup, 'session-cleanup': end }
  const main = await scene.main(inputs)
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain('"c.txt" could not be uploaded')
  const id = main.outputs['session-id'] ?? ''
  expect(main.outputs).toMatchObject({ 'session-created': 'true', 'mounted-count': '4' })
  expect(pathsOf(scene, id)).toEqual(['/a.txt', '/b.txt', '/d.txt', '/e.txt'])
  const manifest: unknown = JSON.parse(readFileSync(main.outputs['manifest-path'] ?? '', 'utf8'))
  expect(manifest).toMatchObject({ complete: false, session_id: id })
  const post = await scene.post(main, inputs)
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.sessions().map(({ resources }) => resources.length)).toEqual(left === undefined ? [] : [left])
  expect(scene.uploads()).toHaveLength(left ?? 0)
})

test.concurrent('keep: several failures are listed, each with its file', async () => {
  await using scene = await openScene(refusing(UPLOAD, 2), refusing(UPLOAD, 4))
  const main = await scene.main({ ...KEEP, cleanup: 'never' })
  expect(errorOf(main)).toMatch(/^2 files could not be mounted:\n- "b\.txt" .*\n- "d\.txt" /)
  expect(main.outputs['mounted-count']).toBe('3')
})

test.concurrent('keep: where nothing can be mounted, no session is created', async () => {
  await using scene = await openScene({ kind: 'status', status: 400, match: UPLOAD, times: 99 })
  const { main, post } = await scene.job({ ...KEEP, cleanup: 'never' })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/^5 files could not be mounted:/)
  expect(main.outputs).toMatchObject({ 'session-id': '', 'session-created': 'false', changed: 'false' })
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})

test.concurrent('keep: a credential that is refused fails all files, so that nothing more is tried', async () => {
  await using scene = await openScene({ ...refusing(UPLOAD, 2, 403), times: 99 })
  const main = await scene.main({ ...KEEP, cleanup: 'never' })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/403/)
  expect(scene.requests()).toEqual(['POST /v1/files', 'POST /v1/files'])
  expect(scene.sessions()).toEqual([])
})

test.concurrent('keep: a changed file that could not be uploaded keeps its old content on the session', async () => {
  await using night = await NightlyScene.open(3)
  night.change(0, 1, 2)
  night.scene.emulator.addFault(refusing(UPLOAD, 2))
  const { main } = await night.refresh({ 'on-partial': 'keep', concurrency: '1' })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain('"data/1.txt" could not be uploaded')
  expect(main.outputs).toMatchObject({ 'replaced-count': '2', 'mounted-count': '2' })
  expect(night.mounted()).toEqual({
    '/data/0.txt': sha256('new content of 0'),
    '/data/1.txt': sha256('old 1'),
    '/data/2.txt': sha256('new content of 2'),
  })
})

test.concurrent('keep: the next night mends what the last one could not do', async () => {
  await using night = await NightlyScene.open(3)
  night.change(0, 1, 2)
  night.scene.emulator.addFault(refusing(ADD, 2))
  const first = await night.refresh({ 'on-partial': 'keep', concurrency: '1' })
  expect(errorOf(first.main)).toContain('nothing is mounted there now')
  const second = await night.refresh({ 'on-partial': 'keep' })
  expect(annotations(second.main, 'error')).toEqual([])
  expect(second.main.outputs).toMatchObject({ 'added-count': '1', 'unchanged-count': '2' })
  expect(Object.keys(night.mounted())).toHaveLength(3)
})
