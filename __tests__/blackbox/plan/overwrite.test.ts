import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { mountedOn, NightlyScene, tally } from '../../harness/nightly.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'
import { sha256 } from '../../harness/workspace.ts'

const TAKEN = { '/a.txt': 'theirs', '/b.txt': 'theirs', '/c.txt': 'theirs' } as const

async function openScene(): Promise<{ readonly scene: Scene; readonly id: string }> {
  const scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'ours', 'b.txt': 'ours', 'd.txt': 'ours' })
  return { scene, id: await createSession(scene.emulator, { files: TAKEN }) }
}

test.concurrent("without `overwrite`, others' files are refused by name, each, and nothing is sent", async () => {
  const { scene, id } = await openScene()
  await using _ = scene
  const before = scene.emulator.snapshot()
  const { main, post } = await scene.job({ 'session-id': id, files: '*.txt' })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  const error = errorOf(main)
  const mounted = scene.mounted(id)
  for (const name of ['a.txt', 'b.txt']) {
    const there = mounted[`/mnt/session/uploads/${name}`]?.resourceId
    expect(error).toContain(`"${name}" cannot be mounted at "/${name}": ${there}, which is mounted there, was not put`)
  }
  expect(error).toContain('`overwrite: true`')
  expect(error).not.toContain('c.txt')
  expect(error).toContain('Nothing was changed.')
  expect(scene.sent().every(({ method }) => method === 'GET')).toBe(true)
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toEqual(before)
})

test.concurrent('with `overwrite` they are replaced, and what is not wanted stays', async () => {
  const { scene, id } = await openScene()
  await using _ = scene
  const main = await scene.main({ 'session-id': id, files: '*.txt', overwrite: 'true', cleanup: 'never' })
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  const ours = sha256('ours')
  expect(mountedOn(scene, id)).toEqual({ '/a.txt': ours, '/b.txt': ours, '/c.txt': sha256('theirs'), '/d.txt': ours })
  expect(main.outputs).toMatchObject({ 'replaced-count': '2', 'added-count': '1', changed: 'true' })
})

test.concurrent('what was overwritten does not come back when the job ends', async () => {
  const { scene, id } = await openScene()
  await using _ = scene
  const { post } = await scene.job({ 'session-id': id, files: '*.txt', overwrite: 'true' })
  expect(annotations(post, 'warning')).toEqual([])
  expect(Object.keys(mountedOn(scene, id))).toEqual(['/c.txt'])
})

test.concurrent("a folder of others' that stands in the way is not replaced by `overwrite` alone", async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const id = await createSession(scene.emulator, { files: { '/in/theirs.txt': 't' } })
  const inputs = { 'session-id': id, files: 'a.txt => /in', overwrite: 'true', cleanup: 'never' }
  const refused = await scene.main(inputs)
  expect(refused.exitCode).toBe(1)
  expect(errorOf(refused)).toContain('is mounted at "/in/theirs.txt"')
  const pruned = await scene.main({ ...inputs, prune: 'true' })
  expect(annotations(pruned, 'error')).toEqual([])
  expect(mountedOn(scene, id)).toEqual({ '/in': sha256('a') })
})

test.concurrent.each(['noFilenames', 'unnamedFiles'] as const)(
  'a server with %s: what is mounted again is replaced, with one warning that says why',
  async (deviation) => {
    await using night = await NightlyScene.open(3, { lenient: { [deviation]: true } })
    night.change(0)
    const { main } = await night.refresh({ files: 'data\n!data/2.txt' })
    expect(main).toMatchObject({ exitCode: 0, stderr: '' })
    const [warning, ...more] = annotations(main, 'warning')
    expect(more).toEqual([])
    expect(warning).toMatch(
      /does not return the upload name of 2 mounted files, so it cannot be compared; replacing: "\/data\/0\.txt", "\/data\/1\.txt"/,
    )
    expect(main.outputs).toMatchObject({ 'replaced-count': '2', 'unchanged-count': '0' })
    expect(night.mounted()).toEqual({
      '/data/0.txt': sha256('new content of 0'),
      '/data/1.txt': sha256('old 1'),
      '/data/2.txt': sha256('old 2'),
    })
  },
)

test.concurrent.each(['noScopeFilter', 'scopeRefused'] as const)(
  'a server with %s: the names are found all the same, and unchanged files stay',
  async (deviation) => {
    await using night = await NightlyScene.open(5, { lenient: { [deviation]: true } })
    night.change(4)
    const { main } = await night.refresh()
    expect(main).toMatchObject({ exitCode: 0, stderr: '' })
    expect(annotations(main, 'warning')).toEqual([])
    expect(main.outputs).toMatchObject({ 'replaced-count': '1', 'unchanged-count': '4' })
    const lists = tally(night.requests())['GET /v1/files']
    expect(lists).toBe(deviation === 'scopeRefused' ? 2 : 1)
  },
)
