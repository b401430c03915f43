import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { jsonOutput, Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'

test.concurrent('a new session: the plan is printed, nothing is sent, outputs are valid', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'aa', 'b.txt': 'bbb' })
  const inputs = { files: '*.txt\na.txt => /in/', 'session-title': 'T', 'dry-run': 'true' }
  const { main, post } = await scene.job(inputs)

  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(main.stdout).toContain('mount 2 files (5 bytes) on a new session')
  expect(main.stdout).toContain('  add        "a.txt" → "/mnt/session/uploads/in/a.txt" (2 bytes)')
  expect(main.stdout).toContain('  add        "b.txt" → "/mnt/session/uploads/b.txt" (3 bytes)')
  expect(main.stdout).toMatch(/^ {2}create {5}session "T" of agent agent_emulator in environment env_emulator$/m)
  expect(annotations(main, 'notice').join()).toContain('Dry run')
  for (const name of ['resources', 'resource-ids', 'file-ids']) expect(jsonOutput(main, name)).toEqual([])
  expect(main.outputs).toMatchObject({ 'session-id': '', 'session-created': 'false', 'mounted-count': '0' })
  expect(post).toMatchObject({ exitCode: 0, stderr: '' })
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent.each(['session-id', 'session-name'])('an existing session by %s: it is only read', async (input) => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator, { title: 'theirs', files: { '/old.txt': 'o' } })
  const before = scene.emulator.snapshot()
  scene.workspace.write({ 'a.txt': 'a' })
  const main = await scene.main({ files: 'a.txt', [input]: input === 'session-id' ? id : 'theirs', 'dry-run': 'TRUE' })
  await scene.post(main)
  expect(main.exitCode).toBe(0)
  expect(main.stdout).toContain(`mount 1 file (1 byte) on session ${id}`)
  expect(new Set(scene.sent().map(({ method }) => method))).toEqual(new Set(['GET']))
  expect(scene.emulator.snapshot()).toEqual(before)
})

test.concurrent('what a real run would refuse, a dry run refuses', async () => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator, { files: { '/a.txt': 'o' } })
  scene.workspace.write({ 'a.txt': 'a' })
  const conflict = await scene.main({ files: 'a.txt', 'session-id': id, 'dry-run': 'true' })
  const empty = await scene.main({ files: 'b.txt', 'dry-run': 'true' })
  expect([conflict.exitCode, empty.exitCode]).toEqual([1, 1])
  expect(errorOf(conflict)).toContain('"/a.txt"')
  expect(errorOf(empty)).toContain('No files match "b.txt"')
})
