import { expect, test } from '@jest/globals'
import type { Fault } from '../../../emulator/emulator.ts'
import { annotations } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'
import { archiveSession, call, createSession, deleteSession } from '../../harness/service.ts'
import { doOnce, signalOnce } from '../../harness/signal.ts'
import type { StepResult } from '../../harness/step.ts'

const UPLOAD = { method: 'POST', path: '^/v1/files$' }
const ADD = { method: 'POST', path: '/resources$' }
const CREATE = { method: 'POST', path: '^/v1/sessions$' }

async function openScene(...faults: readonly Fault[]): Promise<Scene> {
  const scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  for (const fault of faults) scene.emulator.addFault(fault)
  return scene
}

const quiet = (post: StepResult): void => {
  expect(post).toMatchObject({ exitCode: 0, stderr: '' })
  for (const kind of ['warning', 'error'] as const) expect(annotations(post, kind)).toEqual([])
}

const warningOf = (post: StepResult): string => {
  expect(post).toMatchObject({ exitCode: 0, stderr: '' })
  expect(annotations(post, 'error')).toEqual([])
  const [warning = '', ...more] = annotations(post, 'warning')
  expect(more).toEqual([])
  return warning
}

/** Failures that made nothing, after each of which the run went on. */
const HARMLESS: readonly (readonly [string, Fault])[] = [
  ['an upload answered with 500', { kind: 'status', status: 500, match: UPLOAD }],
  ['an upload answered with 503 three times', { kind: 'status', status: 503, match: UPLOAD, times: 3 }],
  ['an upload that was reset before it was read', { kind: 'reset-before-read', match: UPLOAD }],
  ['an add answered with 503', { kind: 'status', status: 503, match: ADD }],
  ['an add whose reply was lost', { kind: 'reset-after-commit', match: ADD }],
]

test.concurrent.each(HARMLESS)('%s: post removes each thing once, and warns of nothing', async (_, fault) => {
  await using scene = await openScene()
  const id = await createSession(scene.emulator)
  scene.emulator.addFault(fault)
  const inputs = { 'session-id': id, files: '*.txt' }
  const main = await scene.main(inputs)
  expect(main.exitCode).toBe(0)
  const post = await scene.post(main, inputs)
  quiet(post)
  expect(post.stdout).toContain('Removed 2 mounted files, 2 uploads\n')
  expect(scene.emulator.snapshot()).toMatchObject({ files: [], sessions: [{ id, resources: [] }] })
})

test.concurrent('a create answered with 503 and made again: one session, not two', async () => {
  await using scene = await openScene({ kind: 'status', status: 503, match: CREATE })
  const inputs = { files: '*.txt', 'session-cleanup': 'delete' }
  const { main, post } = await scene.job(inputs)
  expect(main.exitCode).toBe(0)
  quiet(post)
  expect(post.stdout).toContain('Removed 2 mounted files, 1 session, 2 uploads\n')
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})

test.concurrent('an upload that was lost and nobody can look for is named by its name, with the reason', async () => {
  await using scene = await openScene({ kind: 'reset-after-commit', match: UPLOAD })
  const main = await scene.main({ files: 'a.txt' })
  scene.emulator.addFault({ kind: 'status', status: 403, match: { method: 'GET', path: '^/v1/files$' }, times: 9 })
  const warning = warningOf(await scene.post(main))
  expect(warning).toMatch(/^1 item of this step may still be there:\n/)
  expect(warning).toMatch(/- upload "a\.\w{12}-\w{24}\.txt": its reply was lost, and it could not be looked for: 403/)
  expect(warning).not.toContain('curl')
})

test.concurrent('an upload that never arrived, beside one of somebody else: nothing is said to be left', async () => {
  await using scene = await openScene()
  await createSession(scene.emulator, { files: { '/theirs.txt': 'theirs' } })
  scene.emulator.addFault({ kind: 'reset-before-read', match: UPLOAD, times: 99 })
  const main = await scene.main({ files: 'a.txt' })
  expect(main.exitCode).toBe(1)
  scene.emulator.clearFaults()
  quiet(await scene.post(main))
  expect(scene.uploads()).toHaveLength(1)
})

