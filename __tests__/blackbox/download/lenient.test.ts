import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { contentOf, downloadStep } from '../../harness/download.ts'
import { jsonOutput, Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'

const SESSION = 'sesn_other'

/** Another server of the API, which answers by path; a text goes out as it is, anything else as JSON. */
async function serve(replies: Readonly<Record<string, unknown>>): Promise<{ url: string } & AsyncDisposable> {
  const server = createServer((request, response) => {
    const reply = replies[request.url?.split('?', 1)[0] ?? '']
    const refused = reply instanceof Error
    response.writeHead(refused ? Number(reply.cause ?? 400) : 200, { 'content-type': 'application/json' })
    response.end(
      refused
        ? JSON.stringify({ type: 'error', error: { type: 'invalid_request_error', message: reply.message } })
        : typeof reply === 'string'
          ? reply
          : JSON.stringify(reply),
    )
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await once(server.close(), 'close')
    },
  }
}

const list = (...data: readonly object[]) => ({
  [`/v1/sessions/${SESSION}`]: { id: SESSION },
  '/v1/files': { data },
})

test.concurrent('files without size, date, downloadable: tried; one that is not given out is left out with a note', async () => {
  await using scene = await Scene.open()
  await using server = await serve({
    ...list({ id: 'f-1', filename: 'a.txt' }, { id: 'f-2', filename: 'in.csv' }, { id: 'f-3' }, { no: 'file' }),
    '/v1/files/f-1/content': 'aaa',
    '/v1/files/f-2/content': new Error('File is not downloadable.'),
    '/v1/files/f-3/content': 'ccc',
  })
  const step = await downloadStep(scene, { 'base-url': server.url, 'session-id': SESSION })
  expect(step.exitCode).toBe(0)
  expect(contentOf(scene.workspace.path('session-outputs'))).toEqual({ 'a.txt': 'aaa', unnamed: 'ccc' })
  expect(annotations(step, 'notice')).toEqual([expect.stringContaining('"in.csv"')])
  expect(annotations(step, 'warning')).toEqual([expect.stringContaining('does not say whose files')])
  expect(jsonOutput(step, 'files')).toMatchObject([{ path: 'a.txt', size: 3 }, { path: 'unnamed' }])
})

test.concurrent.each([
  [404, 'File is not downloadable.'],
  [400, 'Bad id.'],
])(
  'a file that may be downloadable, and is not there or refused for another reason, is a failure: %i %s',
  async (status, message) => {
    await using scene = await Scene.open()
    await using server = await serve({
      ...list({ id: 'f-1', filename: 'a.txt', scope: { id: SESSION } }),
      '/v1/files/f-1/content': new Error(message, { cause: status }),
    })
    const step = await downloadStep(scene, { 'base-url': server.url, 'session-id': SESSION })
    expect(errorOf(step)).toContain('"a.txt" (f-1)')
  },
)

test.concurrent('a file that was said to be downloadable and is not given out is a failure', async () => {
  await using scene = await Scene.open()
  await using server = await serve({
    ...list({ id: 'f-1', filename: 'a.txt', downloadable: true, scope: { type: 'session', id: SESSION } }),
    '/v1/files/f-1/content': new Error('File is not downloadable.'),
  })
  const step = await downloadStep(scene, { 'base-url': server.url, 'session-id': SESSION })
  expect(errorOf(step)).toContain('"a.txt" (f-1)')
})

test.concurrent('a server that ignores the filter: only what is the session’s', async () => {
  await using scene = await Scene.open()
  const file = (id: string, scope: unknown) => ({ id, filename: `${id}.txt`, downloadable: true, size_bytes: 1, scope })
  await using server = await serve({
    ...list(file('own', { id: SESSION }), file('theirs', { id: 'sesn_2' }), file('free', null)),
    '/v1/files/own/content': 'o',
    '/v1/files/theirs/content': 't',
    '/v1/files/free/content': 'f',
  })
  const step = await downloadStep(scene, { 'base-url': server.url, 'session-id': SESSION })
  expect(contentOf(scene.workspace.path('session-outputs'))).toEqual({ 'own.txt': 'o' })
  expect(step.stdout).toContain('2 files, which belong to another session')
})

test.concurrent('a content of another length than was said is no success', async () => {
  await using scene = await Scene.open()
  await using server = await serve({
    ...list(
      { id: 'short', filename: 'short.txt', size_bytes: 10, downloadable: true, scope: { id: SESSION } },
      { id: 'long', filename: 'long.txt', size_bytes: 2, downloadable: true, scope: { id: SESSION } },
    ),
    '/v1/files/short/content': 'abc',
    '/v1/files/long/content': 'abc',
  })
  const step = await downloadStep(scene, { 'base-url': server.url, 'session-id': SESSION })
  expect(errorOf(step)).toContain('sent 3 bytes instead of 10')
  expect(errorOf(step)).toContain('sent at least 3 bytes instead of 2')
  expect(contentOf(scene.workspace.root)).toEqual({})
})

test.concurrent('a list that goes on without saying how is no success', async () => {
  await using scene = await Scene.open()
  await using server = await serve({ ...list(), '/v1/files': { data: [{ id: 'a' }], has_more: true, last_id: 'a' } })
  const step = await downloadStep(scene, { 'base-url': server.url, 'session-id': SESSION })
  expect(errorOf(step)).toContain('GET /v1/files')
  expect(step.outputs['downloaded-count']).toBe('0')
})

test.concurrent('ids with dashes, no next_page, names that are all the same', async () => {
  await using scene = await Scene.open({ lenient: { dashedIds: true, noNextPage: true, unnamedFiles: true } })
  const id = await createSession(scene.emulator)
  for (const content of ['a', 'b']) scene.emulator.addOutput(id, `${content}.txt`, content)
  const step = await downloadStep(scene, { 'session-id': id })
  expect(step.exitCode).toBe(0)
  expect(Object.keys(contentOf(scene.workspace.path('session-outputs'))).sort()).toEqual(['unnamed', 'unnamed (2)'])
})
