import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { jsonOutput, Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'

const ALL = {
  addAnswers201: true,
  dashedIds: true,
  noUpdatedAt: true,
  noNextPage: true,
  resourceDeleted: true,
  emptyResources: true,
} as const

const DEVIATIONS = [...Object.keys(ALL).map((name) => [name, { [name]: true }] as const), ['all at once', ALL] as const]

test.concurrent.each(DEVIATIONS)('a server with %s: mounted and taken away', async (_, lenient) => {
  await using scene = await Scene.open({ lenient })
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  const id = await createSession(scene.emulator, { title: 'theirs', files: { '/kept.txt': 'k' } })
  const before = scene.emulator.snapshot()
  // By name reads the most; a new session reads nothing, and is tried with all deviations at once.
  const targets: readonly Readonly<Record<string, string>>[] =
    lenient === ALL
      ? [{ 'session-cleanup': 'delete' }, { 'session-id': id }, { 'session-name': 'theirs' }]
      : [{ 'session-name': 'theirs' }]
  for (const target of targets) {
    const inputs = { files: '*.txt', ...target }
    const main = await scene.main(inputs)
    expect(annotations(main, 'error')).toEqual([])
    const mounted = scene.mounted(main.outputs['session-id'] ?? '')
    const ids = ['a', 'b'].map((name) => mounted[`/mnt/session/uploads/${name}.txt`]?.resourceId)
    expect(jsonOutput(main, 'resource-ids')).toEqual(ids)
    expect(jsonOutput(main, 'file-ids')).toHaveLength(2)
    const post = await scene.post(main, inputs)
    expect(annotations(post, 'warning')).toEqual([])
    expect(scene.emulator.snapshot().files).toEqual(before.files)
  }
  expect(scene.sessions().map((session) => session.id)).toEqual([id])
})

test.concurrent('a taken mount path is seen also where a session does not list its resources', async () => {
  await using scene = await Scene.open({ lenient: { emptyResources: true } })
  const id = await createSession(scene.emulator, { files: { '/a.txt': 'old' } })
  scene.workspace.write({ 'a.txt': 'a' })
  const main = await scene.main({ files: 'a.txt', 'session-id': id })
  expect(main.exitCode).toBe(1)
  expect(scene.requests().filter((line) => !line.startsWith('GET'))).toEqual([])
})

test.concurrent('a server that stored less of a file than was sent: the run fails and takes the upload back', async () => {
  await using scene = await Scene.open({ lenient: { shortUploads: true } })
  scene.workspace.write({ 'a.txt': 'twelve bytes' })
  const { main, post } = await scene.job({ files: 'a.txt' })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain('"a.txt" has 12 bytes, but the service stored 11')
  expect(scene.requests()).not.toContain('POST /v1/sessions')
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})
