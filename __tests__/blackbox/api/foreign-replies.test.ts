import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { type Change, changeJson, Gateway } from '../../harness/gateway.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'

const SESSIONS = /^(POST|GET) \/v1\/sessions$/
const UPLOAD = /^POST \/v1\/files$/
const RESOURCES = /^GET \/v1\/sessions\/[^/]+\/resources$/

async function openBehind(change: Change) {
  const scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const gateway = await Gateway.start(scene.emulator.url, change)
  return {
    scene,
    job: (inputs: Readonly<Record<string, string>> = {}) =>
      scene.job({ files: 'a.txt', 'base-url': gateway.url, ...inputs }),
    async [Symbol.asyncDispose]() {
      await Promise.all([gateway[Symbol.asyncDispose](), scene[Symbol.asyncDispose]()])
    },
  }
}

const NO_IDS = ['..', '.', 'x; touch y #$(id)', '__proto__', 'a/b', `file_${'x'.repeat(124)}`, 'file_ü', 'a?b']

test.concurrent.each(NO_IDS)('an upload that is answered with the id %j: refused, and sent once', async (id) => {
  await using behind = await openBehind(changeJson(UPLOAD, (json) => ({ ...json, id })))
  const { main, post } = await behind.job()
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toMatch(/POST \/v1\/files: answered 200 .*not a valid id/)
  const sent = behind.scene.requests()
  expect(sent.filter((line) => line.startsWith('POST'))).toEqual(['POST /v1/files'])
  // Of the upload itself, which the list of files has by its name.
  expect(sent.filter((line) => line.startsWith('DELETE'))).toEqual(['DELETE /v1/files/{file}'])
  expect(behind.scene.uploads()).toEqual([])
  expect(Object.values(main.state).join()).not.toContain(JSON.stringify(id))
  expect(annotations(post, 'warning').join()).not.toContain(`files/${id}`)
})

test.concurrent.each([
  [
    'a created session, also where it is looked for',
    SESSIONS,
    (json: { data?: object[] }) => ({ ...json, id: '..', data: json.data?.map((each) => ({ ...each, id: '..' })) }),
    {},
  ],
  [
    'a resource of a list',
    RESOURCES,
    (json: { data?: object[] }) => ({ ...json, data: json.data?.map((each) => ({ ...each, id: '..' })) }),
    { existing: true },
  ],
  [
    'the copy of a file',
    RESOURCES,
    (json: { data?: object[] }) => ({ ...json, data: json.data?.map((each) => ({ ...each, file_id: '../x' })) }),
    { existing: true },
  ],
] as const)('%s with an id that is none: the reply is refused', async (_, request, change, more) => {
  await using behind = await openBehind(changeJson(request, change))
  const id = await createSession(behind.scene.emulator, { files: { '/theirs.txt': 't' } })
  const { main } = await behind.job('existing' in more ? { 'session-id': id } : {})
  expect(main.exitCode).toBe(1)
  expect(errorOf(main)).toContain('not a valid id')
  expect(behind.scene.requests().filter((line) => line.includes('..'))).toEqual([])
})

test.concurrent.each([
  ['the same cursor for ever', () => 'again', /the same page twice/],
  ['a new cursor for ever', (n: number) => `page-${n}`, /more than 10,000 pages/],
])('a list with %s ends with an error that says so', async (_, cursor, text) => {
  let pages = 0
  await using behind = await openBehind((exchange) =>
    RESOURCES.test(`${exchange.method} ${exchange.target.replace(/\?.*/, '')}`)
      ? { status: 200, body: JSON.stringify({ data: [], next_page: cursor(pages++) }) }
      : undefined,
  )
  const id = await createSession(behind.scene.emulator)
  const { main } = await behind.job({ 'session-id': id, 'timeout-minutes': '5' })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toMatch(/GET \/v1\/sessions\/[^/]+\/resources/)
  expect(errorOf(main)).toMatch(text)
  expect(pages).toBeLessThanOrEqual(10_001)
})

/** Spaces are valid before any JSON. */
function* endless(): Generator<string> {
  for (;;) yield ' '.repeat(256 * 1024)
}

test.concurrent.each([
  ['success', 200, /POST \/v1\/files: answered 200 with application\/json.*more than 32 MB/],
  ['refusal', 400, /POST \/v1\/files: 400/],
] as const)('an endless body of a %s ends with a clear error', async (_, status, text) => {
  let sent = 0
  function* counted() {
    for (const chunk of endless()) {
      sent += chunk.length
      yield chunk
    }
  }
  await using behind = await openBehind(({ method, target }) =>
    `${method} ${target}` === 'POST /v1/files' ? { status, body: counted() } : undefined,
  )
  const { main } = await behind.job({ 'timeout-minutes': '2' })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toMatch(text)
  expect(errorOf(main).length).toBeLessThan(2000)
  expect(sent).toBeLessThan(64_000_000)
})

test.concurrent('a long refusal is read up to its limit, and its start is shown', async () => {
  await using behind = await openBehind(({ method, target }) =>
    `${method} ${target}` === 'POST /v1/files'
      ? { status: 400, headers: { 'content-type': 'text/plain' }, body: `no way ${'x'.repeat(1_000_000)}` }
      : undefined,
  )
  const { main } = await behind.job()
  expect(errorOf(main)).toContain('400: no way xxx')
  expect(errorOf(main).length).toBeLessThan(1000)
})
