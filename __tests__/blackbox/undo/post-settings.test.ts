import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@jest/globals'
import { annotations } from '../../harness/annotation.ts'
import { FEDERATED_INPUTS, FederatedScene } from '../../harness/oidc.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'
import type { StepResult } from '../../harness/step.ts'

const EMPTY = { files: [], sessions: [expect.objectContaining({ resources: [] })] }

async function openScene(): Promise<Scene> {
  const scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  return scene
}

const quiet = (post: StepResult): void => {
  expect(post).toMatchObject({ exitCode: 0, stderr: '' })
  for (const kind of ['warning', 'error'] as const) expect(annotations(post, kind)).toEqual([])
}

/** The ids of everything that is there of a run, by what post calls it. */
const idsOf = (scene: Scene) => ({
  'mounted file': scene
    .sessions()
    .flatMap(({ resources }) => resources.map((each) => ('id' in each ? each.id : '')))
    .sort(),
  session: scene.sessions().map(({ id }) => id),
  upload: scene
    .uploads()
    .map(({ id }) => id)
    .sort(),
})

/** The ids that post names as kept. */
const keptIds = ({ stdout }: StepResult) =>
  Object.fromEntries(
    [...stdout.matchAll(/^- ([a-z ]+): (.+)$/gm)].map(([, noun, ids = '']) => [noun, ids.split(', ').sort()]),
  )

test.concurrent.each([
  ['empty', ''],
  ['one that nobody knows', 'neutral'],
])('a job status that is %s: `cleanup: on-failure` keeps, and names what it keeps', async (_, status) => {
  await using scene = await openScene()
  const main = await scene.main({ files: '*.txt', cleanup: 'on-failure' })
  const before = scene.emulator.snapshot()
  const post = await scene.post(main, { 'job-status': status })
  quiet(post)
  expect(scene.emulator.snapshot()).toEqual(before)
  expect(post.stdout).toContain('Kept, as `cleanup: on-failure` says: 2 mounted files, 1 session, 2 uploads')
  expect(keptIds(post)).toEqual(idsOf(scene))
})

test.concurrent('what was mounted onto a session that the run did not create is kept; the session is not counted', async () => {
  await using scene = await openScene()
  const id = await createSession(scene.emulator)
  const main = await scene.main({ files: '*.txt', cleanup: 'never', 'session-id': id })
  const post = await scene.post(main)
  quiet(post)
  expect(post.stdout).toContain('Kept, as `cleanup: never` says: 2 mounted files, 2 uploads')
  expect(post.stdout).not.toContain(id)
})

/** Every input of post but the key, as nested actions may hand them over. */
const OTHERS = {
  'if-no-credentials': '',
  'base-url': 'nonsense',
  cleanup: 'sometimes',
  'session-cleanup': '',
  'on-partial': '',
  'cleanup-wait': '',
  concurrency: '',
  'timeout-minutes': '-1',
  files: '',
  'agent-id': '',
  'environment-id': '',
  'anthropic-federation-rule-id': 'fdrl_other',
} as const

test.concurrent.each(['success', 'failure', 'cancelled'] as const)(
  'post of a job of status %s goes by the key alone, whatever else the inputs say by then',
  async (jobStatus) => {
    await using scene = await openScene()
    const main = await scene.main({ files: '*.txt' })
    quiet(await scene.post(main, OTHERS, { jobStatus }))
    expect(scene.emulator.snapshot()).toEqual(EMPTY)
  },
)

/** What a later step may have exported, or taken away. */
const ENVIRONMENTS: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['another address', { ANTHROPIC_BASE_URL: 'http://127.0.0.1:9' }],
  ['an address that is none', { ANTHROPIC_BASE_URL: 'http://gateway.example.com:4000' }],
  ['no event', { GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_EVENT_PATH: '/nowhere/event.json' }],
  ['another repository and run', { GITHUB_REPOSITORY: 'other/app', GITHUB_RUN_ID: '1', GITHUB_JOB: 'other' }],
  ['a temporary folder that cannot be', { RUNNER_TEMP: '/dev/null/x' }],
]

test.concurrent.each(ENVIRONMENTS)('post with %s in its environment removes all the same', async (_, env) => {
  await using scene = await openScene()
  const main = await scene.main({ files: '*.txt' })
  quiet(await scene.post(main, {}, { env }))
  expect(scene.emulator.snapshot()).toEqual(EMPTY)
})

test.concurrent('post of a run without a key finds its federation rule in the record, not in its inputs', async () => {
  await using federated = await FederatedScene.open()
  const { scene, env } = federated
  scene.workspace.write({ 'a.txt': 'a' })
  const main = await scene.main({ ...FEDERATED_INPUTS, files: 'a.txt' }, { env })
  expect(main.exitCode).toBe(0)
  const none = Object.fromEntries(Object.keys(FEDERATED_INPUTS).map((name) => [name, '']))
  quiet(await scene.post(main, { ...none, 'anthropic-oidc-audience': '' }, { env }))
  expect(scene.emulator.snapshot()).toEqual(EMPTY)
})

test.concurrent('a manifest that cannot be written: a warning, all other outputs, and post names what it keeps', async () => {
  await using scene = await openScene()
  const file = path.join(scene.workspace.root, 'full')
  writeFileSync(file, '')
  const inputs = { files: '*.txt', cleanup: 'never' }
  const main = await scene.main(inputs, { env: { RUNNER_TEMP: path.join(file, 'temp') } })
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(annotations(main, 'warning')).toEqual([
    expect.stringMatching(/^The manifest could not be written: .+ \(ENOTDIR\)\./),
  ])
  const [id = ''] = scene.sessions().map((session) => session.id)
  expect(main.outputs).toMatchObject({ 'session-id': id, 'mounted-count': '2', 'manifest-path': '' })
  const post = await scene.post(main, inputs)
  quiet(post)
  expect(keptIds(post)).toEqual(idsOf(scene))
})
