import { expect, test } from '@jest/globals'
import type { Act, Fault } from '../../../emulator/emulator.ts'
import { onArrival } from '../../faults/arrivals.ts'
import { ASK, ASK_LATER, arrived, existing, messages, say, sceneWith } from '../../harness/agent.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { createSession } from '../../harness/service.ts'
import { sendSignal } from '../../harness/signal.ts'

const TURN: readonly Act[] = [{ act: 'message', text: 'done' }, { act: 'idle' }]

const LIST = { method: 'GET', path: '/events$' }
const SEND = { method: 'POST', path: '/events$' }

const SENT = 'POST /v1/sessions/{sesn}/events'
const LOOK = 'GET /v1/sessions/{sesn}/events'

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
    const main = await scene.main({ ...ASK_LATER, wait })
    expect(annotations(main, 'error')).toEqual([])
    expect(await messages(scene, main.outputs['session-id'] ?? '')).toEqual([expect.stringMatching(/Review it\.$/)])
    expect(main.outputs.reply).toBe(wait === 'true' ? 'done' : '')
  }
})

test.concurrent('the reply is lost, and so is whether it arrived: it is not sent again', async () => {
  await using scene = await sceneWith(TURN)
  scene.emulator.addFault({ kind: 'reset-after-commit', match: SEND })
  scene.emulator.addFault({ kind: 'status', status: 403, times: 99, match: LIST })
  const main = await scene.main(ASK_LATER)
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/everything is mounted, but the prompt may not have reached session sesn_/)
  scene.emulator.clearFaults()
  expect(await messages(scene, main.outputs['session-id'] ?? '')).toHaveLength(1)
  expect(scene.requests().filter((line) => line === SENT)).toHaveLength(1)
})

test.concurrent('the message is refused: the step fails with what the service says', async () => {
  await using scene = await sceneWith(TURN)
  scene.emulator.addFault({ kind: 'status', status: 400, message: 'the budget is used up', match: SEND })
  const { main, post } = await scene.job(ASK_LATER)
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/could not be sent to session sesn_\w+.*the budget is used up/)
  expect(main.outputs).toMatchObject({ 'mounted-count': '1', status: 'idle' })
  expect(post.exitCode).toBe(0)
  expect(scene.emulator.snapshot().files).toEqual([])
})

test.concurrent('the same prompt as the night before is not taken for ours', async () => {
  const noise = Array.from({ length: 150 }, (): Act => ({ act: 'thinking' }))
  await using scene = await sceneWith([...noise, ...TURN])
  const id = await createSession(scene.emulator)
  const ask = { ...ASK, ...existing(id), 'mount-context': 'false' }
  await scene.job(ask)
  scene.emulator.addFault({ kind: 'reset-before-read', match: SEND })
  const { main } = await scene.job(ask)
  expect(annotations(main, 'error')).toEqual([])
  expect(await messages(scene, id)).toEqual(['Review it.', 'Review it.'])
})

test.concurrent.each(['reset-before-read', 'reset-after-commit'] as const)(
  'another job says the same, and the reply is lost (%s): its message is not taken for ours, nor is ours sent twice',
  async (kind) => {
    await using scene = await sceneWith([{ act: 'wait', ms: 3_600_000 }])
    const id = await createSession(scene.emulator)
    scene.emulator.addFault({ kind, match: SEND, nth: 2 })
    // The other job comes when the events before the prompt have been read.
    scene.emulator.addFault({ kind: 'slow', delayMs: 3_000, match: LIST })
    const running = scene.main({ ...ASK, ...existing(id), 'mount-context': 'false' })
    await arrived(scene, LOOK)
    await say(scene, id, 'Review it.')
    const main = await running
    expect(main.exitCode).toBe(1)
    expect(errorOf(main)).toMatch(/may not have reached session sesn_\w+ \(it has a message of the same text/)
    expect(await messages(scene, id)).toHaveLength(kind === 'reset-before-read' ? 1 : 2)
    expect(scene.requests().filter((line) => line === SENT)).toHaveLength(1)
  },
)

test.concurrent('a cancelled job does not look on for a message whose reply was lost', async () => {
  await using scene = await sceneWith(TURN)
  scene.emulator.addFault({ kind: 'reset-before-read', match: SEND, times: 9 })
  const main = await scene.main(ASK_LATER, {
    onStart: (child) => onArrival(scene.emulator.url, { ...LIST, nth: 1 }, () => sendSignal(child, 'SIGINT')),
  })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain('cancelled')
  expect(scene.requests().filter((line) => line === SENT)).toHaveLength(1)
  expect(scene.requests().filter((line) => line === LOOK).length).toBeLessThanOrEqual(1)
})

const SESSION = expect.stringMatching(/^sesn_/)
const SENT_ENTRY = { kind: 'prompt', sessionId: SESSION, eventId: expect.stringMatching(/^sevt_/) }

const LEDGERS: readonly (readonly [string, Fault | undefined, readonly object[], RegExp | undefined])[] = [
  ['it was sent', undefined, [SENT_ENTRY], /^This step sent a prompt to session sesn_\w+$/m],
  [
    'it may have been sent',
    { kind: 'reset-after-commit', match: SEND },
    [{ kind: 'prompt', sessionId: SESSION }],
    /^It is not known whether the prompt of this step reached session sesn_\w+$/m,
  ],
  ['it was refused', { kind: 'status', status: 400, match: SEND }, [], undefined],
]

test.concurrent.each(LEDGERS)('the ledger and post know of the prompt: %s', async (_, fault, expected, line) => {
  await using scene = await sceneWith(TURN)
  const id = await createSession(scene.emulator)
  if (fault !== undefined) scene.emulator.addFault(fault)
  // What is read before the prompt is read; then it cannot be looked for.
  scene.emulator.addFault({ kind: 'status', status: 403, nth: 2, times: 9, match: LIST })
  const { main, post } = await scene.job({ ...existing(id), prompt: 'Review it.' })
  const entries = Object.values(main.state).filter((text) => text.includes('"kind":"prompt"'))
  expect(entries.map((text) => JSON.parse(text))).toEqual(expected)
  if (line !== undefined) expect(post.stdout).toMatch(line)
  expect(post.stdout).toContain('Nothing to remove')
  expect(annotations(post, 'warning')).toEqual([])
})
