import { expect, test } from '@jest/globals'
import { annotations } from '../../harness/annotation.ts'
import { NIGHTLY, NightlyScene } from '../../harness/nightly.ts'
import { Scene } from '../../harness/scene.ts'
import type { StepResult } from '../../harness/step.ts'

type State = Readonly<Record<string, string>>

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

test.concurrent('a run that came to nothing: post says that there is nothing to remove, and asks nobody', async () => {
  await using scene = await openScene()
  const main = await scene.main({ files: 'missing.txt' })
  expect(main.exitCode).toBe(1)
  const post = await scene.post(main)
  quiet(post)
  expect(post.stdout).toContain('Nothing to remove: this step created nothing')
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent('a run that found everything unchanged made nothing: post asks nobody', async () => {
  await using night = await NightlyScene.open(2)
  const main = await night.scene.main({ ...NIGHTLY, cleanup: 'always' })
  const sent = night.scene.sent().length
  const post = await night.scene.post(main, { ...NIGHTLY, cleanup: 'always' })
  quiet(post)
  expect(post.stdout).toContain('Nothing to remove: this step created nothing')
  expect(night.scene.sent()).toHaveLength(sent)
  expect(Object.keys(night.mounted())).toHaveLength(2)
})

test.concurrent('post of a refresh, twice: the second time all is gone already', async () => {
  await using night = await NightlyScene.open(3)
  night.change(0)
  const inputs = { ...NIGHTLY, cleanup: 'always', prune: 'true', files: 'data\n!data/2.txt' }
  const main = await night.scene.main(inputs)
  expect(main.outputs).toMatchObject({ 'replaced-count': '1', 'removed-count': '1' })
  quiet(await night.scene.post(main, inputs))
  const once = night.scene.emulator.snapshot()
  quiet(await night.scene.post(main, inputs))
  expect(night.scene.emulator.snapshot().files).toEqual(once.files)
  expect(Object.keys(night.mounted())).toEqual(['/data/1.txt'])
})

test.concurrent('a revoked key after a refresh: what is named is what is there, not what was taken off', async () => {
  await using night = await NightlyScene.open(3)
  const { scene, sessionId } = night
  const old = scene.mounted(sessionId)['/mnt/session/uploads/data/0.txt']?.resourceId ?? ''
  night.change(0)
  const inputs = { ...NIGHTLY, cleanup: 'always' }
  const main = await scene.main(inputs)
  const tonight = scene.mounted(sessionId)['/mnt/session/uploads/data/0.txt']?.resourceId ?? ''
  scene.emulator.setApiKey('sk-ant-another')
  const post = await scene.post(main, { ...inputs, 'anthropic-api-key': 'sk-ant-emulator' })
  expect(post).toMatchObject({ exitCode: 0, stderr: '' })
  const [warning = '', ...more] = annotations(post, 'warning')
  expect(more).toEqual([])
  expect(warning).toMatch(/^Could not remove 2 items that this step created:/)
  expect(warning).toContain('the credential was refused (401)')
  expect(warning).toContain(tonight)
  expect(warning).not.toContain(old)
})

test.concurrent('a run that was killed before its first call: post has nothing to do', async () => {
  await using scene = await openScene()
  const main = await scene.main({ files: '*.txt' })
  const before = scene.emulator.snapshot()
  const post = await scene.post({ ...main, state: { run: main.state.run ?? '' } })
  quiet(post)
  expect(post.stdout).toContain('Nothing to remove')
  expect(scene.emulator.snapshot()).toEqual(before)
})

/** What may stand beside the state of this step without harm. */
const BESIDE: readonly (readonly [string, State])[] = [
  ["another action's", { token: 'x', 'effect-1': '{}', effect_: '7', effect_one: '{', EFFECT_1: 'null' }],
  ['entries that were taken back', { effect_77: '', effect_78: '' }],
  ['a number that no run reaches', { effect_1234567: 'junk' }],
]

test.concurrent.each(BESIDE)('%s state does no harm', async (_, more) => {
  await using scene = await openScene()
  const main = await scene.main({ files: '*.txt' })
  quiet(await scene.post({ ...main, state: { ...main.state, ...more } }))
  expect(scene.emulator.snapshot()).toEqual(EMPTY)
})

/** How an entry may be spoiled. */
const SPOILED: readonly (readonly [string, string])[] = [
  ['null', 'null'],
  ['a number', '7'],
  ['a list', '[]'],
  ['an id that is none', '{"kind":"upload","name":7,"mountPath":"/a","fileId":{}}'],
  ['control characters', '\u0001\u001b[31m'],
  ['the beginning of another run', '{"kind":"run","version":2}'],
]

test.concurrent.each(SPOILED)('an entry that is %s: one warning, and nothing is deleted', async (_, value) => {
  await using scene = await openScene()
  const main = await scene.main({ files: '*.txt' })
  const before = scene.emulator.snapshot()
  const sent = scene.sent().length
  const post = await scene.post({ ...main, state: { ...main.state, effect_2: value } })
  expect(post).toMatchObject({ exitCode: 0, stderr: '' })
  expect(annotations(post, 'warning')).toEqual([
    expect.stringMatching(/^Cleanup failed: entry 2 of this step's record .* nothing was removed\. Uploads expire/),
  ])
  expect(scene.sent()).toHaveLength(sent)
  expect(scene.emulator.snapshot()).toEqual(before)
})

test.concurrent('ids in the state that would lead elsewhere reach nothing', async () => {
  await using scene = await openScene()
  const main = await scene.main({ files: 'a.txt', cleanup: 'always' })
  const before = scene.emulator.snapshot()
  const id = main.outputs['session-id']
  const effect_1 = JSON.stringify({ kind: 'upload', name: 'a', mountPath: '/a', fileId: `../sessions/${id}` })
  const post = await scene.post({ ...main, state: { run: main.state.run ?? '', effect_1 } })
  expect(post.exitCode).toBe(0)
  expect(scene.emulator.snapshot()).toEqual(before)
})
