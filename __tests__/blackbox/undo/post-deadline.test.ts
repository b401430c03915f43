import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@jest/globals'
import { annotations } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'

/** Timers of the process run out a hundred times as fast, so that minutes need not be waited for. */
const FASTER = `data:text/javascript,${encodeURIComponent(
  'const wait = setTimeout; globalThis.setTimeout = (act, ms, ...rest) => wait(act, ms / 100, ...rest)',
)}`
const nodeOptions = ['--import', FASTER]

/** Goes on with pages, each with another cursor, for one path; everything else is the service's. */
async function startEndless(service: string, path: string) {
  let pages = 0
  const server = createServer(async (request, response) => {
    if (request.method === 'GET' && request.url?.startsWith(path) === true) {
      pages++
      response.setHeader('content-type', 'application/json')
      setTimeout(() => response.end(JSON.stringify({ data: [], next_page: `page_${pages}` })), 20)
      return
    }
    const headers = request.headers as Record<string, string>
    const reply = await fetch(`${service}${request.url}`, { method: request.method ?? 'GET', headers })
    response.statusCode = reply.status
    response.setHeader('content-type', reply.headers.get('content-type') ?? '')
    response.end(await reply.text())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    pages: () => pages,
    [Symbol.dispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}

test.concurrent('a list without an end does not keep post from removing what it knows', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  const main = await scene.main({ files: '*.txt' })
  using endless = await startEndless(scene.emulator.url, '/v1/sessions?')
  const run = { ...(JSON.parse(main.state.run ?? '') as object), baseUrl: endless.url }
  const post = await scene.post({ ...main, state: { ...main.state, run: JSON.stringify(run) } }, {}, { nodeOptions })
  expect(post).toMatchObject({ exitCode: 0, stderr: '' })
  expect(annotations(post, 'warning')).toEqual([])
  expect(endless.pages()).toBeGreaterThan(0)
  expect(endless.pages()).toBeLessThan(10_000)
  expect(scene.emulator.snapshot()).toMatchObject({ files: [], sessions: [{ resources: [] }] })
})

test.concurrent('all of post ends at its one deadline, and names what it did not come to', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  const main = await scene.main({ files: '*.txt', 'cleanup-wait': '0' })
  // Not past the deadline, so that it is waited for.
  scene.emulator.addFault({ kind: 'status', status: 429, retryAfter: '200', match: { method: 'DELETE' }, times: 99 })
  const post = await scene.post(main, {}, { nodeOptions })
  expect(post).toMatchObject({ exitCode: 0, stderr: '' })
  const [warning = '', ...more] = annotations(post, 'warning')
  expect(more).toEqual([])
  expect(warning).toMatch(/^Could not remove 4 items that this step created:\n- .*timed out after 240 s/)
  for (const { id } of scene.uploads()) expect(warning).toContain(id)
})

test.concurrent('a run that only said something to a session created nothing: post asks nobody', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const main = await scene.main({ files: 'a.txt', cleanup: 'never' })
  const effect_1 = JSON.stringify({ kind: 'prompt', sessionId: main.outputs['session-id'], eventId: 'sevt_1' })
  const before = scene.sent().length
  const post = await scene.post({ ...main, state: { run: main.state.run ?? '', effect_1 } })
  expect(post.stdout).toContain('Nothing to remove: this step created nothing')
  expect(scene.sent()).toHaveLength(before)
})
