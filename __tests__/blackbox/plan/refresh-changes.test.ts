import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { annotations } from '../../harness/annotation.ts'
import { NIGHTLY, NightlyScene, tally } from '../../harness/nightly.ts'
import { jsonOutput } from '../../harness/scene.ts'
import { sha256 } from '../../harness/workspace.ts'

const ADD = 'POST /v1/sessions/{sesn}/resources'
const TAKE_OFF = 'DELETE /v1/sessions/{sesn}/resources/{sesrsc}'
const UPLOAD = 'POST /v1/files'
const READS = ['GET /v1/sessions', 'GET /v1/sessions/{sesn}/resources', 'GET /v1/files']

interface Record {
  readonly path: string
  readonly change: string
  readonly resource_id: string
  readonly file_id: string
}

test.concurrent('five of thirty changed: five uploads, five deletes, five adds, and no more than three reads', async () => {
  await using night = await NightlyScene.open(30)
  const before = night.mounted()
  const changed = [3, 4, 11, 17, 29]
  night.change(...changed)
  const { main, post } = await night.refresh()

  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(annotations(main, 'warning')).toEqual([])
  expect(tally(night.requests())).toEqual({
    ...tally(READS),
    [UPLOAD]: 5,
    [TAKE_OFF]: 5,
    [ADD]: 5,
  })
  const contents = changed.map((n) => [`/data/${n}.txt`, sha256(`new content of ${n}`)])
  expect(night.mounted()).toEqual({ ...before, ...Object.fromEntries(contents) })
  expect(main.outputs).toMatchObject({
    'session-id': night.sessionId,
    'session-created': 'false',
    'mounted-count': '30',
    'added-count': '0',
    'replaced-count': '5',
    'unchanged-count': '25',
    'removed-count': '0',
    changed: 'true',
  })
  expect(main.stdout).toContain(`Mounted 30 files on session ${night.sessionId}`)
  expect(main.stdout).toContain('(5 replaced, 25 unchanged)')
  expect(post).toMatchObject({ exitCode: 0, stderr: '' })
  expect(post.stdout).toContain('`cleanup: never`')
})

test.concurrent('`resources` and the manifest say of each file what became of it', async () => {
  await using night = await NightlyScene.open(3)
  const { scene } = night
  night.change(1)
  scene.workspace.write({ 'data/new.txt': 'n' })
  const { main } = await night.refresh()
  const records = jsonOutput(main, 'resources') as readonly Record[]
  expect(records.map(({ path, change }) => [path, change])).toEqual([
    ['data/0.txt', 'unchanged'],
    ['data/1.txt', 'replaced'],
    ['data/2.txt', 'unchanged'],
    ['data/new.txt', 'added'],
  ])
  const onSession = Object.values(scene.mounted(night.sessionId))
  expect(new Set(records.map(({ resource_id }) => resource_id))).toEqual(
    new Set(onSession.map(({ resourceId }) => resourceId)),
  )
  expect(new Set(records.map(({ file_id }) => file_id))).toEqual(new Set(onSession.map(({ id }) => id)))
  const manifest = JSON.parse(readFileSync(main.outputs['manifest-path'] ?? '', 'utf8'))
  expect(manifest).toMatchObject({ complete: true, session_created: false, resources: records, removed: [] })
  const uploads = manifest.uploads.map(({ name }: { readonly name: string }) => name)
  expect(uploads.sort()).toEqual([expect.stringMatching(/^1\./), expect.stringMatching(/^new\./)])
})

test.concurrent('nothing changed: three reads, no upload, and `changed` is false', async () => {
  await using night = await NightlyScene.open(30)
  const before = night.scene.emulator.snapshot()
  const { main } = await night.refresh()
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(night.requests()).toEqual(READS)
  expect(main.outputs).toMatchObject({
    'mounted-count': '30',
    'unchanged-count': '30',
    'added-count': '0',
    'replaced-count': '0',
    changed: 'false',
  })
  expect(jsonOutput(main, 'resource-ids')).toHaveLength(30)
  expect(night.scene.emulator.snapshot()).toEqual(before)
})

test.concurrent('what was touched but not changed stays; what is of the same size and changed is replaced', async () => {
  await using night = await NightlyScene.open(2)
  night.scene.workspace.write({ 'data/0.txt': 'old 0', 'data/1.txt': 'old X' })
  const { main } = await night.refresh()
  expect(main.outputs).toMatchObject({ 'unchanged-count': '1', 'replaced-count': '1' })
  expect(night.mounted()['/data/1.txt']).toBe(sha256('old X'))
})

