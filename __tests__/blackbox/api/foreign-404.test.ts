import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { type Change, Gateway } from '../../harness/gateway.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

/** How things on the way say that they do not know a path; the service names an error. */
const NOT_FOUND = [
  ['a page', { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>Not Found</h1>' }],
  ['JSON of a gateway', { status: 404, headers: JSON_TYPE, body: '{"message":"no Route matched with those values"}' }],
  ['JSON of a framework', { status: 404, headers: JSON_TYPE, body: '{"detail":"Not Found"}' }],
  ['nothing', { status: 404, body: '' }],
] as const

const INPUTS = { files: 'a.txt', 'session-cleanup': 'delete' } as const

async function openScene(): Promise<Scene> {
  const scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  return scene
}

/** Behind the gateway a delete is dropped. */
async function job(scene: Scene, instead: ReturnType<Change>) {
  const { main } = { main: await scene.main(INPUTS) }
  scene.emulator.addFault({ kind: 'status', status: 404, match: { method: 'DELETE' }, times: 99 })
  await using gateway = await Gateway.start(scene.emulator.url, ({ method }) =>
    method === 'DELETE' ? instead : undefined,
  )
  // Post goes by the address in its state.
  const state = Object.fromEntries(
    Object.entries(main.state).map(([key, value]) => [key, value.replaceAll(scene.emulator.url, gateway.url)]),
  )
  return await scene.post({ ...main, state }, INPUTS)
}

test.concurrent.each(NOT_FOUND)(
  'a delete that is answered 404 with %s: what is there still is named',
  async (_, instead) => {
    await using scene = await openScene()
    const post = await job(scene, instead)
    const [session] = scene.sessions()
    expect(annotations(post, 'warning').join()).toContain(session?.id ?? 'no session')
    expect(annotations(post, 'warning').join()).toContain('404')
  },
)

test.concurrent("the service's own 404 means that it is gone", async () => {
  await using scene = await openScene()
  const post = await job(scene, undefined)
  expect(annotations(post, 'warning')).toEqual([])
})

test.concurrent.each(NOT_FOUND)(
  'a look at a session that is answered 404 with %s says nothing of the session',
  async (_, instead) => {
    await using scene = await openScene()
    const id = await createSession(scene.emulator)
    await using gateway = await Gateway.start(scene.emulator.url, () => instead)
    const main = await scene.main({ files: 'a.txt', 'session-id': id, 'base-url': gateway.url })
    expect(main.exitCode).toBe(1)
    expect(errorOf(main)).toMatch(/404/)
    expect(errorOf(main)).not.toMatch(/was not found|does not exist|Check the ids/)
    expect(errorOf(main)).toMatch(/Something other than the service answered\. .*`base-url`/)
  },
)

test.concurrent('deletes that are answered 204 without a body are done', async () => {
  await using scene = await openScene()
  const main = await scene.main(INPUTS)
  const empty: Change = ({ method, status }) =>
    method === 'DELETE' && status === 200 ? { status: 204, body: '' } : undefined
  await using gateway = await Gateway.start(scene.emulator.url, empty)
  const state = Object.fromEntries(
    Object.entries(main.state).map(([key, value]) => [key, value.replaceAll(scene.emulator.url, gateway.url)]),
  )
  const post = await scene.post({ ...main, state }, INPUTS)
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
  const deletes = scene.requests().filter((line) => line.startsWith('DELETE'))
  expect(deletes).toHaveLength(2)
})
