import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { annotations } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession, deleteSession } from '../../harness/service.ts'
import type { StepResult } from '../../harness/step.ts'

const run = promisify(execFile)
const EMPTY = { files: [], sessions: [expect.objectContaining({ resources: [], archived_at: null })] }

async function openScene(): Promise<Scene> {
  const scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  return scene
}

const quiet = (post: StepResult): void => {
  expect(post).toMatchObject({ exitCode: 0, stderr: '' })
  for (const kind of ['warning', 'error'] as const) expect(annotations(post, kind)).toEqual([])
}

test.concurrent.each([
  ['always', 'success', true],
  ['always', 'failure', true],
  ['always', 'cancelled', true],
  ['on-failure', 'success', false],
  ['on-failure', 'failure', true],
  ['on-failure', 'cancelled', true],
  ['never', 'success', false],
  ['never', 'failure', false],
] as const)('cleanup: %s in a job of status %s removes: %s', async (cleanup, jobStatus, takesAway) => {
  await using scene = await openScene()
  const inputs = { files: '*.txt', cleanup }
  const main = await scene.main(inputs)
  const mounted = scene.emulator.snapshot()
  expect(mounted.files).toHaveLength(4)
  const post = await scene.post(main, inputs, { jobStatus })
  quiet(post)
  expect(scene.emulator.snapshot()).toEqual(takesAway ? EMPTY : mounted)
  if (!takesAway) expect(post.stdout).toContain(`cleanup: ${cleanup}`)
})

test.concurrent('post twice is as good as once, also when others have removed something', async () => {
  await using scene = await openScene()
  const main = await scene.main({ files: '*.txt' })
  quiet(await scene.post(main))
  quiet(await scene.post(main))
  expect(scene.emulator.snapshot()).toEqual(EMPTY)
})

test.concurrent.each(['keep', 'archive', 'delete'])(
  'a session that is gone at post is no problem: session-cleanup: %s',
  async (end) => {
    await using scene = await openScene()
    const inputs = { files: '*.txt', 'session-cleanup': end }
    const main = await scene.main(inputs)
    await deleteSession(scene.emulator, main.outputs['session-id'] ?? '')
    quiet(await scene.post(main, inputs))
    expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
  },
)

test.concurrent('post without state, and with state that is not ours, does nothing', async () => {
  await using scene = await openScene()
  await scene.main({ files: '*.txt' })
  const before = scene.emulator.snapshot()
  quiet(await scene.post({ state: {}, exitCode: 0 }))
  quiet(await scene.post({ state: { isPost: 'true', effects: '7' }, exitCode: 1 }))
  expect(scene.emulator.snapshot()).toEqual(before)
})

/** How state may be damaged; each makes of main's state another. */
const DAMAGE: readonly (readonly [string, (state: Readonly<Record<string, string>>) => Record<string, string>])[] = [
  ['a beginning that is junk', (state) => ({ ...state, run: '{]' })],
  [
    'a beginning of another version',
    (state) => ({ ...state, run: (state.run ?? '').replace(/"version":\d+/, '"version":99') }),
  ],
  ['no beginning', ({ run: _, ...state }) => state],
  ['an entry that is cut', (state) => ({ ...state, effect_2: (state.effect_2 ?? '').slice(0, 12) })],
  ['an entry of no known kind', (state) => ({ ...state, effect_1: '{"kind":"repository","id":"x"}' })],
]

test.concurrent.each(DAMAGE)('%s: one warning that says what now, and nothing is deleted', async (_, damage) => {
  await using scene = await openScene()
  const main = await scene.main({ files: '*.txt' })
  const before = scene.emulator.snapshot()
  const post = await scene.post({ ...main, state: damage(main.state) })
  expect(post).toMatchObject({ exitCode: 0, stderr: '' })
  expect(annotations(post, 'warning')).toHaveLength(1)
  expect(annotations(post, 'warning').join()).toMatch(/expir/)
  expect(scene.emulator.snapshot()).toEqual(before)
})

