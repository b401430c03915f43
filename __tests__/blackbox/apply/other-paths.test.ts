import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { type Change, Gateway } from '../../harness/gateway.ts'
import { jsonOutput, Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'

/** A server that answers another folder than the files are in. */
const answersFolder = (folder: string): Change => {
  return ({ method, target, body }) =>
    /^(POST|GET) \/v1\/sessions/.test(`${method} ${target}`)
      ? { body: body.toString().replaceAll('"/mnt/session/uploads/', `"${folder}`) }
      : undefined
}

type Lenient = NonNullable<Parameters<typeof Scene.open>[0]>['lenient']

async function openBehind(files: Readonly<Record<string, string>>, lenient?: Lenient) {
  const scene = await Scene.open({ lenient })
  scene.workspace.write(files)
  const gateway = await Gateway.start(scene.emulator.url, answersFolder('/srv/agent/in/'))
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

test.concurrent.each(['/', '/uploads/'])(
  'a server that shortens paths to %s…: the outputs tell the whole path',
  async (root) => {
    await using scene = await Scene.open()
    scene.workspace.write(SAME_SIZE)
    await using gateway = await Gateway.start(scene.emulator.url, answersFolder(root))
    const { main, post } = await scene.job({ files: '*.txt', 'base-url': gateway.url, 'session-cleanup': 'delete' })
    expect(annotations(main, 'error')).toEqual([])
    expect(jsonOutput(main, 'resources')).toMatchObject([
      { path: 'a.txt', mount_path: '/mnt/session/uploads/a.txt' },
      { path: 'b.txt', mount_path: '/mnt/session/uploads/b.txt' },
    ])
    expect(annotations(post, 'warning')).toEqual([])
    expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
  },
)

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

test.concurrent.each([
  ['are alike', SAME_SIZE, { noFilenames: true }, []],
  [
    'cannot be asked about',
    OTHER_SIZES,
    {},
    [{ kind: 'status' as const, status: 403, times: 99, match: { method: 'GET', path: '^/v1/files' } }],
  ],
])('a new session whose files %s: the error says which paths there are', async (_, files, lenient, faults) => {
  await using behind = await openBehind(files, lenient)
  const { scene, inputs } = behind
  for (const fault of faults) scene.emulator.addFault(fault)
  const main = await scene.main(inputs)
  scene.emulator.clearFaults()
  const post = await scene.post(main, inputs)
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(
    /was created, but 2 of 2 files are not where they were asked for: "\/a\.txt", "\/b\.txt"/,
  )
  expect(errorOf(main)).toContain('The server mounted something at "/srv/agent/in/a.txt", "/srv/agent/in/b.txt"')
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})

test.concurrent('a new session without the repository that was asked for: the error says so, and post deletes it', async () => {
  await using scene = await Scene.open()
  const change: Change = ({ method, target, body }) => {
    if (!/^(POST|GET) \/v1\/sessions/.test(`${method} ${target}`)) return undefined
    return { body: body.toString().replaceAll('"https://github.com/octo/app"', '"https://github.com/octo/other"') }
  }
  await using gateway = await Gateway.start(scene.emulator.url, change)
  const repository = { repository: 'octo/app', ref: '1a2b3c4d'.repeat(5), 'github-token': '' }
  const inputs = { files: '', ...repository, 'base-url': gateway.url }
  const { main, post } = await scene.job(inputs, { env: { GITHUB_API_URL: 'http://127.0.0.1:9' } })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toMatch(
    /session sesn_\w+ was created, but https:\/\/github\.com\/octo\/app is not mounted on it as requested/,
  )
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.sessions()).toEqual([])
})
