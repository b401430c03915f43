import { expect, test } from '@jest/globals'
import { annotations } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'

const LOST = { kind: 'reset-after-commit' } as const
const CREATE = { method: 'POST', path: '^/v1/sessions$' }
const ADD = { method: 'POST', path: '/resources$' }

const posts = (scene: Scene): readonly string[] => scene.requests().filter((line) => line.startsWith('POST'))

test.concurrent.each([
  ['create', {}],
  ['create by name', { 'session-name': 'Nightly' }],
] as const)('lists lag behind less than a second: the lost reply of a %s makes nothing twice', async (_, target) => {
  await using scene = await Scene.open({ lenient: { lateLists: true } })
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  scene.emulator.addFault({ ...LOST, match: CREATE })
  const inputs = { ...target, files: '*.txt', 'session-cleanup': 'delete' }
  const { main, post } = await scene.job(inputs)
  expect(annotations(main, 'error')).toEqual([])
  expect(posts(scene).filter((line) => line === 'POST /v1/sessions')).toHaveLength(1)
  expect(main.outputs['mounted-count']).toBe('2')
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})

test.concurrent('lists lag behind less than a second: the lost reply of an add makes nothing twice', async () => {
  await using scene = await Scene.open({ lenient: { lateLists: true } })
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  const id = await createSession(scene.emulator)
  scene.emulator.addFault({ ...LOST, match: ADD })
  const inputs = { 'session-id': id, files: '*.txt', concurrency: '1' }
  const main = await scene.main(inputs)
  expect(annotations(main, 'error')).toEqual([])
  expect(posts(scene).filter((line) => line.endsWith('/resources'))).toHaveLength(2)
  const ids = Object.values(scene.mounted(id)).map(({ resourceId }) => resourceId)
  expect(JSON.parse(main.outputs['resource-ids'] ?? '')).toEqual(ids)
  expect(annotations(await scene.post(main, inputs), 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toMatchObject({ files: [], sessions: [{ id, resources: [] }] })
})

test.concurrent.each([
  ['create', CREATE, 'new'],
  ['add', ADD, 'theirs'],
] as const)(
  'lists lag behind five seconds, the reply of the %s is lost: post removes all that was made',
  async (_, match, whose) => {
    // The time of the service begins to pass when post has looked: however slow this machine, the list shows nothing before.
    const begun = Date.now()
    let passing: number | undefined
    const now = () => begun + (passing === undefined ? 0 : Date.now() - passing)
    await using scene = await Scene.open({ lenient: { veryLateLists: true }, now })
    scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
    const theirs = whose === 'theirs' ? await createSession(scene.emulator) : undefined
    scene.emulator.addFault({ ...LOST, match })
    const target = theirs === undefined ? { 'session-cleanup': 'delete' } : { 'session-id': theirs }
    const inputs = { ...target, files: '*.txt' }
    const main = await scene.main(inputs)
    passing = Date.now()
    const post = await scene.post(main, inputs)
    expect(annotations(post, 'warning')).toEqual([])
    const left = theirs === undefined ? [] : [expect.objectContaining({ id: theirs, resources: [] })]
    expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: left })
  },
)

test.concurrent.each([
  ['nothing', []],
  ['an upload', [{ ...LOST, match: { method: 'POST', path: '^/v1/files$' } }]],
  ['a create that the run has found', [{ ...LOST, match: CREATE }]],
] as const)('post does not look again where %s was lost', async (_, faults) => {
  await using scene = await Scene.open({ faults })
  scene.workspace.write({ 'a.txt': 'a' })
  const main = await scene.main({ files: 'a.txt' })
  expect(annotations(main, 'error')).toEqual([])
  const before = scene.requests().length
  await scene.post(main)
  const looks = scene.requests().slice(before)
  expect(looks.filter((line) => line === 'GET /v1/sessions')).toHaveLength(1)
})
