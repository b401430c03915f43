import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { expect, test } from '@jest/globals'
import { type EmulatorOptions, type Fault, SEED_AGENT } from '../../../emulator/emulator.ts'
import { inParallel } from '../../../src/apply/in-parallel.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { Gateway } from '../../harness/gateway.ts'
import { Scene } from '../../harness/scene.ts'
import { addFile, call, createSession } from '../../harness/service.ts'
import { signalOnce } from '../../harness/signal.ts'
import type { StepResult } from '../../harness/step.ts'
import { runUnmount } from '../../harness/unmount.ts'

/** Ports of this process to which an upload has begun. */
const begun = new Set<number | undefined>()

subscribe('http.server.request.start', (message) => {
  const { request } = message as { readonly request: IncomingMessage }
  if (request.method === 'POST' && request.url === '/v1/files') begun.add(request.socket.localPort)
})

const UPLOAD = { method: 'POST', path: '^/v1/files$' }
const LIST = 'GET /v1/files'
const DAY_MS = 86_400_000
const LARGE_BYTES = 50 * 1024 * 1024

async function openScene(options: EmulatorOptions = {}): Promise<Scene> {
  const scene = await Scene.open(options)
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  return scene
}

const quiet = (step: StepResult): void => {
  expect(step).toMatchObject({ exitCode: 0, stderr: '' })
  for (const kind of ['warning', 'error'] as const) expect(annotations(step, kind)).toEqual([])
}

/** As someone else would, with any name. */
async function upload(scene: Scene, name: string): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob(['theirs']), name)
  return (await call(scene.emulator, 'POST', '/v1/files', form)).id
}

async function uploadMany(scene: Scene, count: number): Promise<void> {
  const names = Array.from({ length: count }, (_, index) => `theirs-${index}.txt`)
  await inParallel(names, 20, async (name) => void (await upload(scene, name)))
}

const LOST: readonly (readonly [string, Fault])[] = [
  ['whose reply was lost', { kind: 'reset-after-commit', match: UPLOAD }],
  ['whose reply was cut', { kind: 'reset-mid-reply', match: UPLOAD }],
  ['that something on the way delivered twice', { kind: 'duplicate', match: UPLOAD }],
]

test.concurrent.each(LOST)('an upload %s is there twice after main, and not at all after post', async (_, fault) => {
  await using scene = await openScene()
  scene.emulator.addFault(fault)
  const main = await scene.main({ files: '*.txt' })
  expect(main.exitCode).toBe(0)
  expect(scene.uploads()).toHaveLength(3)
  const post = await scene.post(main)
  quiet(post)
  expect(post.stdout).toContain('Removed 2 mounted files, 3 uploads\n')
  expect(scene.emulator.snapshot()).toMatchObject({ files: [], sessions: [{ resources: [] }] })
})

/** While the body is on its way, and when the server has the file and has not answered yet. */
const KILLED: readonly (readonly [string, EmulatorOptions, Fault | undefined, number])[] = [
  ['half-way through', { bytesPerSecond: 20 * 1024 * 1024 }, undefined, 0],
  ['at its end', {}, { kind: 'never-answer', match: UPLOAD }, 1],
]

test.concurrent.each(KILLED)(
  'a process killed %s an upload of 50 MB: nothing of it is there after post',
  async (_, options, fault, there) => {
    await using scene = await openScene(options)
    scene.workspace.write({ 'large.bin': Buffer.alloc(LARGE_BYTES, 'x') })
    if (fault !== undefined) scene.emulator.addFault(fault)
    const isDue = () => (there === 0 ? begun.has(Number(new URL(scene.emulator.url).port)) : scene.uploads().length > 0)
    const main = await scene.main({ files: 'large.bin' }, { onStart: signalOnce(isDue, 'SIGKILL', 1000) })
    expect(main.exitCode).toBeNull()
    expect(scene.uploads()).toHaveLength(there)
    quiet(await scene.post(main))
    expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
  },
)

