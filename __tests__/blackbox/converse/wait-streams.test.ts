import { expect, test } from '@jest/globals'
import type { Act, Fault } from '../../../emulator/emulator.ts'
import { ASK, messages, sceneWith, shown } from '../../harness/agent.ts'
import { annotations } from '../../harness/annotation.ts'

/** Six events come on the stream: the message, running, these three, and idle. */
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
  expect.stringMatching(/is idle \(end_turn\)$/),
]

const STREAM = { method: 'GET', path: '/events/stream$' }
const LIST = { method: 'GET', path: '/events$' }
const SEND = { method: 'POST', path: '/events$' }

const each = (kinds: readonly Fault['kind'][], counts: readonly number[]) =>
  kinds.flatMap((kind) =>
    counts.map((afterEvents): readonly [string, readonly Fault[]] => [
      `${kind} after ${afterEvents} events`,
      [{ kind, afterEvents, match: STREAM }],
    ]),
  )

const FAULTS: readonly (readonly [string, readonly Fault[]])[] = [
  ...each(['drop-stream', 'end-stream'], [0, 1, 2, 3, 4, 5, 6]),
  ['every stream after one event', [{ kind: 'drop-stream', afterEvents: 1, times: 99, match: STREAM }]],
  ['every event twice', [{ kind: 'duplicate-events', times: 99, match: STREAM }]],
  ['events that are none', [{ kind: 'wrong-shape', times: 99, match: STREAM }]],
  ['events that are cut', [{ kind: 'truncated-json', times: 99, match: STREAM }]],
  ['a stream that does not exist', [{ kind: 'status', status: 404, times: 99, match: STREAM }]],
  ['a page in place of a stream', [{ kind: 'html', times: 99, match: STREAM }]],
  ['a stream that opens at the third time', [{ kind: 'status', status: 503, times: 2, match: STREAM }]],
  ['a stream that is reset', [{ kind: 'reset-before-read', times: 2, match: STREAM }]],
  ['a list that fails at first', [{ kind: 'status', status: 503, times: 2, match: LIST }]],
  ['a list that is a page', [{ kind: 'html', times: 1, match: LIST }]],
]

test.concurrent.each(FAULTS)('%s: everything is shown once, in order', async (_, faults) => {
  // The agent takes its time where quiet would otherwise have to be waited for.
  const spoilt = faults.some(({ kind }) => kind === 'wrong-shape' || kind === 'truncated-json')
  await using scene = await sceneWith(
    spoilt ? [...TURN.slice(0, -1), { act: 'end-streams' }, { act: 'idle' }, { act: 'end-streams' }] : TURN,
  )
  for (const fault of faults) scene.emulator.addFault(fault)
  const main = await scene.main(ASK)
  expect(annotations(main, 'error')).toEqual([])
  expect(shown(main).filter((line) => !/^(Trying again|The session's events cannot)/.test(line))).toEqual(SHOWN)
  expect(main.outputs).toMatchObject({ status: 'idle', 'stop-reason': 'end_turn', reply: 'two' })
})

test.concurrent.each(['drop-streams', 'end-streams', 'duplicate-last'] as const)(
  '%s between any two events',
  async (act) => {
    await using scene = await sceneWith(TURN.flatMap((each) => [{ act }, each, { act }]))
    const main = await scene.main(ASK)
    expect(shown(main)).toEqual(SHOWN)
    expect(main.exitCode).toBe(0)
  },
)

test.concurrent('an event that comes while nobody listens is not missed', async () => {
  await using scene = await sceneWith([
    { act: 'drop-streams' },
    ...Array.from({ length: 250 }, (_, index): Act => ({ act: 'message', text: `number ${index}` })),
    { act: 'idle' },
  ])
  const main = await scene.main(ASK)
  const numbers = shown(main).filter((line) => line.startsWith('number'))
  expect(numbers).toEqual(Array.from({ length: 250 }, (_, index) => `number ${index}`))
})

const LOST: readonly (readonly [string, Fault])[] = [
  ['the connection is reset when the message is there', { kind: 'reset-after-commit', match: SEND }],
  ['the reply is cut', { kind: 'reset-mid-reply', match: SEND }],
  ['the reply is empty', { kind: 'empty', match: SEND }],
  ['the reply is cut JSON', { kind: 'truncated-json', match: SEND }],
  ['the reply is something else', { kind: 'wrong-shape', match: SEND }],
  ['a proxy answers in its place', { kind: 'html', match: SEND }],
  ['a gateway gives up', { kind: 'status', status: 502, match: SEND }],
  ['the connection is closed before', { kind: 'refuse', match: SEND }],
  ['there is a limit', { kind: 'status', status: 429, retryAfter: '0.1', match: SEND }],
]

test.concurrent.each(LOST)('%s: the agent is told once', async (_, fault) => {
  for (const wait of ['true', 'false']) {
    await using scene = await sceneWith(TURN)
    scene.emulator.addFault(fault)
    const main = await scene.main({ ...ASK, wait, 'mount-context': 'false' })
    expect(annotations(main, 'error')).toEqual([])
    expect(await messages(scene, main.outputs['session-id'] ?? '')).toEqual(['Review it.'])
    expect(main.outputs.reply).toBe(wait === 'true' ? 'two' : '')
  }
})

test.concurrent('the reply is lost, and so is whether it arrived: it is not sent again', async () => {
  await using scene = await sceneWith(TURN)
  scene.emulator.addFault({ kind: 'reset-after-commit', match: SEND })
  scene.emulator.addFault({ kind: 'status', status: 403, times: 99, match: LIST })
  const main = await scene.main(ASK)
  expect(main.exitCode).toBe(1)
  expect(annotations(main, 'error').join()).toMatch(
    /everything is mounted, but the prompt may not have reached session sesn_/,
  )
  scene.emulator.clearFaults()
  expect(await messages(scene, main.outputs['session-id'] ?? '')).toHaveLength(1)
  expect(scene.requests().filter((line) => line === 'POST /v1/sessions/{sesn}/events')).toHaveLength(1)
})

test.concurrent('the message is refused: the step fails with what the service says', async () => {
  await using scene = await sceneWith(TURN)
  scene.emulator.addFault({ kind: 'status', status: 400, message: 'the budget is used up', match: SEND })
  const { main, post } = await scene.job(ASK)
  expect(main.exitCode).toBe(1)
  expect(annotations(main, 'error').join()).toMatch(/could not be sent to session sesn_\w+.*the budget is used up/)
  expect(main.outputs).toMatchObject({ 'mounted-count': '1', status: 'idle' })
  expect(post.exitCode).toBe(0)
  expect(scene.emulator.snapshot().files).toEqual([])
})
