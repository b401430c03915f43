import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { type Emulator, startEmulator } from '../../emulator/emulator.ts'
import { Talk } from './talk.ts'

let emulator: Emulator
let talk: Talk
const betas = ['managed-agents-2026-04-01' as const]

beforeAll(async () => {
  emulator = await startEmulator()
})
beforeEach(async () => {
  emulator.reset()
  talk = await Talk.open(emulator)
})
afterAll(() => emulator.close())

test('thousands of files are listed a thousand at a time', async () => {
  for (let n = 0; n < 5500; n++) emulator.addOutput(talk.id, `${n}.txt`, '')
  const names = new Set<string>()
  for await (const { filename } of talk.client.beta.files.list({ scope_id: talk.id, betas, limit: 1000 }))
    names.add(filename)
  expect(names.size).toBe(5500)
  expect(emulator.journal().filter(({ path }) => path === '/v1/files')).toHaveLength(6)
})

test('names are shown as the agent wrote them', async () => {
  const names = ['../../x', 'CON', 'a/b', '/etc/passwd', 'a\\b', 'a\u0000b\n\u001b[31m', 'same', 'same', 'e\u0301', '']
  for (const name of names) emulator.addOutput(talk.id, name, name)
  const { data } = await talk.client.beta.files.list({ scope_id: talk.id, betas })
  expect(data.map(({ filename }) => filename)).toEqual(names.toReversed())
  for (const { id, filename } of data) {
    expect((await talk.client.files.retrieveMetadata(id)).filename).toBe(filename)
    expect(await (await talk.client.files.download(id)).text()).toBe(filename)
  }
})

test('a large file is made while it is read', async () => {
  const sizeBytes = 40_000_001
  const id = emulator.addOutput(talk.id, 'large.bin', { sizeBytes })
  const response = await talk.client.files.download(id)
  expect(response.headers.get('content-length')).toBe(String(sizeBytes))
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of response.body ?? []) {
    hash.update(chunk)
    size += chunk.length
  }
  expect(size).toBe(sizeBytes)
  expect(emulator.snapshot().files).toMatchObject([{ size_bytes: sizeBytes, sha256: hash.digest('hex') }])
})

test('its download can break off half-way', async () => {
  const id = emulator.addOutput(talk.id, 'large.bin', { sizeBytes: 1_000_000 })
  emulator.addFault({ kind: 'reset-mid-reply', match: { path: '/content$' } })
  const response = await talk.client.files.download(id)
  let size = 0
  const read = async () => {
    for await (const chunk of response.body ?? []) size += chunk.length
  }
  await expect(read()).rejects.toThrow()
  expect(size).toBe(500_000)
})

test('over HTTP the agent writes text or bytes', async () => {
  const post = (body: object) =>
    fetch(`${emulator.url}/_emulator/sessions/${talk.id}/outputs`, { method: 'POST', body: JSON.stringify(body) })
  expect((await post({ filename: '../a', content: 'hi' })).status).toBe(200)
  expect((await post({ filename: 'b', sizeBytes: 7 })).status).toBe(200)
  expect((await post({ filename: 'c' })).status).toBe(400)
  expect(emulator.snapshot().files.map(({ filename, size_bytes }) => [filename, size_bytes])).toEqual([
    ['../a', 2],
    ['b', 7],
  ])
})