test.concurrent('of two runs that upload the same, each post finds its own lost upload and no other', async () => {
  await using scene = await openScene()
  const ids = [await createSession(scene.emulator), await createSession(scene.emulator)]
  const [one, two] = ids.map((id) => ({ 'session-id': id, files: 'a.txt' }))
  scene.emulator.addFault({ kind: 'reset-after-commit', match: UPLOAD })
  const first = await scene.main(one)
  scene.emulator.addFault({ kind: 'duplicate', match: UPLOAD })
  const second = await scene.main(two)
  const names = scene.uploads().map(({ filename }) => filename)
  expect(names).toHaveLength(4)
  expect(new Set(names).size).toBe(2)
  quiet(await scene.post(first, one))
  expect(scene.uploads().map(({ filename }) => filename)).toEqual(names.slice(2))
  expect(Object.keys(scene.mounted(ids[1] ?? ''))).toEqual(['/mnt/session/uploads/a.txt'])
  quiet(await scene.post(second, two))
  expect(scene.uploads()).toEqual([])
})

test.concurrent('a file that another job has just mounted stays; one that was delivered twice is the run’s', async () => {
  await using scene = await openScene()
  const id = await createSession(scene.emulator)
  scene.emulator.addFault({ kind: 'duplicate', match: { method: 'POST', path: '/resources$' } })
  const inputs = { 'session-id': id, files: 'a.txt' }
  const main = await scene.main(inputs)
  expect(main.exitCode).toBe(0)
  quiet(await scene.post(main, inputs))
  expect(scene.emulator.snapshot()).toMatchObject({ files: [], sessions: [{ id, resources: [] }] })
})

test.concurrent.each([
  ['another job', ['/mnt/session/uploads/a.txt']],
  ['the run itself, whose request was delivered twice,', []],
])('%s has taken a path, and who did so cannot be looked at: post removes what is the run’s', async (_, left) => {
  await using scene = await openScene()
  const id = await createSession(scene.emulator)
  const isOurs = left.length === 0
  await using gateway = await Gateway.start(scene.emulator.url, async ({ method, target }) => {
    if (!isOurs && method === 'POST' && target === '/v1/files') await addFile(scene.emulator, id, '/a.txt')
    return undefined
  })
  if (isOurs) scene.emulator.addFault({ kind: 'duplicate', match: { method: 'POST', path: '/resources$' } })
  // What is there is read once, for the plan.
  scene.emulator.addFault({
    kind: 'status',
    status: 403,
    nth: 2,
    times: 99,
    match: { method: 'GET', path: '/resources$' },
  })
  const inputs = { 'session-id': id, files: 'a.txt', 'base-url': gateway.url }
  const main = await scene.main(inputs)
  expect(errorOf(main)).toContain('"a.txt" could not be mounted')
  expect(Object.keys(scene.mounted(id))).toEqual(['/mnt/session/uploads/a.txt'])
  scene.emulator.clearFaults()
  quiet(await scene.post(main, inputs))
  expect(Object.keys(scene.mounted(id))).toEqual(left)
})

test.concurrent('the list is walked from the newest file to the start of the run, and no further', async () => {
  const clock = { offset: -DAY_MS }
  await using scene = await openScene({ now: () => Date.now() + clock.offset })
  await uploadMany(scene, 1_001)
  clock.offset = 0
  scene.emulator.addFault({ kind: 'duplicate', match: UPLOAD })
  const main = await scene.main({ files: 'a.txt' })
  quiet(await scene.post(main))
  expect(scene.requests().filter((line) => line === LIST)).toHaveLength(1)
  expect(scene.uploads()).toHaveLength(1_001)

  scene.emulator.addFault({ kind: 'duplicate', match: UPLOAD })
  const again = await scene.main({ files: 'a.txt' })
  await uploadMany(scene, 1_000)
  quiet(await scene.post(again))
  expect(scene.requests().filter((line) => line === LIST)).toHaveLength(3)
  expect(scene.uploads()).toHaveLength(2_001)
}, 300_000)

test.concurrent('a service that does not tell names: post says that a lost upload may be there', async () => {
  await using scene = await openScene({ lenient: { noFilenames: true } })
  scene.emulator.addFault({ kind: 'reset-after-commit', match: UPLOAD })
  const main = await scene.main({ files: 'a.txt' })
  const post = await scene.post(main)
  expect(annotations(post, 'warning').join()).toMatch(/upload "a\..*": its reply was lost, and the list of files/)
})

