import Anthropic, { toFile } from '@anthropic-ai/sdk'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type Emulator, type FaultKind, startEmulator } from '../../emulator/emulator.ts'
import { RateGate } from '../../emulator/http/rate-limit.ts'

let emulator: Emulator
let client: Anthropic

beforeAll(async () => {
  emulator = await startEmulator()
  client = new Anthropic({ apiKey: emulator.apiKey, baseURL: emulator.url, maxRetries: 0 })
})
beforeEach(() => emulator.reset())
afterAll(() => emulator.close())

const upload = (signal?: AbortSignal) => client.files.upload({ file: new File(['hello'], 'a.txt') }, { signal })

/** What a caller sees: the status and type of the reply, or the class of the error. */
async function outcome(signal?: AbortSignal): Promise<string> {
  return upload(signal)
    .asResponse()
    .then(
      async (reply) => `${reply.status} ${reply.headers.get('content-type')} ${await body(reply)}`,
      (error: Error & { status?: number }) => `${error.constructor.name} ${error.status ?? ''}`.trim(),
    )
}

/** Aborts once the emulator has the file. */
function onceUploaded(): AbortSignal {
  const caller = new AbortController()
  const polling = setInterval(() => {
    if (emulator.snapshot().files.length === 0) return
    clearInterval(polling)
    caller.abort()
  }, 5)
  return caller.signal
}

async function body(reply: Response): Promise<string> {
  const text = await reply.text().catch(() => undefined)
  if (text === undefined) return 'cut'
  if (text === '') return 'empty'
  try {
    return 'id' in JSON.parse(text) ? 'good' : 'other'
  } catch {
    return 'unreadable'
  }
}

describe('each kind, as a client sees it and as the server stands after it', () => {
  test.each<[FaultKind, string, number, number | null]>([
    ['refuse', 'APIConnectionError', 0, null],
    ['reset-before-read', 'APIConnectionError', 0, null],
    ['reset-after-commit', 'APIConnectionError', 1, null],
    ['reset-mid-reply', '200 application/json cut', 1, null],
    ['never-answer', 'APIUserAbortError', 1, null],
    ['slow', '200 application/json good', 1, 200],
    ['status', 'ServiceUnavailableError 503', 0, 503],
    ['html', '200 text/html; charset=utf-8 unreadable', 0, 200],
    ['empty', '200 application/json empty', 1, 200],
    ['truncated-json', '200 application/json unreadable', 1, 200],
    ['wrong-shape', '200 application/json other', 1, 200],
    ['duplicate', '200 application/json good', 2, 200],
  ])('%s', async (kind, seen, files, journaled) => {
    emulator.addFault({ kind, match: { method: 'POST', path: '^/v1/files$' }, delayMs: 50 })
    expect(await outcome(kind === 'never-answer' ? onceUploaded() : undefined)).toBe(seen)
    expect(emulator.snapshot().files).toHaveLength(files)
    expect(emulator.journal()).toMatchObject([{ n: 1, status: journaled, fault: kind }])
    expect(await outcome()).toBe('200 application/json good')
  })
})

test('a status comes with its envelope, or as a proxy would send it', async () => {
  emulator.addFault({ kind: 'status', status: 429, retryAfter: '7' })
  emulator.addFault({ kind: 'status', status: 502, envelope: false, nth: 2 })
  const limited = await upload().catch((error: unknown) => error)
  expect(limited).toMatchObject({ status: 429, type: 'rate_limit_error' })
  expect(limited instanceof Anthropic.APIError && limited.headers?.get('retry-after')).toBe('7')
  const proxied = await fetch(`${emulator.url}/v1/files`)
  expect([proxied.status, await proxied.text()]).toEqual([502, 'Injected fault'])
})

test('the nth matching request is struck, as often as asked', async () => {
  emulator.addFault({ kind: 'status', nth: 2, times: 2, match: { path: 'files' } })
  const seen = []
  for (let n = 0; n < 5; n++) {
    await fetch(`${emulator.url}/v1/other`)
    seen.push(await outcome())
  }
  const [good, bad] = ['200 application/json good', 'ServiceUnavailableError 503']
  expect(seen).toEqual([good, bad, bad, good, good])
})

