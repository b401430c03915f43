import { expect, test } from '@jest/globals'
import type { Act } from '../../../emulator/emulator.ts'
import { annotations } from '../../harness/annotation.ts'
import { contentOf, downloadStep } from '../../harness/download.ts'
import { Scene } from '../../harness/scene.ts'
import { archiveSession, createSession } from '../../harness/service.ts'

/** A session whose agent has been told something; the turn goes on while the test does. */
async function running(scene: Scene, turn: readonly Act[]): Promise<string> {
  scene.emulator.scriptAgent({ turns: [turn] })
  const id = await createSession(scene.emulator)
  const response = await fetch(`${scene.emulator.url}/v1/sessions/${id}/events`, {
    method: 'POST',
    headers: {
      'x-api-key': scene.emulator.apiKey,
      'anthropic-version': '2023-06-01',
      'anthropic-beta': 'managed-agents-2026-04-01',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ events: [{ type: 'user.message', content: [{ type: 'text', text: 'go' }] }] }),
  })
  expect(response.status).toBe(200)
  return id
}

const lists = (scene: Scene) => scene.requests().filter((request) => request === 'GET /v1/files').length

test.concurrent('a file that is listed late is waited for', async () => {
  await using scene = await Scene.open()
  const late: Act = { act: 'output-file', filename: 'late.txt', content: 'late', indexingLagMs: 4_000 }
  const id = await running(scene, [late, { act: 'idle' }])
  const step = await downloadStep(scene, { 'session-id': id, 'settle-timeout': '20s' })
  expect(step.exitCode).toBe(0)
  expect(contentOf(scene.workspace.path('session-outputs'))).toEqual({ 'late.txt': 'late' })
  expect(annotations(step, 'warning')).toEqual([])
})

test.concurrent('a pattern without a file is waited for, though others are there', async () => {
  await using scene = await Scene.open()
  const id = await running(scene, [
    { act: 'output-file', filename: 'a.txt', content: 'a' },
    { act: 'output-file', filename: 'late.csv', content: 'late', indexingLagMs: 4_000 },
    { act: 'idle' },
  ])
  const inputs = { 'session-id': id, 'settle-timeout': '20s', patterns: '*.txt\n*.csv' }
  const step = await downloadStep(scene, inputs)
  expect(step.outputs['downloaded-count']).toBe('2')
})

test.concurrent('an idle session with all its files: two lists, no more', async () => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator)
  scene.emulator.addOutput(id, 'a.txt', 'a')
  const step = await downloadStep(scene, { 'session-id': id, 'settle-timeout': '10m' })
  expect(step.outputs['downloaded-count']).toBe('1')
  expect(lists(scene)).toBe(2)
})

test.concurrent('a session that still runs when the time is over: what is there, and a warning', async () => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator)
  scene.emulator.addOutput(id, 'a.txt', 'a')
  scene.emulator.setSessionStatus(id, 'running')
  const step = await downloadStep(scene, { 'session-id': id, 'settle-timeout': '3s' })
  expect(step.exitCode).toBe(0)
  expect(step.outputs['downloaded-count']).toBe('1')
  expect(annotations(step, 'warning')).toEqual([expect.stringContaining('The session is running')])
  expect(lists(scene)).toBeGreaterThan(1)
})

test.concurrent.each(['terminated', 'archived'])('a session that is %s gives its files', async (state) => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator)
  scene.emulator.addOutput(id, 'a.txt', 'a')
  if (state === 'archived') await archiveSession(scene.emulator, id)
  else scene.emulator.setSessionStatus(id, 'terminated')
  const step = await downloadStep(scene, { 'session-id': id, 'settle-timeout': '20s' })
  expect(step.outputs['downloaded-count']).toBe('1')
  expect(annotations(step, 'warning')).toEqual([])
})
