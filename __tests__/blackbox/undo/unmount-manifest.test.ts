import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { mountedOn, NightlyScene } from '../../harness/nightly.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'
import type { StepResult } from '../../harness/step.ts'
import { runUnmount } from '../../harness/unmount.ts'

const NEVER = { files: '*.txt', cleanup: 'never' } as const

async function openScene(): Promise<Scene> {
  const scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  return scene
}

const manifestOf = ({ outputs }: StepResult): string => outputs['manifest-path'] ?? ''

test.concurrent('a manifest is enough: what the mount step added and uploaded goes, and nothing else', async () => {
  await using scene = await openScene()
  const id = await createSession(scene.emulator, { files: { '/theirs.txt': 't' } })
  const before = scene.emulator.snapshot()
  const main = await scene.main({ ...NEVER, 'session-id': id })
  const unmount = await runUnmount(scene, { manifest: manifestOf(main) })
  expect(unmount).toMatchObject({ exitCode: 0, stderr: '', outputs: { 'removed-count': '4', 'left-count': '0' } })
  expect(annotations(unmount, 'warning')).toEqual([])
  expect(unmount.stdout).toContain('Removed 2 mounted files, 2 uploads')
  expect(scene.emulator.snapshot().files).toEqual(before.files)
  expect(scene.sessions()).toMatchObject([{ id, archived_at: null, resources: [{}] }])
})

test.concurrent.each([
  ['keep', [expect.objectContaining({ archived_at: null, resources: [] })], '4'],
  ['archive', [expect.objectContaining({ archived_at: expect.any(String), resources: [] })], '5'],
  ['delete', [], '5'],
])('of a session that the mount step created: session-cleanup: %s', async (end, sessions, removed) => {
  await using scene = await openScene()
  const main = await scene.main(NEVER)
  const unmount = await runUnmount(scene, { manifest: manifestOf(main), 'session-cleanup': end })
  expect(annotations(unmount, 'error')).toEqual([])
  expect(unmount.outputs).toEqual({ 'removed-count': removed, 'left-count': '0' })
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions })
})

test.concurrent('of a mount step that came to no session: its uploads go', async () => {
  await using scene = await openScene()
  scene.emulator.addFault({ kind: 'status', status: 403, match: { method: 'POST', path: '^/v1/sessions$' }, times: 99 })
  const main = await scene.main({ ...NEVER, 'on-partial': 'keep' })
  expect(scene.uploads()).toHaveLength(2)
  const unmount = await runUnmount(scene, { manifest: manifestOf(main), 'session-cleanup': 'delete' })
  expect(unmount).toMatchObject({ exitCode: 0, outputs: { 'removed-count': '2', 'left-count': '0' } })
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})

test.concurrent('session-cleanup does not end a session that the mount step only found', async () => {
  await using scene = await openScene()
  const id = await createSession(scene.emulator)
  const main = await scene.main({ ...NEVER, 'session-id': id })
  const unmount = await runUnmount(scene, { manifest: manifestOf(main), 'session-cleanup': 'delete' })
  expect(annotations(unmount, 'error')).toEqual([])
  expect(scene.sessions()).toMatchObject([{ id, archived_at: null, resources: [] }])
})

test.concurrent('what a refresh found unchanged is not touched', async () => {
  await using night = await NightlyScene.open(3)
  night.change(1)
  const { main } = await night.refresh()
  const unmount = await runUnmount(night.scene, { manifest: manifestOf(main) })
  expect(unmount.outputs).toEqual({ 'removed-count': '2', 'left-count': '0' })
  expect(Object.keys(night.mounted())).toEqual(['/data/0.txt', '/data/2.txt'])
})

test.concurrent('of a manifest that names no session, the uploads go', async () => {
  await using scene = await openScene()
  const main = await scene.main(NEVER)
  const { session_id: _, ...rest } = JSON.parse(readFileSync(manifestOf(main), 'utf8'))
  scene.workspace.write({ 'manifest.json': JSON.stringify({ ...rest, resources: [] }) })
  const unmount = await runUnmount(scene, { manifest: 'manifest.json', 'session-cleanup': 'delete' })
  expect(unmount).toMatchObject({ exitCode: 0, stderr: '', outputs: { 'removed-count': '2', 'left-count': '0' } })
  expect(scene.uploads()).toEqual([])
  expect(scene.sessions()).toMatchObject([{ archived_at: null, resources: [{}, {}] }])
})

test.concurrent('a second time, and what is gone otherwise, counts as removed', async () => {
  await using scene = await openScene()
  const main = await scene.main(NEVER)
  const inputs = { manifest: manifestOf(main), 'session-cleanup': 'delete' }
  await runUnmount(scene, inputs)
  const again = await runUnmount(scene, inputs)
  expect(again).toMatchObject({ exitCode: 0, outputs: { 'removed-count': '5', 'left-count': '0' } })
  scene.emulator.reset()
  const afterReset = await runUnmount(scene, inputs)
  expect(afterReset).toMatchObject({ exitCode: 0, outputs: { 'removed-count': '5', 'left-count': '0' } })
})

