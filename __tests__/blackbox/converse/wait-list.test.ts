import { expect, test } from '@jest/globals'
import type { Act, Fault } from '../../../emulator/emulator.ts'
import { onArrival } from '../../faults/arrivals.ts'
import { ASK, existing, say, sceneWith, shown } from '../../harness/agent.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { createSession } from '../../harness/service.ts'

const TURN: readonly Act[] = [
  { act: 'message', text: 'one' },
  { act: 'tool-use', name: 'bash', input: { command: 'ls' } },
  { act: 'message', text: 'two' },
  { act: 'idle' },
]

const SHOWN = [
  '::group::Agent',
  'one',
  '::endgroup::',
  'Tool bash {"command":"ls"}',
  '::group::Agent',
  'two',
  '::endgroup::',
  expect.stringMatching(/is idle \(end_turn\)\. It has cost \$0\.0\d so far, \$0\.0\d of it in this run$/),
]

const LIST = { method: 'GET', path: '/events$' }
const RETRIEVE = { method: 'GET', path: '^/v1/sessions/[^/]+$' }

const LOOK = 'GET /v1/sessions/{sesn}/events'

/** More often than one call is sent. */
const TIMES = 6

const PASSING: readonly (readonly [string, Omit<Fault, 'match'>])[] = [
  ['503', { kind: 'status', status: 503, times: TIMES }],
  ['429', { kind: 'status', status: 429, retryAfter: '0.2', times: TIMES }],
  ['529', { kind: 'status', status: 529, times: TIMES }],
  ['reset', { kind: 'reset-before-read', times: TIMES }],
  ['cut', { kind: 'reset-mid-reply', times: TIMES }],
  ['a page', { kind: 'html', times: TIMES }],
  ['cut JSON', { kind: 'truncated-json', times: TIMES }],
  ['other JSON', { kind: 'wrong-shape', times: TIMES }],
  ['404 of a proxy', { kind: 'status', status: 404, envelope: false, times: TIMES }],
  ['403 of a proxy', { kind: 'status', status: 403, envelope: false, times: TIMES }],
]

test.concurrent.each(PASSING)(
  'the list fails in passing (%s): everything is shown once, in order',
  async (_, fault) => {
    for (const nth of [1, 2]) {
      await using scene = await sceneWith([...TURN.slice(0, 1), { act: 'wait', ms: 3_600_000 }, ...TURN.slice(1)])
      scene.emulator.addFault({ ...fault, nth, match: LIST })
      const goOn = () => scene.emulator.wakeAgent(scene.sessions()[0]?.id ?? '')
      onArrival(scene.emulator.url, { ...LIST, nth: nth + TIMES }, goOn)
      const main = await scene.main(ASK)
      expect(annotations(main, 'error')).toEqual([])
      const lines = shown(main)
      expect(lines.filter((line) => line.startsWith('Still waiting'))).toHaveLength(1)
      expect(lines.filter((line) => !/^(Still waiting|Waiting|Trying|Retrying)/.test(line))).toEqual(SHOWN)
      expect(main.outputs).toMatchObject({ status: 'idle', 'stop-reason': 'end_turn', reply: 'two' })
    }
  },
)

test.concurrent.each(PASSING)('each call of a wait without a prompt fails in passing: %s', async (_, fault) => {
  // The first time that the session is asked for is before anything is mounted.
  for (const [match, nth] of [
    [RETRIEVE, 2],
    [LIST, 1],
  ] as const) {
    await using scene = await sceneWith([{ act: 'wait', ms: 3_600_000 }])
    const id = await createSession(scene.emulator)
    await say(scene, id, 'Somebody else')
    scene.emulator.addFault({ ...fault, match, nth })
    onArrival(scene.emulator.url, { ...match, nth: nth + TIMES }, () => scene.emulator.setSessionStatus(id, 'idle'))
    const main = await scene.main({ ...existing(id), wait: 'true' })
    expect(annotations(main, 'error')).toEqual([])
    expect(main.outputs.status).toBe('idle')
  }
})

