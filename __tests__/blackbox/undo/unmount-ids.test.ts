import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { mountedOn } from '../../harness/nightly.ts'
import { jsonOutput, Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'
import { runUnmount } from '../../harness/unmount.ts'

interface Mounted {
  readonly scene: Scene
  readonly id: string
  readonly resources: readonly string[]
  readonly uploads: readonly string[]
}

/** Three files on a session, kept by their mount step. */
async function openMounted(): Promise<Mounted> {
  const scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' })
  const id = await createSession(scene.emulator)
  const main = await scene.main({ files: '*.txt', cleanup: 'never', 'session-id': id })
  const resources = jsonOutput(main, 'resource-ids') as readonly string[]
  return { scene, id, resources, uploads: scene.uploads().map((upload) => upload.id) }
}

const FORMS: readonly (readonly [string, (ids: readonly string[]) => string])[] = [
  ['one a line', (ids) => `${ids.join('\n')}\n`],
  ['separated by commas', (ids) => ids.join(', ')],
  ['as a JSON array', (ids) => JSON.stringify(ids)],
  ['as a JSON array over lines', (ids) => JSON.stringify(ids, null, 2)],
]

test.concurrent.each(FORMS)('ids %s', async (_, write) => {
  const { scene, id, resources, uploads } = await openMounted()
  await using _scene = scene
  const inputs = { 'session-id': id, 'resource-ids': write(resources), 'upload-ids': write(uploads) }
  const unmount = await runUnmount(scene, inputs)
  expect(unmount).toMatchObject({ exitCode: 0, stderr: '', outputs: { 'removed-count': '6', 'left-count': '0' } })
  expect(mountedOn(scene, id)).toEqual({})
  expect(scene.uploads()).toEqual([])
  expect(scene.sessions()).toMatchObject([{ id, archived_at: null }])
})

test.concurrent('some ids: the rest stays; ids that are gone count as removed', async () => {
  const { scene, id, resources, uploads } = await openMounted()
  await using _ = scene
  const off = scene.mounted(id)['/mnt/session/uploads/b.txt']?.resourceId
  expect(resources).toContain(off)
  const some = { 'resource-ids': `${off}\nsesrsc_gone`, 'upload-ids': `${uploads[2]},file_gone` }
  const unmount = await runUnmount(scene, { 'session-id': id, ...some })
  expect(unmount).toMatchObject({ exitCode: 0, outputs: { 'removed-count': '4', 'left-count': '0' } })
  expect(Object.keys(mountedOn(scene, id))).toEqual(['/a.txt', '/c.txt'])
  expect(scene.uploads().map((upload) => upload.id)).toEqual(uploads.slice(0, 2))
})

test.concurrent.each(['archive', 'delete'])('a session alone, to %s', async (end) => {
  const { scene, id, uploads } = await openMounted()
  await using _ = scene
  const unmount = await runUnmount(scene, { 'session-id': id, 'session-cleanup': end })
  expect(unmount).toMatchObject({ exitCode: 0, stderr: '', outputs: { 'removed-count': '1', 'left-count': '0' } })
  expect(scene.sessions().map(({ archived_at }) => archived_at)).toEqual(end === 'delete' ? [] : [expect.any(String)])
  expect(scene.uploads()).toHaveLength(uploads.length)
})

test.concurrent('a running session is interrupted before it is ended', async () => {
  const { scene, id } = await openMounted()
  await using _ = scene
  scene.emulator.setSessionStatus(id, 'running')
  const inputs = { 'session-id': id, 'session-cleanup': 'delete', 'cleanup-wait': '0' }
  const unmount = await runUnmount(scene, inputs)
  expect(annotations(unmount, 'error')).toEqual([])
  expect(scene.sessions()).toEqual([])
  expect(scene.requests()).toContain('POST /v1/sessions/{sesn}/events')
})

type Inputs = Readonly<Record<string, string>>

const CONTRADICTIONS: readonly (readonly [string, Inputs, readonly RegExp[]])[] = [
  ['nothing at all', {}, [/- manifest: nothing to remove: set `manifest`, ids, `session-name`, or `older-than`/]],
  [
    'a session that is to be kept',
    { 'session-id': 'sesn_1' },
    [/- manifest: nothing to remove: .*`session-cleanup` to `archive`/],
  ],
  ['a manifest and ids', { manifest: 'm.json', 'upload-ids': 'file_1' }, [/- manifest: cannot be combined with ids/]],
  ['resources without their session', { 'resource-ids': 'sesrsc_1' }, [/- session-id: required for `resource-ids`/]],
  [
    'a sweep and ids, without an agent',
    { 'older-than': '2d', manifest: 'm.json', 'session-id': 'sesn_1', 'resource-ids': 'r', 'upload-ids': 'u' },
    [
      /- manifest: cannot be combined with `older-than`/,
      /- session-id: cannot be combined with `older-than`/,
      /- resource-ids: cannot be combined with `older-than`/,
      /- upload-ids: cannot be combined with `older-than`/,
      /- agent-id: required for `older-than`/,
    ],
  ],
  [
    'a sweep that is to end sessions its own way',
    sweep({ 'session-cleanup': 'delete' }),
    [/- session-cleanup: has no effect with `older-than`/],
  ],
  ['a sweep of everything', sweep({ 'older-than': '5m' }), [/- older-than: "5m" is not a time from `1h` to `90d`/]],
  [
    'values that are none',
    { 'upload-ids': 'a/b', 'session-id': '../x', 'cleanup-wait': '7h', 'dry-run': 'yes', 'session-cleanup': 'burn' },
    [/- upload-ids: "a\/b"/, /- session-id: /, /- cleanup-wait: "7h"/, /- dry-run: "yes"/, /- session-cleanup: "burn"/],
  ],
]

function sweep(more: Inputs): Inputs {
  return { 'older-than': '2d', 'agent-id': 'agent_1', ...more }
}

test.concurrent.each(CONTRADICTIONS)('%s: each problem is named, and nothing is sent', async (_, inputs, problems) => {
  await using scene = await Scene.open()
  const unmount = await runUnmount(scene, inputs)
  expect(unmount).toMatchObject({ exitCode: 1, stderr: '', outputs: { 'removed-count': '0', 'left-count': '0' } })
  for (const problem of problems) expect(errorOf(unmount)).toMatch(problem)
  expect(errorOf(unmount)).toContain('Nothing was sent.')
  expect(scene.emulator.journal()).toEqual([])
})

test.concurrent('a wrong key fails the step, and what is left is named', async () => {
  const { scene, id, resources, uploads } = await openMounted()
  await using _ = scene
  const ids = { 'resource-ids': resources.join(), 'upload-ids': uploads.join() }
  const unmount = await runUnmount(scene, { 'anthropic-api-key': 'sk-ant-wrong', 'session-id': id, ...ids })
  expect(unmount).toMatchObject({ exitCode: 1, outputs: { 'removed-count': '0', 'left-count': '6' } })
  for (const each of [...resources, ...uploads]) expect(errorOf(unmount)).toContain(each)
  expect(errorOf(unmount)).toContain('401')
  expect(Object.keys(mountedOn(scene, id))).toHaveLength(3)
})

test.concurrent('without a credential, `if-no-credentials: skip` takes nothing away, with a notice', async () => {
  await using scene = await Scene.open()
  const inputs = { 'anthropic-api-key': '', 'upload-ids': 'file_1' }
  const refused = await runUnmount(scene, inputs)
  expect(refused.exitCode).toBe(1)
  const skipped = await runUnmount(scene, { ...inputs, 'if-no-credentials': 'skip' })
  expect(skipped).toMatchObject({ exitCode: 0, outputs: { 'removed-count': '0', 'left-count': '0' } })
  expect(annotations(skipped, 'notice').join()).toContain('nothing is removed')
})
