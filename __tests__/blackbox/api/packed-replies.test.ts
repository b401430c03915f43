import { readFileSync } from 'node:fs'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { downloadStep } from '../../harness/download.ts'
import { Gateway } from '../../harness/gateway.ts'
import { Scene } from '../../harness/scene.ts'
import { createSession } from '../../harness/service.ts'

const PACKERS = [
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['deflate', deflateSync],
  // What RFC 9110 calls a mistake of some servers.
  ['deflate', deflateRawSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
  ['GZIP', gzipSync],
  ['identity', (body: Buffer) => body],
  ['gzip, br', (body: Buffer) => brotliCompressSync(gzipSync(body))],
] as const

async function openScene(): Promise<Scene> {
  const scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  return scene
}

test.concurrent.each(PACKERS)('a gateway that packs replies unasked (%s, %p) is understood', async (encoding, pack) => {
  await using scene = await openScene()
  await using gateway = await Gateway.start(scene.emulator.url, ({ body }) => ({
    headers: { 'content-encoding': encoding },
    body: pack(body),
  }))
  const { main, post } = await scene.job({ files: '*.txt', 'base-url': gateway.url, 'session-cleanup': 'delete' })
  expect(annotations(main, 'error')).toEqual([])
  expect(main.outputs['mounted-count']).toBe('2')
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
  expect(scene.sent().filter(({ method, path }) => `${method} ${path}` === 'POST /v1/files')).toHaveLength(2)
})

test.concurrent('a refusal is unpacked too', async () => {
  await using scene = await openScene()
  scene.emulator.addFault({ kind: 'status', status: 400, message: 'in so many words' })
  await using gateway = await Gateway.start(scene.emulator.url, ({ body }) => ({
    headers: { 'content-encoding': 'gzip' },
    body: gzipSync(body),
  }))
  const main = await scene.main({ files: '*.txt', concurrency: '1', 'base-url': gateway.url })
  expect(errorOf(main)).toContain('400 invalid_request_error: in so many words')
})

test.concurrent('what unpacks to more than the limit is refused; memory stays bounded', async () => {
  const bomb = gzipSync(Buffer.alloc(400_000_000, ' '), { level: 9 })
  await using scene = await openScene()
  await using gateway = await Gateway.start(scene.emulator.url, () => ({
    headers: { 'content-encoding': 'gzip' },
    body: bomb,
  }))
  const inputs = { files: 'a.txt', 'base-url': gateway.url }
  const main = await scene.main(inputs, { nodeOptions: ['--max-old-space-size=120'] })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toMatch(/more than 32 MB/)
})

test.concurrent.each([
  ['a body that is not what it is called', 'gzip', /POST \/v1\/files: .*gzip/],
  ['a packing that nobody knows', 'lzw-9', /POST \/v1\/files: .*lzw-9/],
])('%s: an error that says so', async (_, encoding, text) => {
  await using scene = await openScene()
  await using gateway = await Gateway.start(scene.emulator.url, () => ({ headers: { 'content-encoding': encoding } }))
  const main = await scene.main({ files: 'a.txt', 'base-url': gateway.url })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toMatch(text)
})

test.concurrent.each(['gzip', 'br', 'zstd', 'deflate'])(
  'an empty body that is called packed (%s): an error that says so',
  async (coding) => {
    await using scene = await openScene()
    await using gateway = await Gateway.start(scene.emulator.url, () => ({
      headers: { 'content-encoding': coding },
      body: '',
    }))
    const main = await scene.main({ files: 'a.txt', 'base-url': gateway.url })
    expect(main).toMatchObject({ exitCode: 1, stderr: '' })
    expect(errorOf(main)).toContain(
      `POST /v1/files: no answer (Z_BUF_ERROR: unpacking ${coding}: unexpected end of file)`,
    )
  },
)

test.concurrent('a download that is packed on the way is written as it was', async () => {
  await using scene = await openScene()
  const id = await createSession(scene.emulator)
  const content = 'line of a report\n'.repeat(50_000)
  scene.emulator.addOutput(id, 'report.txt', content)
  await using gateway = await Gateway.start(scene.emulator.url, ({ body }) => ({
    headers: { 'content-encoding': 'gzip' },
    body: gzipSync(body),
  }))
  const step = await downloadStep(scene, { 'session-id': id, 'base-url': gateway.url })
  expect(annotations(step, 'error')).toEqual([])
  expect(readFileSync(scene.workspace.path('session-outputs/report.txt'), 'utf8')).toBe(content)
})
