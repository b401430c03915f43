import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { type Change, Gateway } from '../../harness/gateway.ts'
import { jsonOutput, Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'

/** A server that mounts elsewhere than it was asked to. */
const elsewhere: Change = ({ method, target, body }) =>
  /^(POST|GET) \/v1\/sessions/.test(`${method} ${target}`)
    ? { body: body.toString().replaceAll('"/mnt/session/uploads/', '"/srv/agent/in/') }
    : undefined

type Lenient = NonNullable<Parameters<typeof Scene.open>[0]>['lenient']

async function openBehind(files: Readonly<Record<string, string>>, lenient?: Lenient) {
  const scene = await Scene.open({ lenient })
  scene.workspace.write(files)
  const gateway = await Gateway.start(scene.emulator.url, elsewhere)
  const inputs = { files: '*.txt', 'base-url': gateway.url }
  return {
    scene,
    inputs,
    async [Symbol.asyncDispose]() {
      await Promise.all([gateway[Symbol.asyncDispose](), scene[Symbol.asyncDispose]()])
    },
  }
}

const SAME_SIZE = { 'a.txt': 'a', 'b.txt': 'b' }
const OTHER_SIZES = { 'a.txt': 'a', 'b.txt': 'bb' }

test.concurrent('an existing session: the outputs tell the path that the server answered', async () => {
  await using behind = await openBehind(SAME_SIZE)
  const { scene } = behind
  const id = await createSession(scene.emulator)
  const inputs = { ...behind.inputs, 'session-id': id }
  const { main, post } = await scene.job(inputs)
  expect(annotations(main, 'error')).toEqual([])
  expect(jsonOutput(main, 'resources')).toMatchObject([
    { path: 'a.txt', mount_path: '/srv/agent/in/a.txt' },
    { path: 'b.txt', mount_path: '/srv/agent/in/b.txt' },
  ])
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.mounted(id)).toEqual({})
})

test.concurrent.each([
  ['upload name', SAME_SIZE, {}],
  ['size, where no names are told', OTHER_SIZES, { noFilenames: true }],
])('a new session: its files are told apart by %s', async (_, files, lenient) => {
  await using behind = await openBehind(files, lenient)
  const { scene, inputs } = behind
  const main = await scene.main(inputs)
  expect(annotations(main, 'error')).toEqual([])
  const mounted = scene.mounted(main.outputs['session-id'] ?? '')
  expect(jsonOutput(main, 'resources')).toMatchObject(
    ['a', 'b'].map((name) => ({
      path: `${name}.txt`,
      mount_path: `/srv/agent/in/${name}.txt`,
      resource_id: mounted[`/mnt/session/uploads/${name}.txt`]?.resourceId,
    })),
  )
  const post = await scene.post(main, inputs)
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.uploads()).toEqual([])
})

test.concurrent('a new session whose files cannot be told apart: the error says which paths there are', async () => {
  await using behind = await openBehind(SAME_SIZE, { noFilenames: true })
  const { scene, inputs } = behind
  const { main, post } = await scene.job(inputs)
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(
    /was created, but 2 of 2 files are not where they were asked for: "\/a\.txt", "\/b\.txt"/,
  )
  expect(errorOf(main)).toContain('The server mounted something at "/srv/agent/in/a.txt", "/srv/agent/in/b.txt"')
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})
