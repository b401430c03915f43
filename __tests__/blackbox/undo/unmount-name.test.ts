import { expect, test } from '@jest/globals'
import { SEED_AGENT } from '../../../emulator/emulator.ts'
import { errorOf } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'
import { call, createSession } from '../../harness/service.ts'
import { runUnmount } from '../../harness/unmount.ts'

const NAME = 'PR #42'
const INPUTS = { 'session-name': NAME, 'agent-id': SEED_AGENT, 'session-cleanup': 'delete' }

test.concurrent('the session of that name goes, and those that it replaced, and no other', async () => {
  await using scene = await Scene.open()
  const { emulator } = scene
  emulator.addAgent({ id: 'agent_other' })
  const old = await createSession(emulator, { title: NAME })
  const metadata = { 'session-mount-replaces': old }
  await createSession(emulator, { title: NAME })
  const [, id = ''] = scene.sessions().map((session) => session.id)
  await call(emulator, 'POST', `/v1/sessions/${id}`, JSON.stringify({ metadata }))
  const others = [
    await createSession(emulator, { title: 'PR #421' }),
    await createSession(emulator, { title: NAME, agent: 'agent_other' }),
    // A third job's of the same name, which the name does not mean as long as the first is there.
    await createSession(emulator, { title: NAME }),
  ]
  const dry = await runUnmount(scene, { ...INPUTS, 'dry-run': 'true' })
  expect(dry.stdout).toContain(`would remove ${old}, ${id}\n`)
  const unmount = await runUnmount(scene, INPUTS)
  expect(unmount).toMatchObject({ exitCode: 0, stderr: '', outputs: { 'removed-count': '2', 'left-count': '0' } })
  expect(scene.sessions().map((session) => session.id)).toEqual(others)
})

test.concurrent('that there is none of that name is fine', async () => {
  await using scene = await Scene.open()
  const unmount = await runUnmount(scene, INPUTS)
  expect(unmount).toMatchObject({ exitCode: 0, outputs: { 'removed-count': '0', 'left-count': '0' } })
  expect(unmount.stdout).toContain('Nothing to remove')
})

test.concurrent.each([
  ['without an agent', { 'agent-id': '' }, /- agent-id: required for `session-name`/],
  ['without what to do', { 'session-cleanup': 'keep' }, /- session-cleanup: set it to `archive` or `delete`/],
  ['with ids', { 'session-id': 'sesn_1' }, /- session-id: cannot be combined with `session-name`/],
  ['with a manifest', { manifest: 'm.json' }, /- manifest: cannot be combined with `session-name`/],
  ['in a sweep', { 'older-than': '2d' }, /- session-name: cannot be combined with `older-than`/],
  ['of 501 characters', { 'session-name': 'x'.repeat(501) }, /- session-name: has 501 characters/],
])('%s it is refused, and nothing is sent', async (_, inputs, message) => {
  await using scene = await Scene.open()
  const unmount = await runUnmount(scene, { ...INPUTS, ...inputs })
  expect(unmount.exitCode).toBe(1)
  expect(errorOf(unmount)).toMatch(message)
  expect(scene.requests()).toEqual([])
})