test.concurrent('a file that is gone from the runner stays on the session unless it is pruned', async () => {
  await using night = await NightlyScene.open(3)
  const { main } = await night.refresh({ files: 'data/0.txt\ndata/1.txt' })
  expect(main.outputs).toMatchObject({ 'mounted-count': '2', 'removed-count': '0', changed: 'false' })
  expect(Object.keys(night.mounted())).toEqual(['/data/0.txt', '/data/1.txt', '/data/2.txt'])
})

test.concurrent.each(['1', '8'])(
  'a changed file is missing for one round trip only: all uploads come first (%s at a time)',
  async (concurrency) => {
    await using night = await NightlyScene.open(6)
    night.change(0, 1, 2, 3, 4, 5)
    const { main } = await night.refresh({ concurrency })
    expect(main.exitCode).toBe(0)
    const changes = night.changes()
    expect(changes.slice(0, 6)).toEqual(Array(6).fill(UPLOAD))
    if (concurrency === '1') expect(changes.slice(6)).toEqual(Array(6).fill([TAKE_OFF, ADD]).flat())
    else expect(tally(changes.slice(6))).toEqual({ [TAKE_OFF]: 6, [ADD]: 6 })
  },
)

test.concurrent('the second refresh of the same content finds nothing to do', async () => {
  await using night = await NightlyScene.open(3)
  night.change(0, 2)
  await night.refresh()
  const { main } = await night.refresh()
  expect(main.outputs).toMatchObject({ 'unchanged-count': '3', changed: 'false' })
})

test.concurrent('a dry run marks each line as add, replace, remove or unchanged, and changes nothing', async () => {
  await using night = await NightlyScene.open(4)
  const before = night.scene.emulator.snapshot()
  night.change(1)
  night.scene.workspace.write({ 'data/new.txt': 'n' })
  const more = { files: 'data\n!data/3.txt', prune: 'true', 'dry-run': 'true' }
  const { main } = await night.refresh(more)
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(main.stdout).toMatch(/Plan: mount 2 files .*; 2 files unchanged, 1 file replaced and 1 file removed/)
  expect(main.stdout).toMatch(/^ {2}add {8}"data\/new\.txt" → "\/mnt\/session\/uploads\/data\/new\.txt" \(1 byte\)$/m)
  expect(main.stdout).toMatch(/^ {2}replace {4}"data\/1\.txt" → "\/mnt\/session\/uploads\/data\/1\.txt" \(.*\)$/m)
  expect(main.stdout).toMatch(/^ {2}remove {5}"\/mnt\/session\/uploads\/data\/3\.txt"$/m)
  expect(main.stdout.match(/^ {2}unchanged {2}"data\/[02]\.txt" → /gm)).toHaveLength(2)
  const [, plan = ''] = /^::group::Plan\n(.*?)\n::endgroup::$/ms.exec(main.stdout) ?? []
  expect(plan.split('\n')).toHaveLength(1 + 5)
  expect(main.outputs).toMatchObject({ changed: 'false', 'replaced-count': '0' })
  expect(night.changes()).toEqual([])
  expect(night.scene.emulator.snapshot()).toEqual(before)
})

test.concurrent('post with cleanup: always takes off what tonight added, and leaves what last night mounted', async () => {
  await using night = await NightlyScene.open(3)
  night.change(1)
  night.scene.workspace.write({ 'data/new.txt': 'n' })
  const { main, post } = await night.refresh({ cleanup: 'always' })
  expect(main.outputs).toMatchObject({ 'added-count': '1', 'replaced-count': '1' })
  expect(annotations(post, 'warning')).toEqual([])
  expect(Object.keys(night.mounted())).toEqual(['/data/0.txt', '/data/2.txt'])
})

test.concurrent('a session by its id is refreshed like one by its name', async () => {
  await using night = await NightlyScene.open(3)
  night.change(2)
  const { 'session-name': _, ...rest } = NIGHTLY
  const main = await night.scene.main({ ...rest, 'session-id': night.sessionId })
  expect(main.outputs).toMatchObject({ 'replaced-count': '1', 'unchanged-count': '2' })
  expect(night.mounted()['/data/2.txt']).toBe(sha256('new content of 2'))
})
