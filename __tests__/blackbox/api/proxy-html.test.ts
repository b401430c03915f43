import { expect, test } from '@jest/globals'
import type { Fault } from '../../../emulator/emulator.ts'
import { errorOf } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'

const forEver = (kind: Fault['kind'], method: string, path: string): Fault => ({
  kind,
  match: { method, path },
  times: 99,
})

/** Which call meets the proxy, with what faults. Reads and uploads are tried five times, so they take seconds. */
const CASES: readonly (readonly [string, string, string])[] = [
  ['the upload', 'POST', '^/v1/files$'],
  ['the create', 'POST', '^/v1/sessions$'],
  ['the look at the session', 'GET', '^/v1/sessions/'],
]

test.concurrent.each(CASES)('a page instead of the reply to %s is shown for what it is', async (_, method, path) => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const target = method === 'GET' ? { 'session-id': await createSession(scene.emulator) } : {}
  scene.emulator.addFault(forEver('html', method, path))
  const main = await scene.main({ files: 'a.txt', ...target })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  const text = errorOf(main)
  expect(text).toMatch(new RegExp(`${method} /v1/`))
  expect(text).toMatch(/answered 200/)
  expect(text).toContain('text/html')
  expect(text).toContain('<!doctype html><html><title>Sign in')
  expect(text).toMatch(/proxy/)
  await scene.post(main)
  expect(scene.emulator.snapshot().files).toEqual([])
})

test.concurrent.each([
  ['other JSON', 'wrong-shape', '{"status":"ok"}', 'application/json'],
  ['no body', 'empty', 'an empty body', 'answered 200'],
  ['half a reply', 'truncated-json', '{"id":"file_', 'application/json'],
] as const)('%s instead of an upload is an error that shows it', async (_, kind, start, contentType) => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  scene.emulator.addFault(forEver(kind, 'POST', '^/v1/files$'))
  const main = await scene.main({ files: 'a.txt' })
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain('POST /v1/files: answered 200 with')
  expect(errorOf(main)).toContain(contentType)
  expect(errorOf(main)).toContain(start)
})
