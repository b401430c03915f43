import { expect, test } from '@jest/globals'
import { annotations } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'
import { doOnce } from '../../harness/signal.ts'

const AT = '/mnt/session/uploads/a.txt'

/** The orders in which the posts of runs may come that were begun in the order of their numbers. */
const ORDERS = [
  [0, 1],
  [1, 0],
  [0, 2, 1],
  [1, 0, 2],
  [2, 1, 0],
] as const

test.concurrent.each(ORDERS.map((order) => [order]))(
  'runs that mount the same content at one path: it stays until the last of their posts (%j)',
  async (order) => {
    await using scene = await Scene.open()
    scene.workspace.write({ 'a.txt': 'same' })
    const id = await createSession(scene.emulator)
    const inputs = { 'session-id': id, files: 'a.txt' }
    const mains = []
    for (const _ of order) mains.push(await scene.main(inputs))
    expect(mains.map(({ exitCode }) => exitCode)).toEqual(order.map(() => 0))
    for (const [index, which] of order.entries()) {
      expect(Object.keys(scene.mounted(id))).toEqual([AT])
      const main = mains[which]
      if (main === undefined) throw new Error('no such run')
      const post = await scene.post(main, inputs)
      expect(post).toMatchObject({ exitCode: 0, stderr: '' })
      expect(annotations(post, 'warning')).toEqual([])
      expect(scene.uploads()).toHaveLength(order.length - index - 1)
    }
    expect(scene.emulator.snapshot()).toMatchObject({ files: [], sessions: [{ id, resources: [] }] })
  },
  300_000,
)

test.concurrent('what a run with `cleanup: never` has mounted is unchanged for the next one, whose post leaves it', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'same' })
  const id = await createSession(scene.emulator)
  const inputs = { 'session-id': id, files: 'a.txt' }
  await scene.main({ ...inputs, cleanup: 'never' })
  const before = scene.emulator.snapshot()
  const { main, post } = await scene.job(inputs)
  expect(main.outputs).toMatchObject({ 'unchanged-count': '1', 'replaced-count': '0' })
  expect(post.exitCode).toBe(0)
  expect(scene.emulator.snapshot()).toEqual(before)
})

test.concurrent('what a run with `cleanup: never` mounts over the same content of another stays after the posts of both', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'same' })
  const id = await createSession(scene.emulator)
  const inputs = { 'session-id': id, files: 'a.txt' }
  const one = await scene.main(inputs)
  const two = await scene.main({ ...inputs, cleanup: 'never' })
  await scene.post(two, { ...inputs, cleanup: 'never' })
  expect(annotations(await scene.post(one, inputs), 'warning')).toEqual([])
  expect(Object.keys(scene.mounted(id))).toEqual([AT])
})

test.concurrent('the same content on another session, or at another path, keeps no file on this one', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'same', 'b/a.txt': 'same' })
  const id = await createSession(scene.emulator)
  const other = await createSession(scene.emulator)
  const inputs = { 'session-id': id, files: 'a.txt' }
  await scene.main({ files: 'a.txt' })
  await scene.main({ 'session-id': other, files: 'a.txt' })
  await scene.main({ 'session-id': id, files: 'b/a.txt' })
  const [one, two] = [await scene.main(inputs), await scene.main(inputs)]
  await scene.post(two, inputs)
  expect(Object.keys(scene.mounted(id))).toContain(AT)
  await scene.post(one, inputs)
  expect(Object.keys(scene.mounted(id))).toEqual(['/mnt/session/uploads/b/a.txt'])
})

test.concurrent('a job that lost the race for the name keeps its file when another has mounted the same in its place', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'same', 'b.txt': 'other' })
  const named = { 'session-name': 'Shared' }
  const inputs = { ...named, files: 'a.txt' }
  const winner = doOnce(
    () => scene.requests().includes('POST /v1/files'),
    () => void createSession(scene.emulator, { title: 'Shared' }),
  )
  const loser = await scene.main(inputs, { onStart: winner })
  const next = await scene.main(inputs)
  expect(next.outputs['session-id']).toBe(loser.outputs['session-id'])
  expect(next.outputs['replaced-count']).toBe('1')
  await scene.post(next, inputs)
  expect(Object.keys(scene.mounted(loser.outputs['session-id'] ?? ''))).toEqual([AT])
  await scene.post(loser, inputs)
  expect(scene.mounted(loser.outputs['session-id'] ?? '')).toEqual({})
})
