import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { changeJson, Gateway } from '../../harness/gateway.ts'
import { Scene } from '../../harness/scene.ts'
import { addFile, createSession } from '../../harness/service.ts'

const NAME = 'Nightly data'

test.concurrent.each(['keep', 'delete'])(
  'a session that lost the race for its name, and onto which somebody has mounted meanwhile, stays with that file: session-cleanup: %s',
  async (sessionCleanup) => {
    await using scene = await Scene.open()
    scene.workspace.write({ 'a.txt': 'a' })
    let winner = ''
    const loser = () => scene.sessions().find(({ id }) => id !== winner)?.id ?? ''
    await using gateway = await Gateway.start(scene.emulator.url, async ({ method, target }) => {
      const request = `${method} ${target}`
      // The run has looked for the name by now; who finds its session does so before the run looks again.
      if (/^POST \/v1\/files\b/.test(request)) winner = await createSession(scene.emulator, { title: NAME })
      if (/^POST \/v1\/sessions$/.test(request)) await addFile(scene.emulator, loser(), '/theirs.txt')
      return undefined
    })
    const inputs = {
      'session-name': NAME,
      'session-cleanup': sessionCleanup,
      files: 'a.txt',
      'base-url': gateway.url,
    }
    const main = await scene.main(inputs)
    expect(annotations(main, 'error')).toEqual([])
    expect(main.outputs).toMatchObject({ 'session-id': winner, 'session-created': 'false' })
    expect(Object.keys(scene.mounted(winner))).toEqual(['/mnt/session/uploads/a.txt'])
    expect(Object.keys(scene.mounted(loser()))).toContain('/mnt/session/uploads/theirs.txt')
    const post = await scene.post(main, inputs)
    expect(annotations(post, 'warning')).toEqual([])
    expect(scene.sessions().find(({ id }) => id === winner)?.resources).toEqual([])
    expect(Object.keys(scene.mounted(loser()))).toEqual(['/mnt/session/uploads/theirs.txt'])
  },
)

test.concurrent('post does not ask for a session that lost the race for its name, and that the step has deleted', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  await using gateway = await Gateway.start(scene.emulator.url, async ({ method, target }) => {
    if (method === 'POST' && target === '/v1/files') await createSession(scene.emulator, { title: NAME })
    return undefined
  })
  const inputs = { 'session-name': NAME, files: 'a.txt', 'base-url': gateway.url }
  const main = await scene.main(inputs)
  const [winner] = scene.sessions()
  expect(scene.sessions().map(({ id }) => id)).toEqual([main.outputs['session-id']])
  const before = scene.sent().length
  const post = await scene.post(main, inputs)
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toMatchObject({ files: [], sessions: [{ id: winner?.id, resources: [] }] })
  const asked = scene.sent().slice(before)
  expect(asked.map(({ status }) => status)).not.toContain(404)
})

test.concurrent.each(['keep', 'delete'])(
  'of two sessions that one request has made, the one that the outputs name is the run’s: session-cleanup: %s',
  async (sessionCleanup) => {
    await using scene = await Scene.open()
    scene.workspace.write({ 'a.txt': 'a' })
    scene.emulator.addFault({ kind: 'duplicate', match: { method: 'POST', path: '^/v1/sessions$' } })
    const inputs = { 'session-name': NAME, 'session-cleanup': sessionCleanup, files: 'a.txt' }
    const { main, post } = await scene.job(inputs)
    expect([annotations(main, 'error'), annotations(post, 'warning')]).toEqual([[], []])
    const left = sessionCleanup === 'keep' ? [[main.outputs['session-id'], []]] : []
    expect(scene.sessions().map(({ id, resources }) => [id, resources])).toEqual(left)
  },
)

test.concurrent('a session of the name that comes before the run’s own and is gone again each time ends the run', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  // An older one is listed wherever there is one of the run, which gives way to it.
  const older = (own: object) => ({ ...own, id: 'sesn_older', created_at: '2026-01-01T00:00:00Z', metadata: {} })
  const change = changeJson(/^GET \/v1\/sessions$/, ({ data, ...more }) => {
    const sessions = data as readonly object[]
    return { ...more, data: [...sessions.slice(0, 1).map(older), ...sessions] }
  })
  await using gateway = await Gateway.start(scene.emulator.url, change)
  const inputs = { 'session-name': NAME, files: 'a.txt', 'base-url': gateway.url }
  const main = await scene.main(inputs)
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain('session sesn_older of this name kept disappearing; run the job again')
  expect(scene.requests().filter((line) => line === 'POST /v1/sessions')).toHaveLength(6)
  expect(annotations(await scene.post(main, { ...inputs, 'base-url': scene.emulator.url }), 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})
