import { expect, test } from '@jest/globals'
import { SEED_AGENT } from '../../../emulator/emulator.ts'
import { annotations } from '../../harness/annotation.ts'
import { changeJson, Gateway } from '../../harness/gateway.ts'
import { Scene } from '../../harness/scene.ts'
import { archiveSession, createSession } from '../../harness/service.ts'

const NAME = 'Nightly data'
const MOUNTED = ['/mnt/session/uploads/a.txt']

async function openScene(): Promise<Scene> {
  const scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  return scene
}

test.concurrent('a missing session is created under its name, and found by the next run', async () => {
  await using scene = await openScene()
  const inputs = { 'session-name': NAME, files: 'a.txt' }
  const first = await scene.job(inputs)
  expect(first.main.outputs['session-created']).toBe('true')
  const [session] = scene.sessions()
  expect(session).toMatchObject({ title: NAME, agent: { id: SEED_AGENT }, resources: [] })

  const second = await scene.main(inputs)
  expect(second.outputs).toMatchObject({ 'session-id': session?.id, 'session-created': 'false' })
  expect(scene.sessions()).toHaveLength(1)
  expect(Object.keys(scene.mounted(session?.id ?? ''))).toEqual(MOUNTED)
  const post = await scene.post(second, { ...inputs, 'session-cleanup': 'delete' })
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toMatchObject({ files: [], sessions: [{ id: session?.id }] })
})

test.concurrent('the oldest live session of the agent with exactly that title is taken', async () => {
  await using scene = await openScene()
  const { emulator } = scene
  emulator.addAgent({ id: 'agent_other' })
  const archived = await createSession(emulator, { title: NAME })
  await archiveSession(emulator, archived)
  const terminated = await createSession(emulator, { title: NAME })
  emulator.setSessionStatus(terminated, 'terminated')
  await createSession(emulator, { title: NAME, agent: 'agent_other' })
  await createSession(emulator, { title: NAME.toLowerCase() })
  await createSession(emulator, { title: `${NAME} 2` })
  await createSession(emulator)
  const wanted = await createSession(emulator, { title: NAME })
  await createSession(emulator, { title: NAME })

  const main = await scene.main({ 'session-name': NAME, files: 'a.txt' })
  expect(main.outputs).toMatchObject({ 'session-id': wanted, 'session-created': 'false' })
  expect(Object.keys(scene.mounted(wanted))).toEqual(MOUNTED)
  expect(scene.sessions()).toHaveLength(8)
})

test.concurrent('when all of that name are archived or terminated, a new one is created', async () => {
  await using scene = await openScene()
  const archived = await createSession(scene.emulator, { title: NAME })
  await archiveSession(scene.emulator, archived)
  const terminated = await createSession(scene.emulator, { title: NAME })
  scene.emulator.setSessionStatus(terminated, 'terminated')
  const main = await scene.main({ 'session-name': NAME, files: 'a.txt' })
  expect(main.outputs['session-created']).toBe('true')
  expect([archived, terminated]).not.toContain(main.outputs['session-id'])
  expect(scene.sessions()).toHaveLength(3)
})

test.concurrent('a session on a later page of the list is found', async () => {
  await using scene = await openScene()
  for (let batch = 0; batch < 11; batch++) {
    await Promise.all(Array.from({ length: 10 }, () => createSession(scene.emulator, { title: 'other' })))
  }
  const wanted = await createSession(scene.emulator, { title: NAME })
  const main = await scene.main({ 'session-name': NAME, files: 'a.txt' })
  expect(main.outputs).toMatchObject({ 'session-id': wanted, 'session-created': 'false' })
})

test.concurrent('session-cleanup applies to a named session that the run created', async () => {
  await using scene = await openScene()
  const { post } = await scene.job({ 'session-name': NAME, files: 'a.txt', 'session-cleanup': 'delete' })
  expect(post.exitCode).toBe(0)
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})

test.concurrent.each([
  ['as old as each other', { created_at: '2026-11-20T10:00:00Z' }],
  ['of which the server does not say how old they are', { created_at: undefined }],
])('of two sessions of a name, %s, all runs take the same, however they are listed', async (_, told) => {
  await using scene = await openScene()
  const ids = [
    await createSession(scene.emulator, { title: NAME }),
    await createSession(scene.emulator, { title: NAME }),
  ]
  for (const order of [1, -1]) {
    const change = changeJson(/^GET \/v1\/sessions$/, ({ data, ...more }) => {
      const sessions = (data as readonly { readonly id: string }[]).map((each) => ({ ...each, ...told }))
      return { ...more, data: sessions.toSorted((a, b) => (a.id < b.id ? -order : order)) }
    })
    await using gateway = await Gateway.start(scene.emulator.url, change)
    const main = await scene.main({ 'session-name': NAME, files: 'a.txt', 'base-url': gateway.url })
    expect(main.outputs).toMatchObject({ 'session-id': ids.sort()[0], 'session-created': 'false' })
  }
})