test.concurrent('a session that cannot be read until the wait without a prompt is over: the step says so', async () => {
  await using scene = await sceneWith([])
  const id = await createSession(scene.emulator)
  // The first time that it is asked for is before anything is mounted.
  scene.emulator.addFault({ kind: 'status', status: 503, nth: 2, times: 9_999, match: RETRIEVE })
  const main = await scene.main({ ...existing(id), wait: 'true', 'wait-timeout': '2s' })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toMatch(/did not finish within 2s \(`wait-timeout`\)\. Its current status could not be read$/)
})

test.concurrent('the status at the end fails in passing: the step does not', async () => {
  await using scene = await sceneWith(TURN)
  scene.emulator.addFault({ kind: 'status', status: 503, times: TIMES, match: RETRIEVE })
  const main = await scene.main(ASK)
  expect(annotations(main, 'error')).toEqual([])
  expect(main.outputs).toMatchObject({ status: 'idle', 'stop-reason': 'end_turn', reply: 'two' })
})

test.concurrent('what does not pass ends the wait', async () => {
  await using scene = await sceneWith([{ act: 'wait', ms: 3_600_000 }])
  scene.emulator.addFault({ kind: 'status', status: 403, times: 99, match: LIST })
  const main = await scene.main(ASK)
  expect(errorOf(main)).toMatch(/403/)
  expect(scene.requests().filter((line) => line === LOOK)).toHaveLength(1)
})

/** Does no stream any more, as a service or a proxy may. */
const NO_STREAM: Fault = { kind: 'status', status: 503, times: 999, match: { method: 'GET', path: '/stream$' } }

test.concurrent('a session at work, without a stream', async () => {
  await using scene = await sceneWith([{ act: 'wait', ms: 2_000 }, { act: 'idle' }], TURN)
  scene.emulator.addFault(NO_STREAM)
  const id = await createSession(scene.emulator)
  await say(scene, id, 'Somebody else')
  const main = await scene.main({ ...ASK, ...existing(id), 'wait-timeout': '40s' })
  expect(annotations(main, 'error')).toEqual([])
  expect(main.outputs).toMatchObject({ status: 'idle', 'stop-reason': 'end_turn', reply: 'two' })
})

test.concurrent('the first look at the list that has the end is the last one', async () => {
  await using scene = await sceneWith([
    { act: 'message', text: 'done' },
    { act: 'wait', ms: 3_600_000 },
  ])
  onArrival(scene.emulator.url, { ...LIST, nth: 3 }, () =>
    scene.emulator.setSessionStatus(scene.sessions()[0]?.id ?? '', 'idle'),
  )
  const main = await scene.main(ASK)
  expect(main).toMatchObject({ exitCode: 0, outputs: { status: 'idle', reply: 'done' } })
  expect(scene.requests().filter((line) => line === LOOK)).toHaveLength(3)
})

const LATE: readonly (readonly [string, readonly Act[], readonly Act[]])[] = [
  ['the only message', [], [{ act: 'message', text: 'two' }]],
  ['the result of a tool', TURN.slice(0, 2), [{ act: 'tool-result' }, { act: 'message', text: 'two' }]],
]

test.concurrent.each(LATE)('%s comes a moment after the session is idle', async (_, before, late) => {
  await using scene = await sceneWith([...before, { act: 'idle' }, { act: 'wait', ms: 1_500 }, ...late])
  const main = await scene.main(ASK)
  expect(main).toMatchObject({ exitCode: 0, outputs: { status: 'idle', 'stop-reason': 'end_turn', reply: 'two' } })
  expect(shown(main)).toContain('two')
  expect(annotations(main, 'warning')).toEqual([])
})

test.concurrent('a tool whose result never comes: a warning', async () => {
  await using scene = await sceneWith([...TURN.slice(0, 2), { act: 'idle' }])
  const main = await scene.main(ASK)
  expect(main).toMatchObject({ exitCode: 0, outputs: { reply: 'one' } })
  expect(annotations(main, 'warning')).toEqual([
    expect.stringMatching(/neither the result of the agent's last tool call/),
  ])
})

test.concurrent('many events between two looks are shown once, in order', async () => {
  await using scene = await sceneWith([
    ...Array.from({ length: 250 }, (_, index): Act => ({ act: 'message', text: `number ${index}` })),
    { act: 'idle' },
  ])
  const main = await scene.main(ASK)
  const numbers = shown(main).filter((line) => line.startsWith('number'))
  expect(numbers).toEqual(Array.from({ length: 250 }, (_, index) => `number ${index}`))
})
