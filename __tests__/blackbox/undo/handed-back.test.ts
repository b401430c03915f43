import { expect, test } from '@jest/globals'
import { annotations } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'
import { signalOnce } from '../../harness/signal.ts'
import type { StepResult } from '../../harness/step.ts'

const AT = '/mnt/session/uploads/a.txt'
const MOUNT = { method: 'POST', path: '/resources$' } as const

type Inputs = Readonly<Record<string, string>>

/** Runs that put their own file in the place of another's with the same content, and are undone. */
const UNDONE: readonly (readonly [string, Inputs, (scene: Scene, inputs: Inputs) => Promise<StepResult>])[] = [
  ['a run with `cleanup: never` that fails', { cleanup: 'never' }, failAfterMount],
  ['a run with `cleanup: on-failure` that fails', { cleanup: 'on-failure' }, failAfterMount],
  [
    'a run with `cleanup: on-failure` whose job fails',
    { cleanup: 'on-failure' },
    (scene, inputs) => scene.main(inputs),
  ],
  ['a run that is killed before it knows what it mounted', {}, killInMount],
  ['a run with `cleanup: never` that is killed before it knows what it mounted', { cleanup: 'never' }, killInMount],
]

test.concurrent.each(UNDONE)(
  '%s leaves its place to the run that had it, whose post removes the file',
  async (_title, more, run) => {
    await using scene = await Scene.open()
    const { id, inputs, first, undone } = await takePlace(scene, more, run)
    const post = await scene.post(undone, { ...inputs, ...more }, { jobStatus: 'failure' })
    expect(post).toMatchObject({ exitCode: 0, stderr: '' })
    expect(Object.keys(scene.mounted(id))).toEqual([AT])
    // The next one mounts its own there, since this one will go.
    const next = await scene.main(inputs)
    expect(next.outputs).toMatchObject({ 'replaced-count': '1', 'unchanged-count': '0' })
    await scene.post(first, inputs)
    expect(Object.keys(scene.mounted(id))).toEqual([AT])
    const last = await scene.post(next, inputs)
    expect([post, last].flatMap((each) => annotations(each, 'warning'))).toEqual([])
    expect(scene.emulator.snapshot()).toMatchObject({ files: [], sessions: [{ id, resources: [] }] })
  },
  300_000,
)

test.concurrent.each(UNDONE)(
  '%s is undone whole when the run whose place it has is done',
  async (_title, more, run) => {
    await using scene = await Scene.open()
    const { id, inputs, first, undone } = await takePlace(scene, more, run)
    await scene.post(first, inputs)
    await scene.post(undone, { ...inputs, ...more }, { jobStatus: 'failure' })
    expect(scene.emulator.snapshot()).toMatchObject({ files: [], sessions: [{ id, resources: [] }] })
  },
  300_000,
)

test.concurrent('of three runs in one place, the last leaves it to the first, which created the session', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const inputs = { files: 'a.txt', 'session-name': 'Shared', 'session-cleanup': 'delete' }
  const [first, second, third] = [await scene.main(inputs), await scene.main(inputs), await scene.main(inputs)]
  const id = first.outputs['session-id'] ?? ''
  expect([second, third].map(({ outputs }) => [outputs['session-id'], outputs['replaced-count']])).toEqual([
    [id, '1'],
    [id, '1'],
  ])
  for (const run of [second, third]) {
    const post = await scene.post(run, inputs)
    expect(annotations(post, 'warning')).toEqual([])
    expect(Object.keys(scene.mounted(id))).toEqual([AT])
  }
  expect(annotations(await scene.post(first, inputs), 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})

test.concurrent('a file that cannot be mounted again for the run that had it: the log says so', async () => {
  await using scene = await Scene.open()
  const kept = { cleanup: 'on-failure' }
  const { id, inputs, undone } = await takePlace(scene, kept, (on, more) => on.main(more))
  scene.emulator.addFault({ kind: 'status', status: 403, match: MOUNT, times: 99 })
  const post = await scene.post(undone, { ...inputs, ...kept }, { jobStatus: 'failure' })
  expect(annotations(post, 'warning')).toEqual([])
  expect(post.stdout).toMatch(
    new RegExp(`^Could not mount upload file_\\w+ of another run at "/[^"]*a.txt" of session ${id} again: .*403`, 'm'),
  )
  expect(scene.mounted(id)).toEqual({})
})

test.concurrent('a file in the place of another run’s is named as left where the session’s files cannot be listed', async () => {
  await using scene = await Scene.open()
  const { id, inputs, undone } = await takePlace(scene, {}, (on, more) => on.main(more))
  scene.emulator.addFault({ kind: 'status', status: 403, match: { method: 'GET', path: '/resources$' }, times: 99 })
  const post = await scene.post(undone, inputs)
  const [warning = '', ...more] = annotations(post, 'warning')
  expect(more).toEqual([])
  expect(warning).toMatch(new RegExp(`^- ${scene.mounted(id)[AT]?.resourceId}: .*403`, 'm'))
})

async function takePlace(scene: Scene, more: Inputs, run: (scene: Scene, inputs: Inputs) => Promise<StepResult>) {
  scene.workspace.write({ 'a.txt': 'same' })
  const id = await createSession(scene.emulator)
  const inputs = { 'session-id': id, files: 'a.txt' }
  const first = await scene.main(inputs)
  const before = scene.mounted(id)[AT]?.resourceId
  const undone = await run(scene, { ...inputs, ...more })
  expect(scene.mounted(id)[AT]?.resourceId).not.toBe(before)
  return { id, inputs, first, undone }
}

async function failAfterMount(scene: Scene, inputs: Inputs): Promise<StepResult> {
  scene.workspace.write({ 'b.txt': 'other' })
  scene.emulator.addFault({ kind: 'status', status: 403, match: MOUNT, nth: 2 })
  return scene.main({ ...inputs, files: 'a.txt\nb.txt' })
}

function killInMount(scene: Scene, inputs: Inputs): Promise<StepResult> {
  const before = Object.values(scene.mounted(inputs['session-id'] ?? ''))[0]?.resourceId
  const isThere = () => {
    const [there] = Object.values(scene.mounted(inputs['session-id'] ?? ''))
    return there !== undefined && there.resourceId !== before
  }
  scene.emulator.addFault({ kind: 'slow', delayMs: 60_000, match: MOUNT })
  return scene.main(inputs, { onStart: signalOnce(isThere, 'SIGKILL', 10_000) })
}
