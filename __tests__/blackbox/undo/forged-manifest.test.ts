import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { errorOf } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'
import { addFile, call, createSession } from '../../harness/service.ts'
import type { StepResult } from '../../harness/step.ts'
import { runUnmount } from '../../harness/unmount.ts'

interface Manifest {
  readonly run_key: string
  readonly session_id: string
  readonly session_created: boolean
  readonly resources: readonly object[]
  readonly uploads: readonly object[]
}

const NEVER = { files: '*.txt', cleanup: 'never' } as const

async function openScene(): Promise<Scene> {
  const scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  return scene
}

const manifestOf = ({ outputs }: StepResult): Manifest =>
  JSON.parse(readFileSync(outputs['manifest-path'] ?? '', 'utf8'))

function unmount(scene: Scene, manifest: object, more: Readonly<Record<string, string>> = {}): Promise<StepResult> {
  scene.workspace.write({ 'manifest.json': JSON.stringify(manifest) })
  return runUnmount(scene, { manifest: 'manifest.json', 'session-cleanup': 'delete', ...more })
}

async function upload(scene: Scene, name: string): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob(['theirs']), name)
  return (await call(scene.emulator, 'POST', '/v1/files', form)).id
}

test.concurrent("another run's session, its files and other people's uploads: nothing goes, and each is refused by name", async () => {
  await using scene = await openScene()
  const victim = await scene.main(NEVER)
  const theirs = await upload(scene, 'theirs.csv')
  const before = scene.emulator.snapshot()
  const sessionId = victim.outputs['session-id'] ?? ''
  const resources = Object.values(scene.mounted(sessionId)).map(({ resourceId }) => resourceId)
  const forged = {
    version: 2,
    run_key: 'octo/app/666/1/pwn/0123456789abcdef',
    session_id: sessionId,
    session_created: true,
    resources: resources.map((resource_id) => ({ mount_path: '/a.txt', resource_id, change: 'added' })),
    uploads: [...scene.uploads().map(({ id }) => id), theirs].map((file_id) => ({ name: 'x.csv', file_id })),
  }
  const step = await unmount(scene, forged)
  expect(step).toMatchObject({ exitCode: 1, stderr: '', outputs: { 'removed-count': '0', 'left-count': '6' } })
  const error = errorOf(step)
  for (const id of [sessionId, theirs, ...resources, ...scene.uploads().map(({ id }) => id)])
    expect(error).toContain(id)
  expect(error).toMatch(/refused: its metadata does not have the run key/)
  expect(error).not.toContain('curl')
  expect(scene.emulator.snapshot()).toEqual(before)
  expect(scene.sent().filter(({ method }) => method === 'DELETE')).toEqual([])
})

test.concurrent('a manifest whose run key was changed ends no session, nor what others mounted on it', async () => {
  await using scene = await openScene()
  const main = await scene.main(NEVER)
  const sessionId = main.outputs['session-id'] ?? ''
  await addFile(scene.emulator, sessionId, '/theirs.txt')
  const { resourceId } = scene.mounted(sessionId)['/mnt/session/uploads/theirs.txt'] ?? {}
  const manifest = manifestOf(main)
  const added = { mount_path: '/mnt/session/uploads/theirs.txt', resource_id: resourceId, change: 'added' }
  const step = await unmount(scene, { ...manifest, run_key: 'other', resources: [...manifest.resources, added] })
  expect(step.exitCode).toBe(1)
  expect(errorOf(step)).toContain(resourceId)
  expect(Object.keys(scene.mounted(sessionId))).toEqual(['/mnt/session/uploads/theirs.txt'])
  expect(scene.sessions()).toMatchObject([{ id: sessionId, archived_at: null }])
})

test.concurrent("on a session that was there, only copies of the manifest's uploads go", async () => {
  await using scene = await openScene()
  const id = await createSession(scene.emulator, { files: { '/theirs.txt': 't' } })
  const { resourceId } = scene.mounted(id)['/mnt/session/uploads/theirs.txt'] ?? {}
  const manifest = manifestOf(await scene.main({ ...NEVER, 'session-id': id }))
  const added = { mount_path: '/mnt/session/uploads/theirs.txt', resource_id: resourceId, change: 'added' }
  const step = await unmount(scene, { ...manifest, resources: [...manifest.resources, added] })
  expect(step).toMatchObject({ exitCode: 1, outputs: { 'removed-count': '4', 'left-count': '1' } })
  expect(errorOf(step)).toContain(`- ${resourceId}: refused: it is on a session that the manifest's run did not create`)
  expect(Object.keys(scene.mounted(id))).toEqual(['/mnt/session/uploads/theirs.txt'])
})

test.concurrent('an upload that bears our form of name, but not the one that the manifest says, stays', async () => {
  await using scene = await openScene()
  const theirs = await upload(scene, 'report.0123456789ab.csv')
  const manifest = manifestOf(await scene.main(NEVER))
  const step = await unmount(scene, { ...manifest, uploads: [{ name: 'other.0123456789ab.csv', file_id: theirs }] })
  expect(errorOf(step)).toContain(`- ${theirs}: refused: its name`)
  expect(scene.uploads().map(({ id }) => id)).toContain(theirs)
})

test.concurrent('a dry run of a forged manifest names what would be refused, and changes nothing', async () => {
  await using scene = await openScene()
  const main = await scene.main(NEVER)
  const before = scene.emulator.snapshot()
  const step = await unmount(scene, { ...manifestOf(main), run_key: 'other' }, { 'dry-run': 'true' })
  expect(errorOf(step)).toContain(main.outputs['session-id'])
  expect(scene.emulator.snapshot()).toEqual(before)
})

test.concurrent('ids given as inputs are what the user says, whoever made it', async () => {
  await using scene = await openScene()
  const theirs = await upload(scene, 'theirs.csv')
  const id = await createSession(scene.emulator, { files: { '/theirs.txt': 't' } })
  const step = await runUnmount(scene, { 'session-id': id, 'upload-ids': theirs, 'session-cleanup': 'delete' })
  expect(step).toMatchObject({ exitCode: 0, outputs: { 'removed-count': '2', 'left-count': '0' } })
  expect(scene.sessions()).toEqual([])
})
