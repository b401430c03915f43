import { expect, test } from '@jest/globals'
import { SEED_AGENT } from '../../../emulator/emulator.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'
import { runUnmount } from '../../harness/unmount.ts'

const DAY_MS = 86_400_000

/** More than two pages of a hundred. */
const MORE = 210

/** A server that lists the newest sessions first, whatever order it is asked for. */
async function openScene() {
  const clock = { now: Date.now() - 5 * DAY_MS }
  const scene = await Scene.open({ lenient: { ignoresOrder: true }, now: () => clock.now })
  scene.workspace.write({ 'a.txt': 'a' })
  return { scene, clock }
}

test.concurrent('a sweep finds the sessions of dead runs behind pages of newer ones', async () => {
  const { scene, clock } = await openScene()
  await using _ = scene
  const main = await scene.main({ files: 'a.txt', 'session-cleanup': 'delete' })
  clock.now = Date.now()
  for (let n = 0; n < MORE; n++) await createSession(scene.emulator, { title: `newer ${n}` })
  const unmount = await runUnmount(scene, { 'older-than': '2d', 'agent-id': SEED_AGENT })
  expect(unmount).toMatchObject({ exitCode: 0, outputs: { 'removed-count': '1', 'left-count': '0' } })
  const left = scene.sessions().map(({ id }) => id)
  expect(left).toHaveLength(MORE)
  expect(left).not.toContain(main.outputs['session-id'])
})

test.concurrent('a name means the oldest session that bears it, not the first that is listed', async () => {
  const { scene, clock } = await openScene()
  await using _ = scene
  const oldest = await createSession(scene.emulator, { title: 'Nightly' })
  for (let n = 0; n < MORE; n++) await createSession(scene.emulator, { title: `other ${n}` })
  clock.now = Date.now()
  await createSession(scene.emulator, { title: 'Nightly' })
  const main = await scene.main({ files: 'a.txt', 'session-name': 'Nightly' })
  expect(main.outputs).toMatchObject({ 'session-id': oldest, 'session-created': 'false' })
})
