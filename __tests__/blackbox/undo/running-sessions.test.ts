import { expect, test } from '@jest/globals'
import type { Act, AgentScript } from '../../../emulator/emulator.ts'
import { answered, say } from '../../harness/agent.ts'
import { annotations } from '../../harness/annotation.ts'
import { mountedOn } from '../../harness/nightly.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'
import { doOnce } from '../../harness/signal.ts'
import { runUnmount } from '../../harness/unmount.ts'

const INTERRUPT = 'POST /v1/sessions/{sesn}/events'
const LOOK = 'GET /v1/sessions/{sesn}'

async function openScene(agentScript?: AgentScript): Promise<Scene> {
  const scene = await Scene.open({ agentScript })
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  return scene
}

const looks = (scene: Scene): number => scene.requests().filter((line) => line === LOOK).length

test.concurrent('post waits for a running session: its files go once it is idle, and it is not interrupted', async () => {
  await using scene = await openScene()
  const main = await scene.main({ files: '*.txt', 'cleanup-wait': '1m' })
  const id = main.outputs['session-id'] ?? ''
  scene.emulator.setSessionStatus(id, 'running')
  let mountedWhileRunning = 0
  const onStart = doOnce(
    () => looks(scene) >= 3,
    () => {
      mountedWhileRunning = Object.keys(mountedOn(scene, id)).length
      scene.emulator.setSessionStatus(id, 'idle')
    },
  )
  const post = await scene.post(main, {}, { onStart })
  expect(post).toMatchObject({ exitCode: 0, stderr: '' })
  expect(annotations(post, 'warning')).toEqual([])
  expect(post.stdout.match(/^Session .* is running; waiting up to 60 s for it$/gm)).toHaveLength(1)
  expect(mountedWhileRunning).toBe(2)
  expect(mountedOn(scene, id)).toEqual({})
  expect(scene.uploads()).toEqual([])
  expect(scene.requests()).not.toContain(INTERRUPT)
})

test.concurrent.each([
  ['10m', 'waiting up to 20 s'],
  ['21s', 'waiting up to 20 s'],
  ['19s', 'waiting up to 19 s'],
])('post of a cancelled job waits no longer than 20 s: cleanup-wait: %s', async (cleanupWait, waiting) => {
  await using scene = await openScene()
  const inputs = { files: '*.txt', 'cleanup-wait': cleanupWait }
  const main = await scene.main(inputs)
  const id = main.outputs['session-id'] ?? ''
  scene.emulator.setSessionStatus(id, 'running')
  const onStart = () => void answered(scene, LOOK).then(() => scene.emulator.setSessionStatus(id, 'idle'))
  const post = await scene.post(main, inputs, { jobStatus: 'cancelled', onStart })
  expect(annotations(post, 'warning')).toEqual([])
  expect(post.stdout).toContain(`Session ${id} is running; ${waiting} for it\n`)
  expect(scene.emulator.snapshot().files).toEqual([])
})

test.concurrent('what post had to leave on a running session, the unmount action takes off later', async () => {
  await using scene = await openScene()
  const inputs = { files: '*.txt', 'cleanup-wait': '0' }
  const main = await scene.main(inputs)
  const id = main.outputs['session-id'] ?? ''
  scene.emulator.setSessionStatus(id, 'running')
  const post = await scene.post(main, inputs)
  expect(post.exitCode).toBe(0)
  const warning = annotations(post, 'warning').join()
  for (const { resourceId } of Object.values(scene.mounted(id))) expect(warning).toContain(resourceId)
  expect(Object.keys(mountedOn(scene, id))).toEqual(['/a.txt', '/b.txt'])
  expect(scene.uploads()).toEqual([])

  scene.emulator.setSessionStatus(id, 'idle')
  const unmount = await runUnmount(scene, { manifest: main.outputs['manifest-path'] ?? '' })
  expect(annotations(unmount, 'error')).toEqual([])
  expect(mountedOn(scene, id)).toEqual({})
})

