import { expect, test } from '@jest/globals'
import type { Fault } from '../../../emulator/emulator.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { mountedOn } from '../../harness/nightly.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'
import type { StepResult } from '../../harness/step.ts'

const UPLOAD = { method: 'POST', path: '^/v1/files$' }
const INPUTS = { files: '*.txt', concurrency: '4' } as const
const COUNT = 12

/** Replies come late enough for four requests to be on their way before the first of them. */
async function openScene(...faults: readonly Fault[]): Promise<Scene> {
  const scene = await Scene.open({ faults, latencyMs: 200 })
  return withFiles(scene)
}

function withFiles(scene: Scene): Scene {
  scene.workspace.write(Object.fromEntries(Array.from({ length: COUNT }, (_, n) => [`${n}.txt`, `${n}`])))
  return scene
}

const waits = ({ stdout }: StepResult): readonly string[] => stdout.match(/^Waiting .*$/gm) ?? []

test.concurrent.each([
  ['seconds', '2', 2000],
  ['a fraction', '1.5', 1500],
] as const)('429 with %s: one line in the log, and everybody waits that long', async (_, retryAfter, ms) => {
  await using scene = await openScene({ kind: 'status', status: 429, retryAfter, match: UPLOAD, times: 4 })
  const main = await scene.main(INPUTS)
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(waits(main)).toEqual([expect.stringMatching(/^Waiting \d\.\d s, then 2 at a time: POST \/v1\/files: 429/)])
  expect(waits(main)[0]).toContain(`${(ms / 1000).toFixed(1)} s`)
  const sent = scene.sent()
  expect(sent.slice(0, 4).map(({ status }) => status)).toEqual([429, 429, 429, 429])
  expect((sent[4]?.at ?? 0) - (sent[3]?.at ?? 0)).toBeGreaterThanOrEqual(ms - 10)
  expect(sent).toHaveLength(4 + COUNT + 1)
})

test.concurrent('429 with a date: it is waited for', async () => {
  const rateLimit = { requests: 8, perSeconds: 2, retryAfterForm: 'http-date' } as const
  await using scene = withFiles(await Scene.open({ rateLimit }))
  const main = await scene.main({ ...INPUTS, concurrency: '1' })
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(waits(main)).toHaveLength(1)
  expect(scene.sent().filter(({ status }) => status === 429)).toHaveLength(1)
})

test.concurrent.each([
  ['seconds', () => '7200'],
  ['a date', () => new Date(Date.now() + 7_200_000).toUTCString()],
])('a limit that lifts after the run’s time is over, in %s: it fails at once, and says so', async (_, retryAfter) => {
  await using scene = await openScene({
    kind: 'status',
    status: 429,
    retryAfter: retryAfter(),
    match: UPLOAD,
    times: 99,
  })
  const { main, post } = await scene.job({ ...INPUTS, concurrency: '1', 'timeout-minutes': '30' })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain('The rate limit did not lift in time')
  expect(waits(main)).toEqual([])
  expect(scene.requests()).toEqual(['POST /v1/files'])
  expect(annotations(post, 'warning')).toEqual([])
})

test.concurrent('529, the service is overloaded: all wait, and it is said once', async () => {
  await using scene = await openScene({ kind: 'status', status: 529, match: UPLOAD, times: 4 })
  const main = await scene.main(INPUTS)
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(waits(main)).toEqual([expect.stringMatching(/529/)])
})

test.concurrent('a 429 that comes again and again: the twentieth attempt is the last', async () => {
  await using scene = await openScene({ kind: 'status', status: 429, retryAfter: '0.1', match: UPLOAD, times: 99 })
  const { main, post } = await scene.job({ ...INPUTS, concurrency: '1' })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/"0\.txt" could not be uploaded: .*429/)
  expect(scene.sent().filter(({ path }) => path === '/v1/files')).toHaveLength(20)
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})

test.concurrent('a spending limit is not waited for: time does not cure it', async () => {
  await using scene = await openScene({ kind: 'status', status: 402, match: UPLOAD, times: 99 })
  const main = await scene.main({ ...INPUTS, concurrency: '1' })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain('billing')
  expect(scene.requests()).toHaveLength(1)
})

test.concurrent.each([
  [4, true],
  [5, false],
] as const)('five attempts, and a call that fails %i times: success is %s', async (failures, succeeds) => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  scene.emulator.addFault({ kind: 'status', status: 503, match: UPLOAD, times: failures })
  const main = await scene.main({ files: 'a.txt' })
  expect(main.exitCode).toBe(succeeds ? 0 : 1)
  expect(scene.sent().filter(({ path }) => path === '/v1/files')).toHaveLength(succeeds ? failures + 1 : failures)
})

test.concurrent('a server that refuses concurrent adds: they end up one at a time, and all are made', async () => {
  await using scene = withFiles(await Scene.open({ lenient: { conflictOnConcurrentAdds: true }, latencyMs: 30 }))
  const id = await createSession(scene.emulator)
  const inputs = { ...INPUTS, 'session-id': id, concurrency: '8' }
  const { main, post } = await scene.job(inputs)
  expect(annotations(main, 'error')).toEqual([])
  expect(main.outputs['mounted-count']).toBe(String(COUNT))
  const adds = scene.sent().filter(({ method, path }) => method === 'POST' && path.endsWith('/resources'))
  const refused = adds.filter(({ status }) => status === 409)
  expect(refused.length).toBeGreaterThanOrEqual(1)
  expect(refused.length).toBeLessThanOrEqual(7)
  expect(adds.length - refused.length).toBe(COUNT)
  expect(annotations(post, 'warning')).toEqual([])
  expect(mountedOn(scene, id)).toEqual({})
})
