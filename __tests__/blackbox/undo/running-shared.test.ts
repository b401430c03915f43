import { expect, test } from '@jest/globals'
import type { EmulatorOptions } from '../../../emulator/emulator.ts'
import { annotations } from '../../harness/annotation.ts'
import { mountedOn } from '../../harness/nightly.ts'
import { Scene } from '../../harness/scene.ts'
import { addFile, deleteSession } from '../../harness/service.ts'
import { doOnce, signalOnce } from '../../harness/signal.ts'
import type { StepResult } from '../../harness/step.ts'

const NAMED = { 'session-name': 'Shared', cleanup: 'always' } as const

async function openScene(options: EmulatorOptions = {}): Promise<Scene> {
  const scene = await Scene.open(options)
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  return scene
}

test.concurrent.each(['archive', 'delete'])(
  'a named session that others have mounted onto is kept, whatever session-cleanup: %s says',
  async (end) => {
    await using scene = await openScene()
    const first = { ...NAMED, files: 'a.txt', 'session-cleanup': end }
    const main = await scene.main(first)
    const id = main.outputs['session-id'] ?? ''
    await scene.main({ ...NAMED, files: 'b.txt', cleanup: 'never' })
    const post = await scene.post(main, first)
    expect(annotations(post, 'warning')).toEqual([])
    expect(post.stdout).toContain(`Session ${id} stays: other jobs have mounted onto it too`)
    expect(Object.keys(mountedOn(scene, id))).toEqual(['/b.txt'])
    expect(scene.sessions()).toMatchObject([{ id, archived_at: null }])
    expect(scene.requests()).not.toContain('DELETE /v1/sessions/{sesn}')
  },
)

test.concurrent.each(['archive', 'delete'])(
  'a named session whose files another run has replaced is shared too: session-cleanup: %s does not end it',
  async (end) => {
    await using scene = await openScene()
    const first = { ...NAMED, files: '*.txt', 'session-cleanup': end }
    const main = await scene.main(first)
    const id = main.outputs['session-id'] ?? ''
    // As many files as before, and each is another job's.
    scene.workspace.write({ 'b.txt': 'tonight’s' })
    const other = await scene.main({ ...NAMED, files: '*.txt', cleanup: 'never' })
    expect(other.outputs).toMatchObject({ 'session-id': id, 'replaced-count': '2', 'unchanged-count': '0' })
    const post = await scene.post(main, first)
    expect(annotations(post, 'warning')).toEqual([])
    expect(post.stdout).toContain(`Session ${id} stays: other jobs have mounted onto it too`)
    expect(Object.keys(mountedOn(scene, id))).toEqual(['/a.txt', '/b.txt'])
    expect(scene.sessions()).toMatchObject([{ id, archived_at: null }])
  },
)

test.concurrent('others who come while post waits for the agent: their turn is not interrupted', async () => {
  await using scene = await openScene()
  const first = { ...NAMED, files: 'a.txt', 'session-cleanup': 'delete', 'cleanup-wait': '8s' }
  const main = await scene.main(first)
  const id = main.outputs['session-id'] ?? ''
  scene.emulator.setSessionStatus(id, 'running')
  const isWaiting = () => scene.requests().includes('GET /v1/sessions/{sesn}')
  const onStart = doOnce(isWaiting, () => void addFile(scene.emulator, id, '/theirs.txt'))
  const post = await scene.post(main, first, { onStart })
  expect(post.exitCode).toBe(0)
  expect(annotations(post, 'warning').join()).toContain(`session ${id} was still running after 8 s`)
  expect(post.stdout).toContain(`Session ${id} stays: other jobs have mounted onto it too`)
  expect(scene.sessions().map((session) => session.id)).toEqual([id])
  expect(Object.keys(mountedOn(scene, id))).toEqual(['/a.txt', '/theirs.txt'])
  expect(scene.requests()).not.toContain('POST /v1/sessions/{sesn}/events')
})

test.concurrent('a named session that nobody else uses is ended', async () => {
  await using scene = await openScene()
  const { post } = await scene.job({ ...NAMED, files: '*.txt', 'session-cleanup': 'delete' })
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})

test.concurrent('a run that failed on a named session it created does not take it from under others', async () => {
  await using scene = await openScene()
  scene.emulator.addFault({ kind: 'wrong-shape', match: { method: 'POST', path: '^/v1/sessions$' } })
  const first = { ...NAMED, files: 'a.txt', 'session-cleanup': 'delete' }
  const main = await scene.main(first)
  const second = { ...NAMED, files: 'b.txt', cleanup: 'never' }
  const other = await scene.main(second)
  expect(other.outputs['session-id']).toBe(main.outputs['session-id'])
  await scene.post(main, first)
  expect(Object.keys(mountedOn(scene, main.outputs['session-id'] ?? ''))).toEqual(['/b.txt'])
})

test.concurrent('a run that was cancelled before it noted what is mounted does not take the session from under others', async () => {
  await using scene = await openScene({ latencyMs: 300 })
  const first = { ...NAMED, files: 'a.txt', 'session-cleanup': 'delete' }
  const isCreated = () => scene.sessions().length === 1
  const main = await scene.main(first, { onStart: signalOnce(isCreated, 'SIGKILL', 1) })
  expect(main.exitCode).toBeNull()
  // The same content, so that it comes in the place of the first one's, which makes as many.
  await scene.main({ ...NAMED, files: 'a.txt', cleanup: 'never' })
  const post = await scene.post(main, first)
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.sessions().map(({ id }) => Object.keys(mountedOn(scene, id)))).toEqual([['/a.txt']])
})

/** The state of a run that was killed before it noted the last file. */
function withoutLastFile(state: StepResult['state']): StepResult['state'] {
  const last = Object.entries(state).findLast(([, value]) => value.includes('"kind":"resource"'))?.[0]
  return Object.fromEntries(Object.entries(state).filter(([key]) => key !== last && key !== 'complete'))
}

test.concurrent('a run that was killed when it had noted some of what is mounted takes all of it off, and ends its session', async () => {
  await using scene = await openScene()
  const first = { ...NAMED, files: '*.txt', 'session-cleanup': 'delete' }
  const main = await scene.main(first)
  const killed = withoutLastFile(main.state)
  await scene.post({ state: killed, exitCode: 1 }, first)
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})

test.concurrent.each([
  ['was done', (state: StepResult['state']) => state],
  ['was killed when it had noted some of what is mounted', withoutLastFile],
])('the named session of a run that %s is deleted by somebody: all on it is gone, no warning', async (_, stateOf) => {
  await using scene = await openScene()
  const first = { ...NAMED, files: '*.txt', 'session-cleanup': 'delete' }
  const main = await scene.main(first)
  await deleteSession(scene.emulator, main.outputs['session-id'] ?? '')
  const post = await scene.post({ state: stateOf(main.state), exitCode: main.exitCode }, first)
  expect(annotations(post, 'warning')).toEqual([])
  expect(post.stdout).toMatch(/^Removed 2 uploads\nAlready gone: \d mounted files?, 1 session$/m)
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})

test.concurrent('what another job has mounted in place of a file that a killed run had not noted goes with the last of them', async () => {
  await using scene = await openScene()
  const first = { ...NAMED, files: '*.txt' }
  const main = await scene.main(first)
  const second = { ...NAMED, files: '*.txt' }
  const other = await scene.main(second)
  await scene.post(other, second)
  await scene.post({ state: withoutLastFile(main.state), exitCode: 1 }, first)
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})
