import { expect, test } from '@jest/globals'
import { DEVIATIONS, decodeDeviations } from '../../../emulator/faults/deviation.ts'
import { existing, messages } from '../../harness/agent.ts'
import { annotations } from '../../harness/annotation.ts'
import { contentOf, downloadStep } from '../../harness/download.ts'
import { changeJson, Gateway } from '../../harness/gateway.ts'
import { jsonOutput, Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'
import type { StepResult } from '../../harness/step.ts'

/** Each that names the server which was seen to do so. */
const SEEN = Object.entries(DEVIATIONS).flatMap(([name, what]) => (what.startsWith('likely') ? [] : [name]))

/** Once on each call, where a server limits calls. */
const LIMITS = ['^/v1/files$', '^/v1/sessions$', '/resources$', '/events$'].map((path) => ({
  kind: 'status' as const,
  status: 429,
  retryAfter: '1',
  match: { path },
}))

const CASES: readonly (readonly [string, readonly string[]])[] = [
  ...['eventsAnswer202', 'dropsMetadata', 'ignoresIds', 'plainScope', 'plainErrors'].map(
    (name) => [name, [name]] as const,
  ),
  ['all of them at once', SEEN],
]

const ASK = { files: '*.txt', prompt: 'Look.', wait: 'true', 'mount-context': 'false' } as const

function expectAnswer(main: StepResult, paths: string): void {
  expect([annotations(main, 'error'), annotations(main, 'warning')]).toEqual([[], []])
  expect(main.outputs.reply).toBe(`I was told: Look.\nMounted: ${paths}`)
}

/** Two nights on one session, of which the second changes a file, and a run that brings and ends its own. */
test.concurrent.each(CASES)('a server with %s: mount, refresh, prompt, post', async (_, names) => {
  await using scene = await Scene.open({ lenient: decodeDeviations(names), faults: LIMITS })
  const [a, b] = ['/mnt/session/uploads/a.txt', '/mnt/session/uploads/b.txt']
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  const nightly = { ...ASK, 'session-name': 'Nightly', cleanup: 'on-failure' }
  const first = await scene.job(nightly)
  expectAnswer(first.main, `${a}, ${b}`)
  expect(annotations(first.post, 'warning')).toEqual([])

  scene.workspace.write({ 'b.txt': 'other' })
  const second = await scene.job(nightly)
  expectAnswer(second.main, `${a}, ${b}`)
  expect(second.main.outputs).toMatchObject({
    ...{ 'session-id': first.main.outputs['session-id'], 'session-created': 'false', changed: 'true' },
    ...{ 'unchanged-count': '1', 'replaced-count': '1', 'added-count': '0' },
  })
  expect(annotations(second.post, 'warning')).toEqual([])
  expect(scene.mounted(first.main.outputs['session-id'] ?? '')[b]?.size_bytes).toBe(5)

  const before = scene.emulator.snapshot()
  const third = await scene.job({ ...ASK, 'session-cleanup': 'delete' })
  expectAnswer(third.main, `${a}, ${b}`)
  expect(jsonOutput(third.main, 'resource-ids')).toHaveLength(2)
  expect(annotations(third.post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toEqual(before)
})

const SEND = { method: 'POST', path: '/events$' }

test.concurrent.each([
  ['arrives', decodeDeviations(['eventsAnswer202']), [], 1, ''],
  [
    'is not listed',
    {},
    [{ kind: 'status' as const, status: 202, envelope: false, message: '', match: SEND }],
    0,
    'The service accepted the prompt, but does not list it yet',
  ],
  [
    'cannot be looked for',
    decodeDeviations(['eventsAnswer202']),
    // What is there before the prompt is read first.
    [{ kind: 'status' as const, status: 403, nth: 2, times: 99, match: { method: 'GET', path: '/events$' } }],
    1,
    'The service accepted the prompt, but does not list it yet',
  ],
] as const)('a prompt answered with 202 and no body that %s: sent once', async (_, lenient, faults, arrived, line) => {
  await using scene = await Scene.open({ lenient, faults })
  const id = await createSession(scene.emulator)
  const main = await scene.main({ ...ASK, files: '', wait: 'false', ...existing(id) })
  expect([main.exitCode, main.stdout]).toEqual([0, expect.stringContaining(line)])
  scene.emulator.clearFaults()
  expect(await messages(scene, id)).toHaveLength(arrived)
  expect(scene.requests().filter((each) => each === 'POST /v1/sessions/{sesn}/events')).toHaveLength(1)
})

test.concurrent('names are found in the list of all files where neither filter is known', async () => {
  await using scene = await Scene.open({ lenient: decodeDeviations(['ignoresIds', 'scopeRefused']) })
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  const id = await createSession(scene.emulator)
  await scene.main({ files: '*.txt', cleanup: 'never', ...existing(id) })
  // The newest twenty files are what the list shows.
  for (let n = 0; n < 20; n++) await createSession(scene.emulator, { files: { [`/${n}`]: 'x' } })
  scene.workspace.write({ 'b.txt': 'other' })
  const main = await scene.main({ files: '*.txt', cleanup: 'never', ...existing(id) })
  expect(annotations(main, 'error')).toEqual([])
  expect(main.outputs).toMatchObject({ 'unchanged-count': '1', 'replaced-count': '1' })
})

test.concurrent('what the agent made is downloaded where a scope is a plain field', async () => {
  await using scene = await Scene.open({ lenient: decodeDeviations(['plainScope', 'noScopeFilter']) })
  const [id, other] = [await createSession(scene.emulator), await createSession(scene.emulator)]
  scene.emulator.addOutput(id, 'own.md', 'own')
  scene.emulator.addOutput(other, 'other.md', 'other')
  const step = await downloadStep(scene, { 'session-id': id })
  expect(annotations(step, 'warning')).toEqual([])
  expect(contentOf(scene.workspace.path('session-outputs'))).toEqual({ 'own.md': 'own' })
})

test.concurrent.each([
  ['are told one by one: what is there is unchanged', [], { 'unchanged-count': '1', 'replaced-count': '0' }, ''],
  [
    'are not told at all: what is there is replaced, and a warning says so',
    [{ kind: 'status' as const, status: 403, times: 99, match: { method: 'GET', path: '^/v1/files/[^/]+$' } }],
    { 'unchanged-count': '0', 'replaced-count': '1' },
    'The service does not return the upload name of 1 mounted file',
  ],
] as const)('names of files that no list shows, and that %s', async (_, faults, counts, warning) => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const id = await createSession(scene.emulator)
  await scene.main({ files: '*.txt', cleanup: 'never', ...existing(id) })
  for (const fault of faults) scene.emulator.addFault(fault)
  const change = changeJson(/^GET \/v1\/files$/, (list) => ({ ...list, data: [] }))
  await using gateway = await Gateway.start(scene.emulator.url, change)
  const main = await scene.main({ files: '*.txt', cleanup: 'never', ...existing(id), 'base-url': gateway.url })
  expect(annotations(main, 'error')).toEqual([])
  expect(annotations(main, 'warning').join()).toContain(warning)
  expect(main.outputs).toMatchObject(counts)
})