/** A run that is killed when its upload is there, so many days ago. */
async function died(
  scene: Scene,
  clock: { offset: number },
  daysAgo: number,
  { repository = 'octo/app', ...inputs }: Readonly<Record<string, string>> = {},
): Promise<string> {
  clock.offset = -daysAgo * DAY_MS
  const before = new Set(scene.uploads().map(({ id }) => id))
  const isNew = ({ id }: { readonly id: string }) => !before.has(id)
  scene.emulator.addFault({ kind: 'never-answer', match: UPLOAD })
  await scene.main(
    { files: 'a.txt', 'expires-in': '90d', ...inputs },
    {
      env: { GITHUB_REPOSITORY: repository },
      onStart: signalOnce(() => scene.uploads().some(isNew), 'SIGKILL', 1000),
    },
  )
  scene.emulator.clearFaults()
  clock.offset = 0
  return scene.uploads().find(isNew)?.id ?? ''
}

test.concurrent('a sweep removes old uploads of dead runs of this repository that meant to remove them, and no others', async () => {
  const clock = { offset: 0 }
  await using scene = await openScene({ now: () => Date.now() + clock.offset })
  clock.offset = -5 * DAY_MS
  const byHand = await upload(scene, 'a.3f9c2a7b1d4e.txt')
  clock.offset = 0
  const kept = await died(scene, clock, 4, { cleanup: 'never' })
  const other = await died(scene, clock, 4, { repository: 'octo/app2' })
  const dead = await died(scene, clock, 3)
  const young = await died(scene, clock, 1)
  const sweep = { 'older-than': '2d', 'agent-id': SEED_AGENT }
  const dry = await runUnmount(scene, { ...sweep, 'dry-run': 'true' })
  expect(annotations(dry, 'notice')).toEqual([`Dry run: would remove ${dead}`])
  const unmount = await runUnmount(scene, sweep)
  expect(unmount).toMatchObject({ exitCode: 0, stderr: '', outputs: { 'removed-count': '1', 'left-count': '0' } })
  expect(scene.uploads().map(({ id }) => id)).toEqual([byHand, kept, other, young])
})

test.concurrent('a sweep leaves the uploads of a run whose session still runs, and does not count those that have expired', async () => {
  const clock = { offset: -3 * DAY_MS }
  await using scene = await openScene({ now: () => Date.now() + clock.offset })
  const inputs = { files: 'a.txt', 'session-cleanup': 'delete' }
  const working = await scene.main({ ...inputs, 'expires-in': '90d' })
  await scene.main({ ...inputs, 'expires-in': '90d' })
  await scene.main({ ...inputs, 'expires-in': '1h' })
  const [ofWorking] = scene.uploads().map(({ id }) => id)
  clock.offset = 0
  scene.emulator.setSessionStatus(working.outputs['session-id'] ?? '', 'running')
  const sweep = { 'older-than': '2d', 'agent-id': SEED_AGENT }
  const unmount = await runUnmount(scene, sweep)
  expect(scene.sessions().map(({ id }) => id)).toEqual([working.outputs['session-id']])
  expect(scene.uploads().map(({ id }) => id)).toEqual([ofWorking])
  expect(unmount.outputs).toEqual({ 'removed-count': '3', 'left-count': '0' })
})

test.concurrent('a file that an earlier version mounted, whose name has no mark, is unchanged, replaced and pruned', async () => {
  await using scene = await openScene()
  const first = await scene.main({ files: '*.txt', cleanup: 'never' })
  const names = scene.uploads().map(({ filename }) => filename.replace(/-\w{24}/, ''))
  expect(first.exitCode).toBe(0)
  const resources = []
  for (const [index, name] of [...names, 'c.3f9c2a7b1d4e.txt'].entries()) {
    const form = new FormData()
    form.append('file', new Blob([index === 0 ? 'a' : 'x']), name)
    const { id } = await call(scene.emulator, 'POST', '/v1/files', form)
    resources.push({ type: 'file', file_id: id, mount_path: `/${name.slice(0, 1)}.txt` })
  }
  const agent = { agent: SEED_AGENT, environment_id: scene.inputs()['environment-id'] }
  const { id } = await call(scene.emulator, 'POST', '/v1/sessions', JSON.stringify({ ...agent, resources }))
  scene.workspace.write({ 'b.txt': 'changed' })
  const inputs = { 'session-id': id, files: '*.txt', prune: 'true', cleanup: 'never' }
  const main = await scene.main(inputs)
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(main.stdout).toContain('(1 replaced, 1 unchanged, 1 removed)')
  expect(Object.keys(scene.mounted(id))).toEqual(['/mnt/session/uploads/a.txt', '/mnt/session/uploads/b.txt'])
})
