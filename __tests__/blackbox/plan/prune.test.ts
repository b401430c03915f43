import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { mountedOn, NightlyScene } from '../../harness/nightly.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'
import { sha256 } from '../../harness/workspace.ts'

const PRUNE = { prune: 'true' } as const

test.concurrent('what an earlier run mounted and this one does not want is taken off', async () => {
  await using night = await NightlyScene.open(4)
  const { scene, sessionId } = night
  const gone = scene.mounted(sessionId)['/mnt/session/uploads/data/3.txt']?.resourceId
  const { main } = await night.refresh({ ...PRUNE, files: 'data\n!data/3.txt' })
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(Object.keys(night.mounted())).toEqual(['/data/0.txt', '/data/1.txt', '/data/2.txt'])
  expect(main.outputs).toMatchObject({ 'removed-count': '1', 'unchanged-count': '3', changed: 'true' })
  expect(night.changes()).toEqual(['DELETE /v1/sessions/{sesn}/resources/{sesrsc}'])
  const manifest: unknown = JSON.parse(readFileSync(main.outputs['manifest-path'] ?? '', 'utf8'))
  expect(manifest).toMatchObject({ removed: [{ resource_id: gone, mount_path: '/data/3.txt' }] })
  expect(main.stdout).toContain('3 unchanged, 1 removed')
})

test.concurrent('only what is under `mount-path` is pruned', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  const id = await createSession(scene.emulator)
  const inputs = { 'session-id': id, cleanup: 'never' }
  for (const folder of ['/in', '/in2', '/']) await scene.main({ ...inputs, files: '*.txt', 'mount-path': folder })
  const main = await scene.main({ ...inputs, ...PRUNE, files: 'a.txt', 'mount-path': '/in' })
  expect(main.outputs).toMatchObject({ 'removed-count': '1', 'unchanged-count': '1' })
  expect(Object.keys(mountedOn(scene, id)).sort()).toEqual(
    ['/a.txt', '/b.txt', '/in/a.txt', '/in2/a.txt', '/in2/b.txt'].sort(),
  )
})

test.concurrent("others' files stay, also when they lie in the same folder", async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'data/a.txt': 'a', 'data/b.txt': 'b' })
  const id = await createSession(scene.emulator, { files: { '/data/theirs.txt': 't', '/theirs.txt': 't' } })
  const inputs = { 'session-id': id, cleanup: 'never' }
  await scene.main({ ...inputs, files: 'data' })
  const main = await scene.main({ ...inputs, ...PRUNE, files: 'data/a.txt' })
  expect(main.outputs['removed-count']).toBe('1')
  expect(Object.keys(mountedOn(scene, id)).sort()).toEqual(['/data/a.txt', '/data/theirs.txt', '/theirs.txt'])
})

test.concurrent("with `overwrite`, others' files are pruned too, but only under `mount-path`", async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const id = await createSession(scene.emulator, { files: { '/data/theirs.txt': 't', '/theirs.txt': 't' } })
  const more = { 'mount-path': '/data', overwrite: 'true', ...PRUNE }
  const main = await scene.main({ 'session-id': id, cleanup: 'never', files: 'a.txt', ...more })
  expect(main.outputs).toMatchObject({ 'removed-count': '1', 'added-count': '1' })
  expect(Object.keys(mountedOn(scene, id)).sort()).toEqual(['/data/a.txt', '/theirs.txt'])
})

test.concurrent('a file that became a folder, and a folder that became a file', async () => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator)
  const inputs = { 'session-id': id, cleanup: 'never' }
  scene.workspace.write({ 'a.txt': '1', 'b.txt': '2' })
  await scene.main({ ...inputs, files: 'a.txt => /in/x\nb.txt => /in/y/deep' })
  const turned = 'a.txt => /in/x/deep\nb.txt => /in/y'

  const refused = await scene.main({ ...inputs, files: turned })
  expect(refused.exitCode).toBe(1)
  expect(errorOf(refused)).toMatch(/"a\.txt" cannot be mounted at "\/in\/x\/deep": sesrsc_\w+ is mounted at "\/in\/x"/)
  expect(errorOf(refused)).toMatch(/"b\.txt" cannot be mounted at "\/in\/y": sesrsc_\w+ is mounted at "\/in\/y\/deep"/)
  expect(errorOf(refused)).toContain('`prune: true`')
  expect(errorOf(refused)).toContain('Nothing was changed.')

  const main = await scene.main({ ...inputs, ...PRUNE, files: turned })
  expect(annotations(main, 'error')).toEqual([])
  expect(main.outputs).toMatchObject({ 'removed-count': '2', 'added-count': '2' })
  expect(mountedOn(scene, id)).toEqual({ '/in/x/deep': sha256('1'), '/in/y': sha256('2') })
})

test.concurrent('what the server tells no name of is not taken for ours, and not pruned', async () => {
  await using night = await NightlyScene.open(2, { lenient: { unnamedFiles: true } })
  const { main } = await night.refresh({ ...PRUNE, files: 'data/0.txt' })
  expect(main.outputs).toMatchObject({ 'removed-count': '0', 'replaced-count': '1' })
  expect(Object.keys(night.mounted()).sort()).toEqual(['/data/0.txt', '/data/1.txt'])
})

test.concurrent('a removal that fails stops the run before anything is replaced, and names what stays', async () => {
  await using night = await NightlyScene.open(3)
  const { scene, sessionId } = night
  const stuck = scene.mounted(sessionId)['/mnt/session/uploads/data/2.txt']?.resourceId ?? ''
  scene.emulator.addFault({ kind: 'status', status: 400, match: { method: 'DELETE', path: stuck }, times: 99 })
  night.change(0)
  const before = night.mounted()
  const { main, post } = await night.refresh({ ...PRUNE, files: 'data\n!data/2.txt' })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain(`${stuck}, mounted at "/data/2.txt" of session ${sessionId}, could not be removed`)
  expect(annotations(post, 'warning')).toEqual([])
  expect(night.mounted()).toEqual(before)
  expect(scene.uploads()).toHaveLength(3)
})

test.concurrent('pruning is nothing to a new session', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const main = await scene.main({ ...PRUNE, overwrite: 'true', files: 'a.txt' })
  expect(main.outputs).toMatchObject({ 'added-count': '1', 'removed-count': '0', changed: 'true' })
})

test.concurrent('pruning without `files` is refused: all would go', async () => {
  await using night = await NightlyScene.open(2)
  const sent = night.scene.sent().length
  const { main } = await night.refresh({ ...PRUNE, files: '', repository: 'octo/app' })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain('- prune: needs `files`')
  expect(night.scene.sent()).toHaveLength(sent)
})