/** What a run has made whose replies it never got, and what post asks to find that. */
const FOUND_LATER = [
  ['an upload', UPLOAD, '^/v1/files$'],
  ['a mounted file', ADD, '/resources$'],
  ['a session', CREATE, '^/v1/sessions$'],
] as const

test.concurrent.each(FOUND_LATER)(
  '%s that a killed run had not noted is found by a second look, should the first one be refused',
  async (_, match, list) => {
    await using scene = await openScene({ kind: 'slow', delayMs: 60_000, match })
    const id = match === ADD ? await createSession(scene.emulator) : ''
    const inputs = { files: 'a.txt', ...(match === ADD ? { 'session-id': id } : {}) }
    const isMade = {
      [UPLOAD.path]: () => scene.uploads().length > 0,
      [ADD.path]: () => Object.keys(scene.mounted(id)).length > 0,
      [CREATE.path]: () => scene.sessions().length > 0,
    }[match.path]
    if (isMade === undefined) throw new Error('no such call')
    const main = await scene.main(inputs, { onStart: signalOnce(isMade, 'SIGKILL', 10_000) })
    expect(main.exitCode).toBeNull()
    scene.emulator.addFault({ kind: 'status', status: 403, envelope: false, match: { method: 'GET', path: list } })
    quiet(await scene.post(main, inputs))
    expect(scene.emulator.snapshot()).toMatchObject({ files: [], sessions: match === ADD ? [{ resources: [] }] : [] })
  },
)

test.concurrent('files of the same name that are older than the run, or copies on sessions, are not taken for lost', async () => {
  const clock = { offset: -3_600_000 }
  await using scene = await Scene.open({ now: () => Date.now() + clock.offset })
  scene.workspace.write({ 'a.txt': 'a' })
  const earlier = await scene.main({ files: 'a.txt', cleanup: 'never' })
  expect(earlier.exitCode).toBe(0)
  clock.offset = 0
  scene.emulator.addFault({ kind: 'status', status: 503, match: UPLOAD })
  const { main, post } = await scene.job({ files: 'a.txt' })
  expect(main.exitCode).toBe(0)
  quiet(post)
})

test.concurrent('one failed look after a refused path: what was removed is not said to be left', async () => {
  await using scene = await openScene()
  const id = await createSession(scene.emulator)
  // Somebody mounts at the path of the second file while this run uploads.
  scene.emulator.addFault({ kind: 'slow', delayMs: 1500, match: UPLOAD, times: 9 })
  const isUploading = () => scene.requests().includes('POST /v1/files')
  const takePath = async () => {
    const form = new FormData()
    form.append('file', new Blob(['theirs']), 'b.txt')
    scene.emulator.clearFaults()
    const file = await call(scene.emulator, 'POST', '/v1/files', form)
    const body = { type: 'file', file_id: file.id, mount_path: '/b.txt' }
    await call(scene.emulator, 'POST', `/v1/sessions/${id}/resources`, JSON.stringify(body))
  }
  const inputs = { 'session-id': id, files: '*.txt', concurrency: '1' }
  const main = await scene.main(inputs, { onStart: doOnce(isUploading, () => void takePath()) })
  expect(main.exitCode).toBe(1)
  scene.emulator.addFault({ kind: 'status', status: 403, match: { method: 'GET', path: '/resources$' }, times: 99 })
  const post = await scene.post(main, inputs)
  quiet(post)
  expect(post.stdout).toContain('Removed 1 mounted file, 2 uploads\n')
})

const POLL = 'GET /v1/sessions/{sesn}'

test.concurrent.each(['archive', 'delete'])(
  'a session that is deleted just before it is interrupted is gone: session-cleanup: %s, no warning',
  async (end) => {
    await using scene = await openScene()
    const inputs = { files: '*.txt', 'session-cleanup': end, 'cleanup-wait': '0' }
    const main = await scene.main(inputs)
    const id = main.outputs['session-id'] ?? ''
    scene.emulator.setSessionStatus(id, 'running')
    scene.emulator.addFault({ kind: 'slow', delayMs: 1500, match: { method: 'GET', path: `^/v1/sessions/${id}$` } })
    const endIt = () => {
      scene.emulator.setSessionStatus(id, 'idle')
      void deleteSession(scene.emulator, id)
    }
    const onStart = doOnce(
      () => scene.requests().includes(POLL),
      () => setTimeout(endIt, 300),
    )
    const post = await scene.post(main, inputs, { onStart })
    quiet(post)
    expect(scene.requests()).toContain('POST /v1/sessions/{sesn}/events')
    expect(post.stdout).toContain('Removed 2 uploads\n')
    expect(post.stdout).toContain('Already gone: 2 mounted files, 1 session\n')
  },
)

