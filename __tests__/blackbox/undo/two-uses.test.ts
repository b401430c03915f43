import { expect, test } from '@jest/globals'
import { annotations } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'

const paths = (scene: Scene, id: string): readonly string[] =>
  Object.keys(scene.mounted(id)).map((path) => path.replace('/mnt/session/uploads', ''))

test.concurrent('two uses on one session: each post removes its own, in reverse order', async () => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator, { files: { '/kept.txt': 'k' } })
  const before = scene.emulator.snapshot()
  scene.workspace.write({ 'a.txt': 'same', 'b.txt': 'same' })
  const first = { 'session-id': id, files: '*.txt', 'mount-path': '/one' }
  const second = { 'session-id': id, files: '*.txt', 'mount-path': '/two' }
  const one = await scene.main(first)
  const two = await scene.main(second)
  expect([one.exitCode, two.exitCode]).toEqual([0, 0])
  expect(paths(scene, id)).toEqual(['/kept.txt', '/one/a.txt', '/one/b.txt', '/two/a.txt', '/two/b.txt'])
  expect(scene.uploads()).toHaveLength(before.files.length - 1 + 4)

  const postOfTwo = await scene.post(two, second)
  expect(annotations(postOfTwo, 'warning')).toEqual([])
  expect(paths(scene, id)).toEqual(['/kept.txt', '/one/a.txt', '/one/b.txt'])
  const postOfOne = await scene.post(one, first)
  expect(annotations(postOfOne, 'warning')).toEqual([])
  expect(scene.emulator.snapshot().files).toEqual(before.files)
  expect(paths(scene, id)).toEqual(['/kept.txt'])
})

test.concurrent('two new sessions: each post ends its own', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const inputs = { files: 'a.txt', 'session-cleanup': 'delete' }
  const one = await scene.main(inputs)
  const two = await scene.main(inputs)
  expect(one.outputs['session-id']).not.toBe(two.outputs['session-id'])
  await scene.post(two, inputs)
  expect(scene.sessions()).toMatchObject([{ id: one.outputs['session-id'], resources: [{ type: 'file' }] }])
  expect(scene.uploads()).toHaveLength(1)
  await scene.post(one, inputs)
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})

test.concurrent('the second finds by name what the first created; only the first may end it', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  const named = { 'session-name': 'shared', 'session-cleanup': 'delete' }
  const one = await scene.main({ ...named, files: 'a.txt' })
  const two = await scene.main({ ...named, files: 'b.txt' })
  const id = one.outputs['session-id'] ?? ''
  expect(two.outputs).toMatchObject({ 'session-id': id, 'session-created': 'false' })
  await scene.post(two, named)
  expect(paths(scene, id)).toEqual(['/a.txt'])
  await scene.post(one, named)
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})

test.concurrent('settings are those of the use: one keeps, the other takes away', async () => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator)
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  const keep = { 'session-id': id, files: 'a.txt', cleanup: 'never' }
  const take = { 'session-id': id, files: 'b.txt' }
  const one = await scene.main(keep)
  const two = await scene.main(take)
  await scene.post(two, take)
  await scene.post(one, keep)
  expect(paths(scene, id)).toEqual(['/a.txt'])
  expect(scene.uploads()).toHaveLength(1)
})
