import { expect, test } from '@jest/globals'
import type { Fault } from '../../../emulator/emulator.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { contentOf, downloadStep } from '../../harness/download.ts'
import { jsonOutput, Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'
import { sendSignal } from '../../harness/signal.ts'

const CONTENT = 'x'.repeat(200_000)

const atContent = (fault: Omit<Fault, 'match'>): Fault => ({ ...fault, match: { path: '/content$' } })

test.concurrent.each<Omit<Fault, 'match'>>([
  { kind: 'reset-mid-reply' },
  { kind: 'reset-before-read' },
  { kind: 'empty' },
  { kind: 'html' },
  { kind: 'status', status: 503 },
])('a download that goes wrong once is repeated as a whole: %j', async (fault) => {
  await using scene = await Scene.open({ faults: [atContent(fault)] })
  const id = await createSession(scene.emulator)
  scene.emulator.addOutput(id, 'a.txt', CONTENT)
  const step = await downloadStep(scene, { 'session-id': id })
  expect(step).toMatchObject({ exitCode: 0, stderr: '' })
  expect(contentOf(scene.workspace.root)).toEqual({ 'session-outputs/a.txt': CONTENT })
  expect(scene.requests().filter((request) => request.endsWith('/content'))).toHaveLength(2)
})

test.concurrent('a file that cannot be downloaded fails the step; the others are there, and no half one', async () => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator)
  const [, bad] = ['a.txt', 'b.txt', 'c.txt'].map((name) => scene.emulator.addOutput(id, name, CONTENT))
  scene.emulator.addFault({
    kind: 'status',
    status: 404,
    message: 'gone\n::error::x',
    match: { path: `/${bad}/content$` },
    times: 99,
  })
  const step = await downloadStep(scene, { 'session-id': id, concurrency: '1' })
  expect(step.exitCode).toBe(1)
  expect(errorOf(step)).toContain(
    `1 file could not be downloaded:\n- "b.txt" (${bad}): GET /v1/files/${bad}/content: 404`,
  )
  expect(contentOf(scene.workspace.path('session-outputs'))).toEqual({ 'a.txt': CONTENT, 'c.txt': CONTENT })
  expect(jsonOutput(step, 'files')).toMatchObject([{ path: 'a.txt' }, { path: 'c.txt' }])
  expect(step.outputs['downloaded-count']).toBe('2')
  expect(step.summary).toContain('CAUTION')
})

test.concurrent('a download that breaks off every time leaves no file', async () => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator)
  scene.emulator.addOutput(id, 'a.txt', CONTENT)
  scene.emulator.addFault(atContent({ kind: 'reset-mid-reply', times: 99 }))
  const step = await downloadStep(scene, { 'session-id': id })
  expect(errorOf(step)).toContain('"a.txt"')
  expect(contentOf(scene.workspace.root)).toEqual({})
})

test.concurrent('a file is asked for five times', async () => {
  await using scene = await Scene.open({ faults: [atContent({ kind: 'reset-mid-reply', times: 99 })] })
  const id = await createSession(scene.emulator)
  scene.emulator.addOutput(id, 'a.txt', CONTENT)
  const step = await downloadStep(scene, { 'session-id': id })
  expect(step.exitCode).toBe(1)
  expect(scene.requests().filter((request) => request.endsWith('/content'))).toHaveLength(5)
})

test.concurrent('timeout-minutes: what is there when the time is over, and no half file', async () => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator)
  scene.emulator.addOutput(id, 'a.txt', 'a')
  const late = scene.emulator.addOutput(id, 'b.txt', 'b')
  scene.emulator.addFault({ kind: 'never-answer', match: { path: `/${late}/content$` } })
  const step = await downloadStep(scene, { 'session-id': id, 'timeout-minutes': '0.05' })
  expect(errorOf(step)).toContain('`timeout-minutes: 0.05`')
  expect(step.outputs['downloaded-count']).toBe('1')
  expect(contentOf(scene.workspace.root)).toEqual({ 'session-outputs/a.txt': 'a' })
})

test.concurrent('a key that is refused half-way: the rest is not tried, the outputs say how far', async () => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator)
  for (let index = 0; index < 20; index++) scene.emulator.addOutput(id, `${index + 10}.txt`, 'x')
  scene.emulator.addFault(atContent({ kind: 'status', status: 401, nth: 3, times: 99 }))
  const step = await downloadStep(scene, { 'session-id': id, concurrency: '1' })
  expect(errorOf(step)).toMatch(/^1 file could not be downloaded:\n[\s\S]*17 more files were not tried[\s\S]*refused/)
  expect(step.outputs['downloaded-count']).toBe('2')
})

test.concurrent('a cancelled step leaves no half file', async () => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator)
  scene.emulator.addOutput(id, 'a.txt', CONTENT)
  scene.emulator.addFault(atContent({ kind: 'never-answer' }))
  const step = await downloadStep(
    scene,
    { 'session-id': id },
    {
      onStart: async (child) => {
        while (!scene.requests().some((request) => request.endsWith('/content')) && child.exitCode === null)
          await new Promise((resolve) => setTimeout(resolve, 20))
        sendSignal(child, 'SIGINT')
      },
    },
  )
  expect(step.exitCode).toBe(1)
  expect(errorOf(step)).toContain('cancelled')
  expect(contentOf(scene.workspace.root)).toEqual({})
})

test.concurrent('the list cannot be fetched: an error, valid outputs', async () => {
  await using scene = await Scene.open()
  const id = await createSession(scene.emulator)
  scene.emulator.addFault({ kind: 'status', status: 403, match: { path: '^/v1/files$' }, times: 99 })
  const step = await downloadStep(scene, { 'session-id': id })
  expect(step).toMatchObject({ exitCode: 1, outputs: { files: '[]', 'downloaded-count': '0' } })
  expect(errorOf(step)).toContain('GET /v1/files')
  expect(annotations(step, 'error')).toHaveLength(1)
})