test.concurrent('a 404 of a proxy says nothing of the kind: what is left is named', async () => {
  await using scene = await openScene()
  const main = await scene.main({ files: 'a.txt' })
  const id = main.outputs['session-id'] ?? ''
  const match = { path: `^/v1/sessions/${id}` }
  scene.emulator.addFault({ kind: 'status', status: 404, envelope: false, match, times: 99 })
  const warning = warningOf(await scene.post(main))
  expect(warning).toContain(Object.values(scene.mounted(id))[0]?.resourceId)
})

test.concurrent('a session that has been archived: one line for all its files, and no command that cannot work', async () => {
  await using scene = await openScene()
  const inputs = { files: '*.txt' }
  const main = await scene.main(inputs)
  const id = main.outputs['session-id'] ?? ''
  await archiveSession(scene.emulator, id)
  const post = await scene.post(main, inputs)
  const warning = warningOf(post)
  const lines = warning.split('\n').filter((line) => line.startsWith('- '))
  expect(lines).toEqual([expect.stringContaining(`session ${id} has been archived`)])
  for (const { resourceId } of Object.values(scene.mounted(id))) expect(lines[0]).toContain(resourceId)
  expect(warning).not.toContain('curl')
  expect(scene.uploads()).toEqual([])
  expect(scene.requests().filter((line) => line.startsWith('DELETE /v1/sessions'))).toEqual([])
})

test.concurrent('a session that somebody has archived, and that was to be archived, is gone; its files are left', async () => {
  await using scene = await openScene()
  const inputs = { files: '*.txt', 'session-cleanup': 'archive' }
  const main = await scene.main(inputs)
  const id = main.outputs['session-id'] ?? ''
  await archiveSession(scene.emulator, id)
  const post = await scene.post(main, inputs)
  expect(warningOf(post)).toContain('Could not remove 2 items that this step created:')
  expect(post.stdout).toContain('Removed 2 uploads\nAlready gone: 1 session\n')
})

const LOST_REMOVALS = [
  ['keep', { method: 'DELETE' }, [{ resources: [] }]],
  ['archive', { method: 'POST', path: '/archive$' }, [{ resources: [], archived_at: expect.any(String) }]],
  ['delete', { method: 'DELETE' }, []],
] as const

test.concurrent.each(LOST_REMOVALS)(
  'a removal whose replies are all lost is looked for: what is gone is not said to be left; session-cleanup: %s',
  async (end, match, sessions) => {
    await using scene = await openScene()
    const inputs = { files: '*.txt', 'session-cleanup': end }
    const main = await scene.main(inputs)
    scene.emulator.addFault({ kind: 'reset-after-commit', match, times: 99 })
    const post = await scene.post(main, inputs)
    quiet(post)
    expect(scene.emulator.snapshot()).toMatchObject({ files: [], sessions })
  },
)

test.concurrent('an add whose reply was lost, on a server that tells no names: what is mounted there is named, and stays', async () => {
  await using scene = await Scene.open({ lenient: { noFilenames: true } })
  scene.workspace.write({ 'a.txt': 'a' })
  const id = await createSession(scene.emulator)
  scene.emulator.addFault({ kind: 'reset-after-commit', match: ADD, times: 9 })
  const inputs = { 'session-id': id, files: 'a.txt' }
  const main = await scene.main(inputs)
  expect(main.exitCode).toBe(1)
  const [{ resourceId } = { resourceId: '' }] = Object.values(scene.mounted(id))
  const warning = warningOf(await scene.post(main, inputs))
  expect(warning).toContain(resourceId)
  expect(warning).toContain('the service does not return its name')
  expect(Object.keys(scene.mounted(id))).toEqual(['/mnt/session/uploads/a.txt'])
})
