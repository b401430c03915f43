import { expect, test } from '@jest/globals'
import { errorOf } from '../../harness/annotation.ts'
import { jsonOutput, Scene } from '../../harness/scene.ts'

type Inputs = Readonly<Record<string, string>>

const FILES = { 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' }
const ALL = Object.keys(FILES)
const PACKED = ['files.tar.gz']

/** How many resources a session takes, what more is asked for, and what is mounted. */
const CASES: readonly (readonly [string, Inputs, readonly string[]])[] = [
  ['by default, nothing is packed', {}, ALL],
  ['never, with room', { archive: 'never', 'max-resources': '3' }, ALL],
  ['auto, with room', { archive: 'auto', 'max-resources': '3' }, ALL],
  ['auto, without room', { archive: 'auto', 'max-resources': '2' }, PACKED],
  [
    'auto, without room for a memory store',
    { archive: 'auto', 'max-resources': '3', 'memory-stores': 'memstore_team' },
    PACKED,
  ],
  ['always', { archive: 'always' }, PACKED],
  ['always, one file', { archive: 'always', files: 'a.txt' }, PACKED],
  ['always, no files', { archive: 'always', files: 'none*', 'if-no-files-found': 'ignore' }, []],
]

test.concurrent.each(CASES)('%s', async (_, inputs, mounted) => {
  await using scene = await Scene.open()
  scene.workspace.write(FILES)
  const main = await scene.main({ files: '*.txt', ...inputs })
  expect(main.exitCode).toBe(0)
  expect((jsonOutput(main, 'resources') as { path: string }[]).map(({ path }) => path)).toEqual(mounted)
  expect(main.outputs['unpack-command'] === '').toBe(mounted !== PACKED)
})

test.concurrent('too many files: the error has the numbers and says that an archive would do', async () => {
  await using scene = await Scene.open()
  scene.workspace.write(Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`${i}.txt`, String(i)])))
  const main = await scene.main({ files: '*.txt' })
  expect(errorOf(main)).toContain(
    '1,001 files, but a session takes 500 resources (`max-resources`); narrow `files`, or set `archive: auto` to mount them as one archive',
  )
  expect(scene.sent()).toEqual([])
})

test.concurrent('too many files for what is on the session: the error says that an archive would do', async () => {
  await using scene = await Scene.open()
  scene.workspace.write(FILES)
  const first = await scene.main({ files: '*.txt' })
  const on = { 'session-id': first.outputs['session-id'] ?? '', 'agent-id': '', 'environment-id': '' }
  const more = { ...on, files: '*.txt', 'mount-path': '/more', 'max-resources': '5' }
  expect(errorOf(await scene.main(more))).toMatch(/has 3 resources, and 3 more .*`archive: always`/)
  const packed = await scene.main({ ...more, archive: 'always' })
  expect(packed.exitCode).toBe(0)
})

test.concurrent('5,000 files are two requests', async () => {
  await using scene = await Scene.open()
  scene.workspace.write(
    Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`d${i % 50}/${i}.txt`, String(i).padEnd(2000, '.')])),
  )
  const main = await scene.main({ files: '**', archive: 'always' })
  expect(main.exitCode).toBe(0)
  expect(main.stdout).toContain('Packed 5,000 files (10 MB) into files.tar.gz (')
  expect(scene.requests()).toEqual(['POST /v1/files', 'POST /v1/sessions'])
})

const MANY = 20_000

test('20,000 files are in one archive', async () => {
  await using scene = await Scene.open()
  scene.workspace.write(
    Object.fromEntries(Array.from({ length: MANY }, (_, i) => [`d${i % 100}/${i}.txt`, `file ${i}`])),
  )
  const main = await scene.main({ files: '**', archive: 'auto' })
  expect(main.exitCode).toBe(0)
  expect(main.stdout).toContain('Packed 20,000 files (')
  expect(scene.requests()).toEqual(['POST /v1/files', 'POST /v1/sessions'])
})
