import { expect, test } from '@jest/globals'
import type { Act } from '../../../emulator/emulator.ts'
import { SEED_AGENT } from '../../../emulator/emulator.ts'
import { ASK, sceneWith, shown } from '../../harness/agent.ts'
import { annotations } from '../../harness/annotation.ts'
import { contentOf, downloadStep } from '../../harness/download.ts'
import { openOverlappingPages } from '../../harness/gateway.ts'
import { NightlyScene } from '../../harness/nightly.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'
import { runUnmount } from '../../harness/unmount.ts'

const CREATE = { method: 'POST', path: '^/v1/sessions$' }

test.concurrent('a refresh by name: each file is compared, replaced and removed once', async () => {
  await using night = await NightlyScene.open(7)
  const { scene } = night
  await using gateway = await openOverlappingPages(scene.emulator.url)
  for (const title of ['a', 'b', 'c']) await createSession(scene.emulator, { title })
  night.change(1, 4)
  const inputs = { 'base-url': gateway.url, prune: 'true', files: 'data\n!data/6.txt' }
  const { main, post } = await night.refresh(inputs)
  expect(annotations(main, 'error')).toEqual([])
  expect(main.outputs).toMatchObject({
    'session-id': night.sessionId,
    'unchanged-count': '4',
    'replaced-count': '2',
    'removed-count': '1',
  })
  expect(night.changes().filter((line) => line.startsWith('DELETE'))).toHaveLength(3)
  expect(Object.keys(night.mounted())).toHaveLength(6)
  expect(annotations(post, 'warning')).toEqual([])
})

test.concurrent('a download: each file once', async () => {
  await using scene = await Scene.open()
  await using gateway = await openOverlappingPages(scene.emulator.url)
  const id = await createSession(scene.emulator)
  for (let n = 0; n < 7; n++) scene.emulator.addOutput(id, `${n}.txt`, `content of ${n}`)
  const step = await downloadStep(scene, { 'session-id': id, 'base-url': gateway.url, path: 'out' })
  expect(annotations(step, 'error')).toEqual([])
  expect(step.outputs['downloaded-count']).toBe('7')
  expect(contentOf(scene.workspace.path('out'))).toEqual(
    Object.fromEntries(Array.from({ length: 7 }, (_, n) => [`${n}.txt`, `content of ${n}`])),
  )
})

test.concurrent('a turn: each message once, in order', async () => {
  await using scene = await sceneWith([
    ...Array.from({ length: 7 }, (_, n): Act => ({ act: 'message', text: `number ${n}` })),
    { act: 'idle' },
  ])
  await using gateway = await openOverlappingPages(scene.emulator.url)
  const main = await scene.main({ ...ASK, 'base-url': gateway.url })
  expect(annotations(main, 'error')).toEqual([])
  expect(shown(main).filter((line) => line.startsWith('number'))).toEqual(
    Array.from({ length: 7 }, (_, n) => `number ${n}`),
  )
})

test.concurrent('a create whose reply was lost: one session, found and ended once', async () => {
  await using scene = await Scene.open()
  await using gateway = await openOverlappingPages(scene.emulator.url)
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' })
  for (const title of ['a', 'b', 'c']) await createSession(scene.emulator, { title })
  scene.emulator.addFault({ kind: 'duplicate', match: CREATE })
  const inputs = { files: '*.txt', 'session-name': 'Nightly', 'session-cleanup': 'delete', 'base-url': gateway.url }
  const { main, post } = await scene.job(inputs)
  expect(annotations(main, 'error')).toEqual([])
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.sessions().map(({ title }) => title)).toEqual(['a', 'b', 'c'])
  expect(scene.uploads()).toEqual([])
})

test.concurrent('an upload whose reply was lost: removed once', async () => {
  await using scene = await Scene.open()
  await using gateway = await openOverlappingPages(scene.emulator.url)
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' })
  scene.emulator.addFault({ kind: 'reset-after-commit', match: { method: 'POST', path: '^/v1/files$' }, times: 1 })
  const { post } = await scene.job({ files: '*.txt', concurrency: '1', 'base-url': gateway.url })
  expect(scene.uploads()).toEqual([])
  expect(annotations(post, 'warning')).toEqual([])
  // Three, and the one that was sent again.
  expect(scene.requests().filter((line) => line === 'DELETE /v1/files/{file}')).toHaveLength(4)
})

test.concurrent('a sweep: each session of a dead run is ended and counted once', async () => {
  const clock = { now: Date.now() - 3 * 86_400_000 }
  await using scene = await Scene.open({ now: () => clock.now })
  await using gateway = await openOverlappingPages(scene.emulator.url)
  scene.workspace.write({ 'a.txt': 'a' })
  for (let n = 0; n < 5; n++) await scene.main({ files: 'a.txt', 'session-cleanup': 'delete' })
  clock.now = Date.now()
  const unmount = await runUnmount(scene, { 'older-than': '2d', 'agent-id': SEED_AGENT, 'base-url': gateway.url })
  expect(annotations(unmount, 'warning')).toEqual([])
  expect(unmount).toMatchObject({ exitCode: 0, outputs: { 'removed-count': '5', 'left-count': '0' } })
  expect(scene.sessions()).toEqual([])
})