test('a rate limit answers 429 and says when to come back', async () => {
  const limited = await startEmulator({ rateLimit: { requests: 2, perSeconds: 60 } })
  const headers = { 'x-api-key': limited.apiKey, 'anthropic-version': '2023-06-01' }
  const replies = [1, 2, 3].map(() => fetch(`${limited.url}/v1/files`, { headers }))
  const statuses = (await Promise.all(replies)).map(({ status, headers }) => [status, headers.get('retry-after')])
  await limited.close()
  expect(statuses.toSorted()).toEqual([
    [200, null],
    [200, null],
    [429, expect.stringMatching(/^(60|[345]\d)$/)],
  ])
})

test.each([
  ['seconds', /^(60|[345]\d)$/, Number],
  ['fraction', /^([345]\d\.\d{3}|60\.000)$/, Number],
  ['http-date', /^\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT$/, (text: string) => (Date.parse(text) - Date.now()) / 1000],
] as const)('a refusal says when to come back as %s', async (retryAfterForm, form, secondsOf) => {
  const limited = await startEmulator({ rateLimit: { requests: 1, perSeconds: 60, retryAfterForm } })
  const headers = { 'x-api-key': limited.apiKey, 'anthropic-version': '2023-06-01' }
  const call = () => fetch(`${limited.url}/v1/files`, { headers })
  await call()
  const text = (await call()).headers.get('retry-after') ?? ''
  await limited.close()
  expect(text).toMatch(form)
  const seconds = secondsOf(text)
  expect(seconds).toBeGreaterThan(30)
  expect(seconds).toBeLessThan(62)
})

test('a limit of thousands lets exactly that many pass', () => {
  const gate = new RateGate({ requests: 5000, perSeconds: 3600 })
  for (let n = 0; n < 5000; n++) gate.pass()
  expect(() => gate.pass()).toThrow('rate limit')
  gate.clear()
  expect(() => gate.pass()).not.toThrow()
})

test('closing cuts a caller who still waits', async () => {
  const closing = await startEmulator({ latencyMs: 60_000 })
  const waiting = fetch(`${closing.url}/v1/files`).catch(() => 'cut')
  await new Promise((resolve) => setTimeout(resolve, 50))
  await closing.close()
  expect(await waiting).toBe('cut')
})

test('a disk store keeps the bytes while a file is made of them', async () => {
  const { existsSync, readFileSync } = await import('node:fs')
  const disk = await startEmulator({ store: 'disk' })
  const owner = new Anthropic({ apiKey: disk.apiKey, baseURL: disk.url, maxRetries: 0 })
  const { id } = await owner.files.upload({ file: await toFile(Buffer.from('hello'), 'a.txt') })
  const path = disk.snapshot().files[0]?.path ?? ''
  expect(readFileSync(path, 'utf8')).toBe('hello')
  await owner.files.delete(id)
  expect(existsSync(path)).toBe(false)
  await disk.close()
})

test('lenient: the deviations of other servers', async () => {
  const lenient = { addAnswers201: true, dashedIds: true, noUpdatedAt: true, noNextPage: true, emptyResources: true }
  const other = await startEmulator({ lenient: { ...lenient, resourceDeleted: true } })
  const owner = new Anthropic({ apiKey: other.apiKey, baseURL: other.url, maxRetries: 0 })
  const file = await owner.files.upload({ file: await toFile(Buffer.from('x'), 'a.txt') })
  const session = await owner.beta.sessions.create({ agent: 'agent_emulator', environment_id: 'env_emulator' })
  const params = { type: 'file', file_id: file.id } as const
  const { data: added, response } = await owner.beta.sessions.resources.add(session.id, params).withResponse()
  expect(response.status).toBe(201)
  expect(added.id).toMatch(/^sesrsc-/)
  expect(added).not.toHaveProperty('updated_at')
  expect((await owner.beta.sessions.retrieve(session.id)).resources).toEqual([])
  const listed = await owner.beta.sessions.resources.list(session.id)
  expect([listed.data.length, listed.next_page ?? 'none']).toEqual([1, 'none'])
  const deleted = await owner.beta.sessions.resources.delete(added.id, { session_id: session.id })
  expect(deleted.type).toBe('resource_deleted')
  await other.close()
})
