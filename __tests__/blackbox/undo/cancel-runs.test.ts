import { expect, test } from '@jest/globals'
import type { Fault } from '../../../emulator/emulator.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'
import { signalOnce } from '../../harness/signal.ts'
import type { StepResult } from '../../harness/step.ts'

const UPLOAD = { method: 'POST', path: '^/v1/files$' }
const NAMES = Array.from({ length: 12 }, (_, n) => `${String.fromCharCode(97 + n)}.txt`)
const INPUTS = { files: '*.txt', concurrency: '4' } as const

/** The runner's own patience; a step that is not over by this time is killed, and has no exit code. */
const SIGINT_MS = 10_000
const SIGTERM_MS = 5_000

async function openScene(...faults: readonly Fault[]): Promise<Scene> {
  const scene = await Scene.open({ faults })
  scene.workspace.write(Object.fromEntries(NAMES.map((name) => [name, name])))
  return scene
}

const slow = (match: Fault['match'], delayMs: number): Fault => ({ kind: 'slow', delayMs, match, times: 99 })
const arrived = (scene: Scene, line: string, count: number) => () =>
  scene.requests().filter((each) => each === line).length >= count

/** The ids of uploads that the state knows. */
const knownUploads = ({ state }: StepResult): readonly string[] =>
  Object.values(state).flatMap((value) => /"fileId":"([^"]+)"/.exec(value)?.[1] ?? [])

test.concurrent('SIGINT while uploading: what is in flight ends and is noted, nothing is begun, post leaves nothing', async () => {
  await using scene = await openScene(slow(UPLOAD, 1500))
  const onStart = signalOnce(arrived(scene, 'POST /v1/files', 4), 'SIGINT', SIGINT_MS)
  const main = await scene.main(INPUTS, { onStart })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain('the run was cancelled')
  expect(scene.requests()).toEqual(Array(4).fill('POST /v1/files'))
  expect(new Set(knownUploads(main))).toEqual(new Set(scene.uploads().map(({ id }) => id)))
  expect(scene.uploads()).toHaveLength(4)
  scene.emulator.clearFaults()
  const post = await scene.post(main, INPUTS, { jobStatus: 'cancelled' })
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})

test.concurrent('SIGINT while mounting: what was mounted is taken off again', async () => {
  await using scene = await openScene()
  const id = await createSession(scene.emulator, { files: { '/theirs.txt': 't' } })
  scene.emulator.addFault(slow({ method: 'POST', path: '/resources$' }, 400))
  const onStart = signalOnce(arrived(scene, 'POST /v1/sessions/{sesn}/resources', 5), 'SIGINT', SIGINT_MS)
  const inputs = { ...INPUTS, 'session-id': id, cleanup: 'never' }
  const main = await scene.main(inputs, { onStart })
  expect(main.exitCode).toBe(1)
  const mounted = Object.keys(scene.mounted(id))
  expect(mounted.length).toBeGreaterThanOrEqual(5)
  expect(mounted.length).toBeLessThan(12)
  expect(main.outputs['mounted-count']).toBe(String(mounted.length - 1))
  scene.emulator.clearFaults()
  const post = await scene.post(main, inputs, { jobStatus: 'cancelled' })
  expect(annotations(post, 'warning')).toEqual([])
  expect(Object.keys(scene.mounted(id))).toEqual(['/mnt/session/uploads/theirs.txt'])
  expect(scene.uploads()).toHaveLength(1)
})

test.concurrent('SIGINT while the last reply is under way: the run is cancelled, though nothing was left to do', async () => {
  await using scene = await openScene(slow({ method: 'POST', path: '^/v1/sessions$' }, 1000))
  const onStart = signalOnce(arrived(scene, 'POST /v1/sessions', 1), 'SIGINT', SIGINT_MS)
  const main = await scene.main(INPUTS, { onStart })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain('the run was cancelled')
  scene.emulator.clearFaults()
  const post = await scene.post(main, INPUTS, { jobStatus: 'cancelled' })
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})