test.concurrent('a dry run names what would go, and takes nothing away', async () => {
  await using scene = await openScene()
  const main = await scene.main(NEVER)
  const before = scene.emulator.snapshot()
  const sent = scene.sent().length
  const inputs = { manifest: manifestOf(main), 'session-cleanup': 'delete', 'dry-run': 'true' }
  const unmount = await runUnmount(scene, inputs)
  expect(unmount).toMatchObject({ exitCode: 0, outputs: { 'removed-count': '0', 'left-count': '0' } })
  const [notice = '', ...more] = annotations(unmount, 'notice')
  expect(more).toEqual([])
  const id = main.outputs['session-id'] ?? ''
  for (const { id: upload } of scene.uploads()) expect(notice).toContain(upload)
  for (const { resourceId } of Object.values(scene.mounted(id))) expect(notice).toContain(resourceId)
  expect(notice).toContain(id)
  expect(
    scene
      .sent()
      .slice(sent)
      .filter(({ method }) => method !== 'GET'),
  ).toEqual([])
  expect(scene.emulator.snapshot()).toEqual(before)
})

test.concurrent('a removal that fails fails the step and is named; the others are removed', async () => {
  await using scene = await openScene()
  const id = await createSession(scene.emulator)
  const main = await scene.main({ ...NEVER, 'session-id': id })
  const stuck = Object.values(scene.mounted(id))[0]?.resourceId ?? ''
  scene.emulator.addFault({ kind: 'status', status: 403, match: { method: 'DELETE', path: stuck }, times: 99 })
  const unmount = await runUnmount(scene, { manifest: manifestOf(main) })
  expect(unmount).toMatchObject({ exitCode: 1, outputs: { 'removed-count': '3', 'left-count': '1' } })
  expect(errorOf(unmount)).toMatch(new RegExp(`- ${stuck}: .*403`))
  expect(Object.keys(mountedOn(scene, id))).toHaveLength(1)
  expect(scene.uploads()).toEqual([])
})

test.concurrent('a running session: its files stay, the step fails and says why', async () => {
  await using scene = await openScene()
  const main = await scene.main(NEVER)
  const id = main.outputs['session-id'] ?? ''
  scene.emulator.setSessionStatus(id, 'running')
  const unmount = await runUnmount(scene, { manifest: manifestOf(main), 'cleanup-wait': '1s' })
  expect(unmount).toMatchObject({ exitCode: 1, outputs: { 'removed-count': '2', 'left-count': '2' } })
  expect(errorOf(unmount)).toContain(`session ${id} was still running after 1 s`)
  expect(Object.keys(mountedOn(scene, id))).toHaveLength(2)
})

const WRONG: readonly (readonly [string, (good: string) => string | undefined, RegExp])[] = [
  ['missing', () => undefined, /"nowhere\.json" cannot be read \(ENOENT\); .*artifact/],
  ['empty', () => '', /is not a manifest of this version/],
  ['junk', () => '\u0000\u0001{]', /is not a manifest of this version/],
  ['a list', () => '[]', /is not a manifest of this version/],
  ['of another version', (good) => good.replace('"version": 2', '"version": 99'), /is not a manifest of this version/],
]

test.concurrent.each(WRONG)('a manifest that is %s: the error says so, and nothing is sent', async (_, make, error) => {
  await using scene = await openScene()
  const main = await scene.main(NEVER)
  const text = make(readFileSync(manifestOf(main), 'utf8'))
  if (text !== undefined) scene.workspace.write({ 'nowhere.json': text })
  const sent = scene.sent().length
  const unmount = await runUnmount(scene, { manifest: 'nowhere.json' })
  expect(unmount).toMatchObject({ exitCode: 1, stderr: '', outputs: { 'removed-count': '0', 'left-count': '0' } })
  expect(errorOf(unmount)).toMatch(error)
  expect(scene.sent()).toHaveLength(sent)
})

test.concurrent('a manifest whose ids lead elsewhere reaches nothing but what ids can name', async () => {
  await using scene = await openScene()
  const id = await createSession(scene.emulator, { files: { '/theirs.txt': 't' } })
  const before = scene.emulator.snapshot()
  const manifest = {
    version: 2,
    run_key: 'octo/app/1/1/x/y',
    session_id: `${id}/../../files`,
    session_created: true,
    resources: [{ mount_path: '/x', resource_id: '../../archive', change: 'added' }, 7, null],
    uploads: [{ name: 'x', file_id: '../sessions' }, { name: 'y' }, 'z'],
  }
  scene.workspace.write({ 'm.json': JSON.stringify(manifest) })
  const unmount = await runUnmount(scene, { manifest: 'm.json', 'session-cleanup': 'delete' })
  expect(unmount).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(unmount)).toContain(`contains an invalid id ("${id}/../../files")`)
  expect(scene.emulator.snapshot()).toEqual(before)
})
