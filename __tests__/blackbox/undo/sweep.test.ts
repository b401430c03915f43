import { expect, test } from '@jest/globals'
import { SEED_AGENT } from '../../../emulator/emulator.ts'
import { annotations } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'
import type { StepResult } from '../../harness/step.ts'
import { runUnmount } from '../../harness/unmount.ts'

const DAY_MS = 86_400_000
const SWEEP = { 'older-than': '2d', 'agent-id': SEED_AGENT } as const

/** A scene whose service can be in the past, where runs die before their post step. */
class PastScene {
  readonly scene: Scene
  readonly #clock: { offset: number }

  private constructor(scene: Scene, clock: { offset: number }) {
    this.scene = scene
    this.#clock = clock
  }

  static async open(): Promise<PastScene> {
    const clock = { offset: 0 }
    const scene = await Scene.open({ now: () => Date.now() + clock.offset })
    scene.workspace.write({ 'a.txt': 'a' })
    return new PastScene(scene, clock)
  }

  /** A run so many days ago that never came to its post step; returns the id of the session that it created. */
  async died(daysAgo: number, inputs: Readonly<Record<string, string>>, repository = 'octo/app'): Promise<string> {
    this.#clock.offset = -daysAgo * DAY_MS
    const env = { GITHUB_REPOSITORY: repository }
    const main = await this.scene.main({ files: 'a.txt', 'expires-in': '1h', ...inputs }, { env })
    this.#clock.offset = 0
    return main.outputs['session-id'] ?? ''
  }

  sweep(more: Readonly<Record<string, string>> = {}): Promise<StepResult> {
    return runUnmount(this.scene, { ...SWEEP, ...more })
  }

  /** The sessions that are there, and whether they are archived. */
  left(): Readonly<Record<string, boolean>> {
    return Object.fromEntries(this.scene.sessions().map(({ id, archived_at }) => [id, archived_at !== null]))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.scene[Symbol.asyncDispose]()
  }
}

test.concurrent('old sessions that dead runs of this repository meant to end are ended as they meant to', async () => {
  await using past = await PastScene.open()
  const toDelete = await past.died(3, { 'session-cleanup': 'delete' })
  const toArchive = await past.died(5, { 'session-cleanup': 'archive' })
  const toKeep = await past.died(4, { 'session-cleanup': 'keep' })
  const young = await past.died(1, { 'session-cleanup': 'delete' })
  const unmount = await past.sweep()
  expect(unmount).toMatchObject({ exitCode: 0, stderr: '', outputs: { 'removed-count': '2', 'left-count': '0' } })
  expect(past.left()).toEqual({ [toArchive]: true, [toKeep]: false, [young]: false })
  expect(past.scene.sessions().map(({ id }) => id)).not.toContain(toDelete)
  const again = await past.sweep()
  expect(again).toMatchObject({ exitCode: 0, outputs: { 'removed-count': '0', 'left-count': '0' } })
  expect(again.stdout).toContain('Nothing to remove')
})

test.concurrent('old uploads of dead runs go, but those that a run meant to stay, and those of other repositories', async () => {
  await using past = await PastScene.open()
  const runs: readonly (readonly [daysAgo: number, cleanup: string, repository?: string])[] = [
    [3, 'always'],
    [3, 'on-failure'],
    [3, 'never'],
    [1, 'always'],
    [3, 'always', 'octo/app2'],
  ]
  for (const [daysAgo, cleanup, repository] of runs) {
    await past.died(daysAgo, { cleanup, 'expires-in': '30d' }, repository)
  }
  const before = past.scene.uploads().map(({ id }) => id)
  const unmount = await past.sweep()
  expect(unmount).toMatchObject({ exitCode: 0, outputs: { 'removed-count': '1', 'left-count': '0' } })
  expect(past.scene.uploads().map(({ id }) => id)).toEqual(before.slice(1))
})

test.concurrent("another repository's sessions stay, also where the name begins alike", async () => {
  await using past = await PastScene.open()
  const ids: string[] = []
  for (const repository of ['octo/app2', 'octo/ap', 'other/octo/app', 'octo']) {
    ids.push(await past.died(3, { 'session-cleanup': 'delete' }, repository))
  }
  const unmount = await past.sweep()
  expect(unmount.outputs).toEqual({ 'removed-count': '0', 'left-count': '0' })
  expect(Object.keys(past.left()).sort()).toEqual(ids.sort())
})

test.concurrent('what others marked by hand, or made without a mark, stays', async () => {
  await using past = await PastScene.open()
  const kept = await past.died(3, { metadata: 'team=data\nsession=delete' })
  await past.sweep()
  expect(past.left()).toEqual({ [kept]: false })
})

test.concurrent('a session that still runs is left alone', async () => {
  await using past = await PastScene.open()
  const running = await past.died(3, { 'session-cleanup': 'delete' })
  const rescheduling = await past.died(3, { 'session-cleanup': 'archive' })
  past.scene.emulator.setSessionStatus(running, 'running')
  past.scene.emulator.setSessionStatus(rescheduling, 'rescheduling')
  const unmount = await past.sweep()
  expect(unmount).toMatchObject({ exitCode: 0, outputs: { 'removed-count': '0', 'left-count': '0' } })
  expect(past.left()).toEqual({ [running]: false, [rescheduling]: false })
  expect(past.scene.requests()).not.toContain('POST /v1/sessions/{sesn}/events')
})

test.concurrent("another agent's sessions are not looked at", async () => {
  await using past = await PastScene.open()
  past.scene.emulator.addAgent({ id: 'agent_other' })
  const other = await past.died(3, { 'session-cleanup': 'delete', 'agent-id': 'agent_other' })
  await past.sweep()
  expect(past.left()).toEqual({ [other]: false })
})

test.concurrent('a session that cannot be ended fails the step, and the others are ended', async () => {
  await using past = await PastScene.open()
  const stuck = await past.died(3, { 'session-cleanup': 'delete' })
  await past.died(3, { 'session-cleanup': 'delete' })
  const match = { method: 'DELETE', path: stuck }
  past.scene.emulator.addFault({ kind: 'status', status: 403, match, times: 99 })
  const unmount = await past.sweep()
  expect(unmount).toMatchObject({ exitCode: 1, outputs: { 'removed-count': '1', 'left-count': '1' } })
  expect(annotations(unmount, 'error').join()).toContain(stuck)
  expect(past.left()).toEqual({ [stuck]: false })
})

test.concurrent.each(['archive', 'delete'])('a dry run names the sessions that would be ended (%s)', async (end) => {
  await using past = await PastScene.open()
  const dead = await past.died(3, { 'session-cleanup': end })
  const before = past.scene.emulator.snapshot()
  const unmount = await past.sweep({ 'dry-run': 'true' })
  expect(unmount).toMatchObject({ exitCode: 0, outputs: { 'removed-count': '0' } })
  expect(annotations(unmount, 'notice')).toEqual([`Dry run: would remove ${dead}`])
  expect(past.scene.emulator.snapshot()).toEqual(before)
})

test.concurrent('a named session that others have mounted onto since is not swept up', async () => {
  await using past = await PastScene.open()
  const named = { 'session-name': 'Shared', 'session-cleanup': 'delete' }
  const id = await past.died(3, named)
  past.scene.workspace.write({ 'b.txt': 'b' })
  const main = await past.scene.main({ ...named, files: 'b.txt', cleanup: 'never', 'session-cleanup': 'keep' })
  expect(main.outputs['session-id']).toBe(id)
  await past.sweep()
  expect(past.left()).toEqual({ [id]: false })
})