test.concurrent('SIGINT while a rate limit is waited for: the wait ends at once', async () => {
  await using scene = await openScene({ kind: 'status', status: 429, retryAfter: '50', match: UPLOAD, times: 99 })
  const onStart = signalOnce(arrived(scene, 'POST /v1/files', 4), 'SIGINT', SIGINT_MS)
  const main = await scene.main(INPUTS, { onStart })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain('the run was cancelled')
  expect(scene.requests()).toHaveLength(4)
})

test.concurrent('SIGINT while the server says nothing: the step ends in time, and post removes what was uploaded', async () => {
  await using scene = await openScene({ kind: 'never-answer', match: UPLOAD, times: 99 })
  const onStart = signalOnce(() => scene.uploads().length === 4, 'SIGINT', SIGINT_MS)
  const main = await scene.main(INPUTS, { onStart })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain('the run was cancelled')
  scene.emulator.clearFaults()
  const post = await scene.post(main, INPUTS, { jobStatus: 'cancelled' })
  expect(post.exitCode).toBe(0)
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.uploads()).toEqual([])
})

test.concurrent('SIGTERM is obeyed faster', async () => {
  await using scene = await openScene({ kind: 'never-answer', match: UPLOAD, times: 99 })
  const onStart = signalOnce(arrived(scene, 'POST /v1/files', 4), 'SIGTERM', SIGTERM_MS)
  const main = await scene.main(INPUTS, { onStart })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain('the run was cancelled')
})

test.concurrent('SIGKILL while uploading: post removes what is known, and finds the rest', async () => {
  await using scene = await openScene({ ...slow(UPLOAD, 30_000), nth: 5 })
  const onStart = signalOnce(() => scene.uploads().length === 8, 'SIGKILL', 0)
  const main = await scene.main(INPUTS, { onStart })
  expect(main).toMatchObject({ exitCode: null, outputs: { 'session-id': '' } })
  expect(knownUploads(main)).toHaveLength(4)
  scene.emulator.clearFaults()
  const post = await scene.post({ ...main, exitCode: 1 }, INPUTS, { jobStatus: 'cancelled' })
  expect(post.exitCode).toBe(0)
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.uploads()).toEqual([])
})

test.concurrent('SIGKILL while the session is created: post finds it by its run key, and deletes it', async () => {
  await using scene = await openScene(slow({ method: 'POST', path: '^/v1/sessions$' }, 30_000))
  const onStart = signalOnce(() => scene.sessions().length > 0, 'SIGKILL', 0)
  const main = await scene.main(INPUTS, { onStart })
  expect(main.exitCode).toBeNull()
  scene.emulator.clearFaults()
  const post = await scene.post({ ...main, exitCode: 1 }, INPUTS, { jobStatus: 'cancelled' })
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})

test.concurrent('a run whose time is over stops like one that is cancelled, and says which input to raise', async () => {
  await using scene = await openScene(slow(UPLOAD, 700))
  const main = await scene.main({ ...INPUTS, concurrency: '1', 'timeout-minutes': '0.05' })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain('timed out (`timeout-minutes: 0.05`)')
  expect(scene.uploads().length).toBeLessThan(NAMES.length)
  expect(scene.sessions()).toEqual([])
  scene.emulator.clearFaults()
  const post = await scene.post(main)
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})

test.concurrent('SIGINT while cleaning up: post ends in time, exits with 0, and says what is left', async () => {
  await using scene = await openScene()
  const main = await scene.main(INPUTS)
  scene.emulator.setSessionStatus(main.outputs['session-id'] ?? '', 'running')
  const onStart = signalOnce(arrived(scene, 'DELETE /v1/files/{file}', 12), 'SIGINT', SIGINT_MS)
  const post = await scene.post(main, INPUTS, { jobStatus: 'cancelled', onStart })
  expect(post.exitCode).toBe(0)
  const warning = annotations(post, 'warning').join()
  expect(warning).toContain('cleanup ended before it was removed: the run was cancelled')
  for (const { resourceId } of Object.values(scene.mounted(main.outputs['session-id'] ?? ''))) {
    expect(warning).toContain(resourceId)
  }
})
