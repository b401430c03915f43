import { expect, test } from '@jest/globals'
import type { Act } from '../../../emulator/emulator.ts'
import { ASK, answered, arrived, existing, messages, say, sceneWith, shown } from '../../harness/agent.ts'
import { annotations } from '../../harness/annotation.ts'
import { createSession } from '../../harness/service.ts'

const turn = (text: string, ms = 0): readonly Act[] => [{ act: 'wait', ms }, { act: 'message', text }, { act: 'idle' }]

test.concurrent('another job says the same a moment before: each gets its own answer', async () => {
  await using scene = await sceneWith(turn('theirs', 4_000), turn('ours'))
  const id = await createSession(scene.emulator)
  // It comes when the events before the prompt have been read.
  scene.emulator.addFault({ kind: 'slow', delayMs: 3_000, match: { method: 'GET', path: '/events$' } })
  const running = scene.main({ ...ASK, ...existing(id), 'mount-context': 'false' })
  await arrived(scene, 'GET /v1/sessions/{sesn}/events')
  await say(scene, id, 'Review it.')
  const main = await running
  expect(await messages(scene, id)).toEqual(['Review it.', 'Review it.'])
  expect(annotations(main, 'error')).toEqual([])
  expect(main.outputs).toMatchObject({ status: 'idle', reply: 'ours' })
  expect(shown(main)).not.toContain('theirs')
})

test.concurrent('two jobs at once with the same prompt: each gets an answer of its own', async () => {
  await using scene = await sceneWith(turn('first', 3_000), turn('second', 3_000))
  const id = await createSession(scene.emulator)
  const ask = { ...ASK, ...existing(id), 'mount-context': 'false' }
  scene.workspace.write({ 'b.txt': 'b' })
  const jobs = await Promise.all([scene.main(ask), scene.main({ ...ask, files: 'b.txt' })])
  expect(jobs.flatMap((main) => annotations(main, 'error'))).toEqual([])
  expect(new Set(jobs.map(({ outputs }) => outputs.reply))).toEqual(new Set(['first', 'second']))
  expect(await messages(scene, id)).toHaveLength(2)
})

test.concurrent('a session of a name that this run created, and another job talked to first', async () => {
  const error: Act = { act: 'error', type: 'unknown_error', message: 'theirs' }
  await using scene = await sceneWith([error, ...turn('theirs')], turn('ours'))
  // The other job finds it when it has just been created.
  scene.emulator.addFault({ kind: 'slow', delayMs: 3_000, nth: 2, match: { method: 'GET', path: '^/v1/sessions$' } })
  const running = scene.main({ ...ASK, 'session-name': 'Nightly', 'mount-context': 'false' })
  await answered(scene, 'POST /v1/sessions')
  await say(scene, scene.sessions()[0]?.id ?? '', 'Review it.')
  const main = await running
  expect(main.outputs).toMatchObject({ 'session-created': 'true', status: 'idle', reply: 'ours' })
  expect(annotations(main, 'warning')).toEqual([])
  expect(shown(main)).not.toContain('theirs')
})
