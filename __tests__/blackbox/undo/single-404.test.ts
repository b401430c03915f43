import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import type { Fault } from '../../../emulator/emulator.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession, deleteSession } from '../../harness/service.ts'
import { signalOnce } from '../../harness/signal.ts'
import type { StepResult } from '../../harness/step.ts'
import { runUnmount } from '../../harness/unmount.ts'

/** The service's own form of "not found", once, for something that is there. */
function once(method: string, path: string): Fault {
  return { kind: 'status', status: 404, match: { method, path } }
}

const GET_SESSION = once('GET', '^/v1/sessions/[^/]+$')
const LIST_RESOURCES = once('GET', '/resources$')
const DELETE_RESOURCE = once('DELETE', '/resources/')
const DELETE_FILE = once('DELETE', '^/v1/files/')
const DELETE_SESSION = once('DELETE', '^/v1/sessions/[^/]+$')
const ARCHIVE_SESSION = once('POST', '/archive$')

async function openScene(): Promise<Scene> {
  const scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  return scene
}

const quiet = (step: StepResult): void => {
  expect(step).toMatchObject({ exitCode: 0, stderr: '' })
  for (const kind of ['warning', 'error'] as const) expect(annotations(step, kind)).toEqual([])
}

test.concurrent.each([
  ['keep', 'its look at the session', GET_SESSION],
  ['keep', 'a delete of a mounted file', DELETE_RESOURCE],
  ['keep', 'a delete of an upload', DELETE_FILE],
  ['archive', 'its look at the session', GET_SESSION],
  ['archive', 'a delete of a mounted file', DELETE_RESOURCE],
  ['archive', 'the archiving', ARCHIVE_SESSION],
  ['delete', 'its look at the session', GET_SESSION],
  ['delete', 'the delete of the session', DELETE_SESSION],
])('session-cleanup: %s, and one 404 answers %s: post removes everything', async (end, _, fault) => {
  await using scene = await openScene()
  const inputs = { files: '*.txt', 'session-cleanup': end }
  const main = await scene.main(inputs)
  scene.emulator.addFault(fault)
  const post = await scene.post(main, inputs)
  quiet(post)
  expect(post.stdout).not.toContain('Already gone')
  const left = end === 'delete' ? [] : [{ resources: [], archived_at: end === 'keep' ? null : expect.any(String) }]
  expect(scene.emulator.snapshot()).toMatchObject({ files: [], sessions: left })
})

test.concurrent('a running session that one 404 answers to the interrupt is deleted all the same', async () => {
  await using scene = await openScene()
  const inputs = { files: 'a.txt', 'session-cleanup': 'delete', 'cleanup-wait': '0' }
  const main = await scene.main(inputs)
  scene.emulator.setSessionStatus(main.outputs['session-id'] ?? '', 'running')
  scene.emulator.addFault(once('POST', '/events$'))
  quiet(await scene.post(main, inputs))
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})

test.concurrent.each([1, 2])(
  'a session that others share stays, whichever list of what is on it one 404 answers (%d)',
  async (nth) => {
    await using scene = await openScene()
    const named = { 'session-name': 'shared', 'session-cleanup': 'delete' }
    const one = await scene.main({ ...named, files: 'a.txt' })
    const two = await scene.main({ ...named, files: 'b.txt' })
    expect(two.outputs['session-created']).toBe('false')
    scene.emulator.addFault({ ...LIST_RESOURCES, nth })
    quiet(await scene.post(one, named))
    expect(Object.keys(scene.mounted(one.outputs['session-id'] ?? ''))).toEqual(['/mnt/session/uploads/b.txt'])
  },
)

test.concurrent('what a killed run mounted is found although one 404 answers the first look for it', async () => {
  await using scene = await openScene()
  const id = await createSession(scene.emulator)
  const inputs = { 'session-id': id, files: 'a.txt' }
  const isMounted = () => scene.sessions().some(({ resources }) => resources.length > 0)
  scene.emulator.addFault({ kind: 'never-answer', match: { method: 'POST', path: '/resources$' } })
  const main = await scene.main(inputs, { onStart: signalOnce(isMounted, 'SIGKILL', 1000) })
  expect(main.exitCode).toBeNull()
  scene.emulator.addFault(LIST_RESOURCES)
  quiet(await scene.post(main, inputs))
  expect(scene.emulator.snapshot()).toMatchObject({ files: [], sessions: [{ id, resources: [] }] })
})

test.concurrent('an upload whose delete had no reply is there, whatever one 404 says: post names it', async () => {
  await using scene = await openScene()
  const inputs = { files: 'a.txt' }
  const main = await scene.main(inputs)
  scene.emulator.addFault({ kind: 'status', status: 503, match: { method: 'DELETE', path: '^/v1/files/' }, times: 9 })
  scene.emulator.addFault(once('GET', '^/v1/files/'))
  const post = await scene.post(main, inputs)
  expect(annotations(post, 'warning').join()).toContain(scene.uploads()[0]?.id)
})

test.concurrent('one 404 for a session lets a forged manifest remove nothing of others', async () => {
  await using scene = await openScene()
  const main = await scene.main({ files: 'a.txt', cleanup: 'never' })
  const forged = {
    ...JSON.parse(readFileSync(main.outputs['manifest-path'] ?? '', 'utf8')),
    run_key: 'octo/app/1/1/x/00',
  }
  scene.workspace.write({ 'manifest.json': JSON.stringify({ ...forged, uploads: [] }) })
  const before = scene.emulator.snapshot()
  scene.emulator.addFault(GET_SESSION)
  const removal = await runUnmount(scene, { manifest: 'manifest.json', 'session-cleanup': 'delete' })
  expect(errorOf(removal)).toMatch(/refused: its metadata/)
  expect(scene.emulator.snapshot()).toEqual(before)
})

test.concurrent('a session that is gone costs one more look, and each upload that is gone one more delete', async () => {
  await using scene = await openScene()
  const inputs = { files: '*.txt' }
  const main = await scene.main(inputs)
  await deleteSession(scene.emulator, main.outputs['session-id'] ?? '')
  const before = scene.requests().length
  const post = await scene.post(main, inputs)
  quiet(post)
  const requests = scene.requests().slice(before)
  expect(requests.filter((line) => line === 'GET /v1/sessions/{sesn}')).toHaveLength(2)
  expect(requests.filter((line) => line.startsWith('DELETE /v1/files'))).toHaveLength(2)
  const again = await scene.post(main, inputs)
  expect(again.stdout).toContain('Already gone: 2 mounted files, 2 uploads\n')
})
