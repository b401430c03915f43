import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../harness/annotation.ts'
import { Gateway } from '../harness/gateway.ts'
import { Scene } from '../harness/scene.ts'
import { createSession } from '../harness/service.ts'
import { sha256, Workspace } from '../harness/workspace.ts'
import { problemsOf } from './many.ts'

test.each([
  ['keep', 1],
  ['delete', 2],
] as const)('twenty runs at once onto one missing session, session-cleanup: %s', async (sessionCleanup, seed) => {
  expect(await problemsOf({ runs: 20, seed, sessionCleanup })).toEqual([])
})

/** What stands in front of the service and holds back the replies to uploads until there are two. */
function openOnceBothUpload({ emulator }: Scene): Promise<Gateway> {
  const both = Promise.withResolvers<void>()
  let uploads = 0
  return Gateway.start(emulator.url, async ({ method, target }) => {
    if (method !== 'POST' || target !== '/v1/files') return undefined
    if (++uploads === 2) both.resolve()
    await both.promise
    return undefined
  })
}

test('of two jobs at once onto one missing session and one mount path one wins; the other says so, and neither post touches more than its own', async () => {
  await using scene = await Scene.open()
  using elsewhere = new Workspace()
  // Neither finds the session: no upload is answered until both have looked for it.
  await using gateway = await openOnceBothUpload(scene)
  scene.workspace.write({ 'a.txt': 'one' })
  elsewhere.write({ 'a.txt': 'two' })
  const inputs = { 'session-name': 'Shared', files: 'a.txt', 'base-url': gateway.url }
  const jobs = [
    { content: 'one', more: {} },
    { content: 'two', more: { cwd: elsewhere.root } },
  ]
  const ended = await Promise.all(
    jobs.map(async ({ content, more }) => ({ content, more, main: await scene.main(inputs, more) })),
  )
  const [winner, loser] = ended.toSorted((a, b) => Number(a.main.exitCode) - Number(b.main.exitCode))
  if (winner?.main.exitCode !== 0 || loser?.main.exitCode !== 1) throw new Error('Not one of them won')
  expect(errorOf(loser.main)).toMatch(/another job has just mounted a file/)
  const id = winner.main.outputs['session-id'] ?? ''
  expect(scene.sessions().map((session) => session.id)).toEqual([id])
  const there = () => scene.mounted(id)['/mnt/session/uploads/a.txt']?.sha256

  expect(annotations(await scene.post(loser.main, inputs, loser.more), 'warning')).toEqual([])
  expect(there()).toBe(sha256(winner.content))
  expect(annotations(await scene.post(winner.main, inputs, winner.more), 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toMatchObject({ files: [], sessions: [{ id, resources: [] }] })
})

test('of two jobs at one mount path at the same time one wins; the other says so and leaves nothing', async () => {
  await using scene = await Scene.open()
  using elsewhere = new Workspace()
  const id = await createSession(scene.emulator, { files: { '/theirs.txt': 'theirs' } })
  const before = scene.emulator.snapshot()
  // Neither sees the other: no upload is answered until both have looked at the session.
  await using gateway = await openOnceBothUpload(scene)
  scene.workspace.write({ 'a.txt': 'one' })
  elsewhere.write({ 'a.txt': 'two' })
  const inputs = { 'session-id': id, files: 'a.txt', 'base-url': gateway.url }
  const jobs = [
    { content: 'one', more: {} },
    { content: 'two', more: { cwd: elsewhere.root } },
  ]
  const ended = await Promise.all(
    jobs.map(async ({ content, more }) => ({ content, more, main: await scene.main(inputs, more) })),
  )
  const [winner, loser] = ended.toSorted((a, b) => Number(a.main.exitCode) - Number(b.main.exitCode))
  if (winner?.main.exitCode !== 0 || loser?.main.exitCode !== 1) throw new Error('Not one of them won')
  expect(errorOf(loser.main)).toMatch(/"a\.txt" cannot be mounted at "\/a\.txt": another job has just mounted a file/)
  const there = () => scene.mounted(id)['/mnt/session/uploads/a.txt']?.sha256

  const post = await scene.post(loser.main, inputs, loser.more)
  expect(annotations(post, 'warning')).toEqual([])
  expect(there()).toBe(sha256(winner.content))
  expect(scene.uploads()).toHaveLength(before.files.filter(({ scope }) => scope === null).length + 1)

  expect(annotations(await scene.post(winner.main, inputs, winner.more), 'warning')).toEqual([])
  expect(scene.emulator.snapshot().files).toEqual(before.files)
  expect(Object.keys(scene.mounted(id))).toEqual(['/mnt/session/uploads/theirs.txt'])
})
