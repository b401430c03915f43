import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { NIGHTLY, NightlyScene } from '../../harness/nightly.ts'
import { addFile } from '../../harness/service.ts'
import { doOnce } from '../../harness/signal.ts'
import { sha256 } from '../../harness/workspace.ts'

const ADD = { method: 'POST', path: '/resources$' }

test.concurrent('an add that fails after the delete: the error says that nothing is there now', async () => {
  await using night = await NightlyScene.open(3)
  night.change(1)
  night.scene.emulator.addFault({ kind: 'status', status: 400, match: ADD, times: 99 })
  const { main, post } = await night.refresh()
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain(`"data/1.txt" could not be mounted at "/data/1.txt" of session ${night.sessionId}`)
  expect(errorOf(main)).toContain(
    'what was mounted at "/data/1.txt" was removed before that, so nothing is mounted there now',
  )
  expect(main.outputs).toMatchObject({ 'mounted-count': '2', 'unchanged-count': '2', 'replaced-count': '0' })
  expect(annotations(post, 'warning')).toEqual([])
  expect(Object.keys(night.mounted())).toEqual(['/data/0.txt', '/data/2.txt'])
})

test.concurrent('an upload that fails: nothing on the session has been touched', async () => {
  await using night = await NightlyScene.open(3)
  const before = night.scene.emulator.snapshot()
  night.change(0, 1, 2)
  const match = { method: 'POST', path: '^/v1/files$' }
  night.scene.emulator.addFault({ kind: 'status', status: 400, match, nth: 3, times: 99 })
  const { main, post } = await night.refresh()
  expect(main.exitCode).toBe(1)
  expect(annotations(post, 'warning')).toEqual([])
  expect(night.scene.emulator.snapshot()).toEqual(before)
})

test.concurrent('cleanup: on-failure takes back what a failed refresh has added, and leaves the rest', async () => {
  await using night = await NightlyScene.open(4)
  night.change(0, 1)
  night.scene.workspace.write({ 'data/new.txt': 'n' })
  night.scene.emulator.addFault({ kind: 'status', status: 400, match: ADD, nth: 3, times: 99 })
  const { main, post } = await night.refresh({ cleanup: 'on-failure', concurrency: '1' })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain('"data/new.txt"')
  expect(main.outputs).toMatchObject({ 'replaced-count': '2', 'unchanged-count': '2', 'added-count': '0' })
  const manifest: unknown = JSON.parse(readFileSync(main.outputs['manifest-path'] ?? '', 'utf8'))
  expect(manifest).toMatchObject({ complete: false })
  expect(annotations(post, 'warning')).toEqual([])
  expect(Object.keys(night.mounted())).toEqual(['/data/2.txt', '/data/3.txt'])
  expect(night.scene.uploads()).toHaveLength(4)
})

test.concurrent('cleanup: on-failure takes back a refresh that went well in a job that then failed', async () => {
  await using night = await NightlyScene.open(3)
  const { scene, sessionId } = night
  night.change(0)
  const inputs = { 'session-name': 'Nightly data', files: 'data', cleanup: 'on-failure' }
  const main = await scene.main(inputs)
  expect(main.exitCode).toBe(0)
  const post = await scene.post(main, inputs, { jobStatus: 'failure' })
  expect(annotations(post, 'warning')).toEqual([])
  expect(Object.keys(scene.mounted(sessionId))).toHaveLength(2)
})

const FULL = { ...NIGHTLY, 'max-resources': '5' } as const

test.concurrent('a full session: what is replaced needs no room', async () => {
  await using night = await NightlyScene.open(5, { maxResources: 5 })
  night.change(0, 4)
  const main = await night.scene.main(FULL)
  expect(annotations(main, 'error')).toEqual([])
  expect(main.outputs).toMatchObject({ 'replaced-count': '2', 'mounted-count': '5' })
})

test.concurrent('a full session: what is added needs room, which pruning makes', async () => {
  await using night = await NightlyScene.open(5, { maxResources: 5 })
  const { scene } = night
  scene.workspace.write({ 'data/new.txt': 'n' })
  const before = scene.emulator.snapshot()
  const files = 'data\n!data/3.txt'
  const refused = await scene.main({ ...FULL, files })
  expect(refused.exitCode).toBe(1)
  expect(errorOf(refused)).toMatch(/it has 5 resources, and 1 more would pass 5 \(`max-resources`\)/)
  expect(scene.emulator.snapshot()).toEqual(before)
  const pruned = await scene.main({ ...FULL, files, prune: 'true' })
  expect(annotations(pruned, 'error')).toEqual([])
  expect(pruned.outputs).toMatchObject({ 'added-count': '1', 'removed-count': '1', 'mounted-count': '5' })
  expect(night.mounted()['/data/new.txt']).toBe(sha256('n'))
})

test.concurrent('a file that somebody else mounts between look and add is named, and left alone', async () => {
  await using night = await NightlyScene.open(2)
  const { scene, sessionId } = night
  scene.workspace.write({ 'data/new.txt': 'n' })
  const before = scene.uploads().length
  scene.emulator.addFault({ kind: 'slow', delayMs: 2_000, match: { method: 'POST', path: '^/v1/files$' } })
  const isUploaded = () => scene.uploads().length > before
  const main = await scene.main(NIGHTLY, {
    onStart: doOnce(isUploaded, () => void addFile(scene.emulator, sessionId, '/data/new.txt')),
  })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(/"data\/new\.txt" cannot be mounted .* another job has just mounted a file there/)
  await scene.post(main, NIGHTLY)
  expect(night.mounted()['/data/new.txt']).toBe(sha256('theirs'))
})
