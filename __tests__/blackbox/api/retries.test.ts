import { expect, test } from '@jest/globals'
import type { Fault } from '../../../emulator/emulator.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { type Change, Gateway } from '../../harness/gateway.ts'
import { jsonOutput, Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'
import type { StepResult } from '../../harness/step.ts'

const UPLOAD = { method: 'POST', path: '^/v1/files$' }
const CREATE = { method: 'POST', path: '^/v1/sessions$' }
const ADD = { method: 'POST', path: '/resources$' }

async function openScene(...faults: readonly Fault[]): Promise<Scene> {
  const scene = await Scene.open({ faults })
  scene.workspace.write({ 'a.txt': 'a' })
  return scene
}

async function runBehind(scene: Scene, change: Change, inputs: Readonly<Record<string, string>> = {}) {
  await using gateway = await Gateway.start(scene.emulator.url, change)
  return await scene.main({ files: 'a.txt', 'base-url': gateway.url, ...inputs })
}

const count = (scene: Scene, line: RegExp) => scene.requests().filter((request) => line.test(request)).length

const withHeader = (name: string, value: () => string): Change => {
  return ({ status }) => (status < 400 ? undefined : { headers: { [name]: value() } })
}

test.concurrent.each([
  ['false', 503, UPLOAD, 1],
  ['false', 429, UPLOAD, 1],
  ['false', 503, CREATE, 1],
  ['true', 400, UPLOAD, 2],
  ['true', 503, CREATE, 2],
  // Only these two words count.
  ['yes', 503, UPLOAD, 2],
] as const)('x-should-retry: %s on a %i is obeyed', async (word, status, match, times) => {
  await using scene = await openScene({ kind: 'status', status, match })
  const main = await runBehind(
    scene,
    withHeader('x-should-retry', () => word),
  )
  expect(main.exitCode).toBe(times === 1 ? 1 : 0)
  expect(count(scene, new RegExp(`^POST ${match.path.slice(1)}`))).toBe(times)
  if (times > 1) expect(scene.sessions()).toHaveLength(1)
})

test.concurrent.each([
  ['five minutes ahead', 300_000],
  ['an hour ahead', 3_600_000],
  ['an hour behind', -3_600_000],
])('retry-after as a date of a server whose clock is %s: reckoned from its own date', async (_, skew) => {
  await using scene = await openScene({ kind: 'status', status: 429, match: UPLOAD })
  const date = (ms: number) => new Date(Date.now() + skew + ms).toUTCString()
  const change: Change = ({ status }) =>
    status === 429 ? { headers: { date: date(0), 'retry-after': date(2000) } } : { headers: { date: date(0) } }
  const main = await runBehind(scene, change, { 'timeout-minutes': '2' })
  expect(annotations(main, 'error')).toEqual([])
  expect(main.stdout).toMatch(/^Waiting 2\.0 s,/m)
})

const lines = ({ stdout }: StepResult, pattern: RegExp) => stdout.split('\n').filter((line) => pattern.test(line))

test.concurrent.each([
  ['503', { kind: 'status', status: 503 }, /POST \/v1\/files: 503/],
  ['a lost connection', { kind: 'reset-before-read' }, /POST \/v1\/files: no answer/],
  ['a page of a proxy', { kind: 'html' }, /POST \/v1\/files: answered 200 with text\/html/],
] as const)('%s that passes: one line for each attempt that follows', async (_, fault, text) => {
  await using scene = await openScene({ ...fault, match: UPLOAD, times: 2 })
  const main = await scene.main({ files: 'a.txt' })
  expect(annotations(main, 'error')).toEqual([])
  expect(lines(main, /attempt \d of 5/)).toEqual([
    expect.stringMatching(/^Retrying in 0\.[45] s \(attempt 2 of 5\): POST/),
    expect.stringMatching(/^Retrying in (0\.[789]|1\.0) s \(attempt 3 of 5\): POST/),
  ])
  expect(lines(main, text)).toHaveLength(2)
})

test.concurrent('a limit has its own line, and no second one', async () => {
  await using scene = await openScene({ kind: 'status', status: 429, retryAfter: '0.3', match: UPLOAD })
  const main = await scene.main({ files: 'a.txt' })
  expect(lines(main, /429/)).toEqual([expect.stringMatching(/^Waiting 0\.3 s/)])
})

test.concurrent.each([
  ['that was not carried out', { kind: 'status', status: 503 }, 1, 2],
  ['that was', { kind: 'reset-after-commit' }, 1, 1],
] as const)('a create whose reply is lost, and %s: one line says what comes of it', async (_, fault, logged, sent) => {
  await using scene = await openScene({ ...fault, match: CREATE })
  const main = await scene.main({ files: 'a.txt' })
  expect(annotations(main, 'error')).toEqual([])
  expect(count(scene, /^POST \/v1\/sessions$/)).toBe(sent)
  expect(lines(main, /POST \/v1\/sessions: /)).toHaveLength(logged)
  expect(scene.sessions()).toHaveLength(1)
})

test.concurrent('a create that is refused because a path is taken (409) is sent once', async () => {
  const message = 'mount_path "/a.txt" is already mounted'
  await using scene = await openScene({ kind: 'status', status: 409, message, match: CREATE, times: 9 })
  const main = await scene.main({ files: 'a.txt' })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain(message)
  expect(count(scene, /^POST \/v1\/sessions$/)).toBe(1)
})

test.concurrent.each(['is taken', ''])(
  'an add that is refused because this run’s own file is there (409 that says %j) is sent once, and was carried out',
  async (message) => {
    await using scene = await openScene()
    const id = await createSession(scene.emulator)
    // Behind the gateway the file is mounted.
    const taken: Change = ({ method, target }) =>
      method === 'POST' && target.endsWith('/resources')
        ? { status: 409, body: JSON.stringify({ type: 'error', error: { type: 'conflict_error', message } }) }
        : undefined
    const main = await runBehind(scene, taken, { 'session-id': id, concurrency: '1' })
    expect(annotations(main, 'error')).toEqual([])
    expect(count(scene, /^POST .*\/resources$/)).toBe(1)
    const { resourceId } = scene.mounted(id)['/mnt/session/uploads/a.txt'] ?? {}
    expect(jsonOutput(main, 'resource-ids')).toEqual([resourceId])
  },
)

test.concurrent('an upload that meets a conflict (409) is sent again', async () => {
  await using scene = await openScene({ kind: 'status', status: 409, match: UPLOAD })
  const main = await scene.main({ files: 'a.txt' })
  expect(annotations(main, 'error')).toEqual([])
  expect(count(scene, /^POST \/v1\/files/)).toBe(2)
  expect(scene.uploads()).toHaveLength(1)
})

test.concurrent('an add that meets a conflict (409) of which nothing can be learnt is sent again', async () => {
  await using scene = await openScene({ kind: 'status', status: 409, match: ADD })
  // What is there is read once, for the plan.
  scene.emulator.addFault({ kind: 'status', status: 403, nth: 2, match: { method: 'GET', path: '/resources$' } })
  const id = await createSession(scene.emulator)
  const main = await scene.main({ files: 'a.txt', 'session-id': id })
  expect(annotations(main, 'error')).toEqual([])
  expect(Object.keys(scene.mounted(id))).toHaveLength(1)
})

test.concurrent('an add that meets another change (409) is sent again', async () => {
  await using scene = await openScene({ kind: 'status', status: 409, match: ADD, times: 2 })
  const id = await createSession(scene.emulator)
  const main = await scene.main({ files: 'a.txt', 'session-id': id, concurrency: '1' })
  expect(annotations(main, 'error')).toEqual([])
  expect(count(scene, /^POST .*\/resources$/)).toBe(3)
})
