import { expect, test } from '@jest/globals'
import type { Act } from '../../../emulator/emulator.ts'
import { ASK, existing, messages, say, sceneWith, shown } from '../../harness/agent.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { createSession } from '../../harness/service.ts'

/** Long enough that the prompt comes while somebody else's turn is under way. */
const LONG: Act = { act: 'wait', ms: 8_000 }

const OURS: readonly Act[] = [{ act: 'message', text: 'ours: {{prompt}}' }, { act: 'idle' }]

const TOLD: Act = { act: 'event', event: { type: 'user.message', content: [{ type: 'text', text: 'Review it.' }] } }

const TURNS: readonly (readonly [string, readonly Act[], readonly Act[]])[] = [
  ['the agent answers it next', [{ act: 'idle' }], OURS],
  ['the service tells that it was taken up', [{ act: 'idle' }], [TOLD, ...OURS]],
  ['the session flaps in between', [{ act: 'idle' }, { act: 'flap', ms: 50 }], OURS],
  [
    'the turn before gives up',
    [
      { act: 'error', type: 'unknown_error', message: 'x' },
      { act: 'idle', stopReason: 'retries_exhausted' },
    ],
    OURS,
  ],
]

test.concurrent.each(TURNS)('a prompt that waits for its turn: %s', async (_, end, ours) => {
  await using scene = await sceneWith(
    [{ act: 'message', text: 'theirs' }, LONG, { act: 'message', text: 'still theirs' }, ...end],
    ours,
  )
  const id = await createSession(scene.emulator)
  await say(scene, id, 'Somebody else')
  const main = await scene.main({ ...ASK, ...existing(id), 'mount-context': 'false' })
  expect(main.stdout).toContain('is running; the prompt is queued\n')
  expect(await messages(scene, id)).toEqual(expect.arrayContaining(['Somebody else', 'Review it.']))
  expect(annotations(main, 'error')).toEqual([])
  expect(annotations(main, 'warning')).toEqual([])
  expect(main.outputs).toMatchObject({ status: 'idle', 'stop-reason': 'end_turn', reply: 'ours: Review it.' })
  expect(shown(main)).toEqual([
    '::group::Agent',
    'ours: Review it.',
    '::endgroup::',
    expect.stringMatching(/is idle \(end_turn\)\. It has cost \$0\.04 so far, \$0\.02 of it in this run$/),
  ])
})

test.concurrent('what the turn before waits for keeps the prompt from its turn', async () => {
  await using scene = await sceneWith(
    [LONG, { act: 'requires-action', kind: 'confirmation', name: 'deploy' }, { act: 'wait', ms: 3_600_000 }],
    OURS,
  )
  const id = await createSession(scene.emulator)
  await say(scene, id, 'Somebody else')
  const main = await scene.main({ ...ASK, ...existing(id) })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/is waiting for permission to use the tool "deploy"/)
})

test.concurrent('the idle of an earlier turn, and what was said in it, are not the new one’s', async () => {
  await using scene = await sceneWith(
    [{ act: 'message', text: 'old' }, { act: 'idle' }],
    [...OURS.slice(0, 1), { act: 'wait', ms: 1_500 }, { act: 'idle' }],
  )
  const id = await createSession(scene.emulator)
  await scene.main({ ...ASK, ...existing(id) })
  const main = await scene.main({ ...existing(id), prompt: 'Review it.', wait: 'true' })
  expect(main.outputs).toMatchObject({ status: 'idle', reply: 'ours: Review it.' })
  expect(shown(main).filter((line) => line === 'old')).toEqual([])
})