test.concurrent('with a revoked key post warns once, and the command that it prints removes what is left', async () => {
  await using scene = await openScene()
  const id = await createSession(scene.emulator)
  const inputs = { 'session-id': id, files: '*.txt' }
  const main = await scene.main(inputs)
  const post = await scene.post(main, { ...inputs, 'anthropic-api-key': 'sk-ant-revoked' })
  expect(post).toMatchObject({ exitCode: 0, stderr: '' })
  const [warning = '', ...more] = annotations(post, 'warning')
  expect(more).toEqual([])
  expect(warning).toContain('401')
  for (const { id: upload } of scene.uploads()) expect(warning).toContain(upload)
  for (const { resourceId } of Object.values(scene.mounted(id))) expect(warning).toContain(resourceId)
  expect(post.stdout).not.toContain('sk-ant-revoked')

  const command = /^for path in [\s\S]*^done$/m.exec(warning)?.[0] ?? ''
  expect(command).toContain('curl')
  await run('bash', ['-euc', command], { env: { PATH: process.env.PATH, ANTHROPIC_API_KEY: scene.emulator.apiKey } })
  expect(scene.emulator.snapshot()).toMatchObject({ files: [], sessions: [{ id, resources: [] }] })
})

test.concurrent('without any key post warns with the ids that are left', async () => {
  await using scene = await openScene()
  const main = await scene.main({ files: 'a.txt' })
  const post = await scene.post(main, { 'anthropic-api-key': '' })
  expect(post.exitCode).toBe(0)
  const warning = annotations(post, 'warning').join()
  expect(warning).toContain('anthropic-api-key')
  expect(warning).toContain(scene.uploads()[0]?.id)
})

test.concurrent('the files of a running session stay; its uploads go, and the warning says what is left', async () => {
  await using scene = await openScene()
  const main = await scene.main({ files: 'a.txt', 'cleanup-wait': '1s' })
  const id = main.outputs['session-id'] ?? ''
  scene.emulator.setSessionStatus(id, 'running')
  const post = await scene.post(main)
  expect(post.exitCode).toBe(0)
  expect(Object.keys(scene.mounted(id))).toEqual(['/mnt/session/uploads/a.txt'])
  expect(scene.uploads()).toEqual([])
  const warning = annotations(post, 'warning').join()
  expect(warning).toMatch(new RegExp(`session ${id} was still running after 1 s`))
  expect(warning).toContain(Object.values(scene.mounted(id))[0]?.resourceId)
})

test.concurrent.each(['delete', 'archive'])(
  'session-cleanup: %s of a running session interrupts it first',
  async (end) => {
    await using scene = await openScene()
    const inputs = { files: 'a.txt', 'session-cleanup': end, 'cleanup-wait': '0' }
    const main = await scene.main(inputs)
    const id = main.outputs['session-id'] ?? ''
    scene.emulator.setSessionStatus(id, 'running')
    const post = await scene.post(main, inputs)
    expect(post.exitCode).toBe(0)
    expect(annotations(post, 'warning')).toEqual([])
    expect(scene.requests()).toContain('POST /v1/sessions/{sesn}/events')
    const archived = { id, archived_at: expect.any(String), resources: [] }
    expect(scene.sessions()).toEqual(end === 'delete' ? [] : [expect.objectContaining(archived)])
    expect(scene.emulator.snapshot().files).toEqual([])
  },
)

test.concurrent('one removal that fails does not stop the others', async () => {
  await using scene = await openScene()
  const main = await scene.main({ files: '*.txt' })
  const [first] = scene.uploads()
  scene.emulator.addFault({
    kind: 'status',
    status: 403,
    match: { method: 'DELETE', path: `${first?.id}$` },
    times: 99,
  })
  const post = await scene.post(main)
  expect(post.exitCode).toBe(0)
  expect(scene.emulator.snapshot().files).toMatchObject([{ id: first?.id }])
  const [warning, ...more] = annotations(post, 'warning')
  expect(more).toEqual([])
  expect(warning).toMatch(new RegExp(`${first?.id}.*403`))
})

test.concurrent('post uses the address that main used, whatever the environment says by then', async () => {
  await using scene = await openScene()
  const env = { ANTHROPIC_BASE_URL: scene.emulator.url }
  const main = await scene.main({ files: 'a.txt', 'base-url': '' }, { env })
  expect(main.exitCode).toBe(0)
  quiet(await scene.post(main, { 'base-url': '' }, { env: { ANTHROPIC_BASE_URL: 'http://127.0.0.1:9' } }))
  expect(scene.emulator.snapshot()).toEqual(EMPTY)
})