test.concurrent('a session that is rescheduled counts as running', async () => {
  await using scene = await openScene()
  const inputs = { files: 'a.txt', 'cleanup-wait': '0' }
  const main = await scene.main(inputs)
  const id = main.outputs['session-id'] ?? ''
  scene.emulator.setSessionStatus(id, 'rescheduling')
  const post = await scene.post(main, inputs)
  expect(annotations(post, 'warning').join()).toContain(`session ${id} was still running`)
  expect(Object.keys(mountedOn(scene, id))).toEqual(['/a.txt'])
})

/** What an agent may do while post ends its session. */
const TURNS: readonly (readonly [string, readonly Act[]])[] = [
  ['that goes on working', [{ act: 'wait', ms: 60_000 }]],
  [
    'whose idle event comes before its status',
    [
      { act: 'wait', ms: 100 },
      { act: 'idle-event-before-status', ms: 1500 },
    ],
  ],
  ['that runs once more for a moment, again and again', flapping(20)],
]

function flapping(times: number): readonly Act[] {
  return [
    { act: 'idle' },
    ...Array.from({ length: times }, (): readonly Act[] => [
      { act: 'wait', ms: 80 },
      { act: 'flap', ms: 120 },
    ]).flat(),
  ]
}

const ENDINGS = TURNS.flatMap(([name, turn]) =>
  (['archive', 'delete'] as const).map((end) => [name, end, turn] as const),
)

test.concurrent.each(ENDINGS)('a session %s: session-cleanup: %s comes to its end', async (_, end, turn) => {
  await using scene = await openScene({ turns: [turn], interruptLagMs: 300 })
  const inputs = { files: '*.txt', 'session-cleanup': end, 'cleanup-wait': '1s' }
  const main = await scene.main(inputs)
  const id = main.outputs['session-id'] ?? ''
  await say(scene, id, 'Go on')
  const post = await scene.post(main, inputs)
  expect(post).toMatchObject({ exitCode: 0, stderr: '' })
  expect(annotations(post, 'warning')).toEqual([])
  const archived = { id, archived_at: expect.any(String), resources: [] }
  expect(scene.sessions()).toEqual(end === 'delete' ? [] : [expect.objectContaining(archived)])
  expect(scene.emulator.snapshot().files).toEqual([])
})

test.concurrent.each(['archive', 'delete'])(
  'session-cleanup: %s never ends a session that was there before',
  async (end) => {
    await using scene = await openScene()
    const id = await createSession(scene.emulator, { title: 'theirs' })
    for (const target of [{ 'session-id': id }, { 'session-name': 'theirs' }]) {
      const inputs = { ...target, files: 'a.txt', 'session-cleanup': end }
      const { main, post } = await scene.job(inputs)
      expect(main.outputs).toMatchObject({ 'session-id': id, 'session-created': 'false' })
      expect(annotations(post, 'warning')).toEqual([])
    }
    expect(scene.sessions()).toMatchObject([{ id, archived_at: null, resources: [] }])
    expect(scene.requests()).not.toContain(INTERRUPT)
  },
)

test.concurrent('an agent that works on although it was interrupted keeps its files: nothing is archived, and all is named', async () => {
  await using scene = await openScene({ turns: [[{ act: 'wait', ms: 600_000 }]], interruptLagMs: 600_000 })
  const inputs = { files: '*.txt', 'session-cleanup': 'archive', 'cleanup-wait': '0' }
  const main = await scene.main(inputs)
  const id = main.outputs['session-id'] ?? ''
  await say(scene, id, 'Go on')
  const post = await scene.post(main, inputs)
  expect(post.exitCode).toBe(0)
  const warning = annotations(post, 'warning').join()
  expect(warning).toContain(`session ${id} is still running although it was interrupted`)
  for (const { resourceId } of Object.values(scene.mounted(id))) expect(warning).toContain(resourceId)
  expect(Object.keys(mountedOn(scene, id))).toEqual(['/a.txt', '/b.txt'])
  expect(scene.uploads()).toEqual([])
})
