import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { startEmulator } from '../../emulator/emulator.ts'
import { DEVIATIONS } from '../../emulator/faults/deviation.ts'
import { sendSignal, startNode } from '../harness/signal.ts'

const MAIN = fileURLToPath(new URL('../../emulator/main.ts', import.meta.url))
const HEADERS = {
  'x-api-key': 'sk-ant-emulator',
  'anthropic-version': '2023-06-01',
  'anthropic-beta': 'managed-agents-2026-04-01',
}

const started = (...args: readonly string[]) => startNode([MAIN, ...args])

test('as a program: writes its URL, is steered over HTTP, ends cleanly when told to', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'emulator-'))
  const portFile = join(folder, 'url')
  const child = started('--port-file', portFile, '--store', 'disk')
  const [line] = await once(child.stdout, 'data')
  const url = /^emulator listening on (http:\/\/127\.0\.0\.1:\d+)\n/.exec(String(line))?.[1] ?? ''
  while (readable(portFile) !== `${url}\n`) await new Promise((resolve) => setTimeout(resolve, 5))

  const call = async (method: string, path: string, json?: object) =>
    JSON.parse(await (await fetch(url + path, { method, headers: HEADERS, body: JSON.stringify(json) })).text())
  const { id } = await call('POST', '/v1/sessions', { agent: 'agent_emulator', environment_id: 'env_emulator' })
  await call('POST', `/_emulator/sessions/${id}/status`, { status: 'running' })
  const refused = await call('DELETE', `/v1/sessions/${id}`)
  expect(refused.error.message).toContain('Cannot delete session')
  await call('POST', `/_emulator/sessions/${id}/outputs`, { filename: 'a.md', content: 'hi' })
  await call('POST', '/_emulator/faults', { kind: 'status', status: 529 })
  expect((await call('GET', '/v1/files')).error.type).toBe('overloaded_error')
  const journal = await call('GET', '/_emulator/journal')
  expect(journal.map(({ status }: { status: number }) => status)).toEqual([200, 400, 529])
  const { files } = await call('GET', '/_emulator/snapshot')
  expect(files).toMatchObject([{ filename: 'a.md', origin: 'output', downloadable: true }])
  await call('POST', '/_emulator/reset')
  expect(await call('GET', '/_emulator/snapshot')).toEqual({ files: [], sessions: [] })

  sendSignal(child, 'SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
  rmSync(folder, { recursive: true })
})

/** Runs the program until it ends by itself. */
async function run(...args: readonly string[]): Promise<{ readonly code: unknown; readonly text: string }> {
  const child = started(...args)
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk))
  const [code] = await once(child, 'close')
  return { code, text }
}

test('help names every option and every deviation', async () => {
  const { code, text } = await run('--help')
  expect(code).toBe(0)
  for (const name of ['--platform', '--agent-script', '--retry-after', ...Object.keys(DEVIATIONS)])
    expect(text).toContain(name)
})

test('a script is read from a file; one that is no script is refused', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'emulator-'))
  const [good, bad] = [join(folder, 'good.json'), join(folder, 'bad.json')]
  writeFileSync(good, '[{"act": "message", "text": "Hello"}, {"act": "idle"}]')
  writeFileSync(bad, '[{"act": "shout"}]')
  const refused = await run('--agent-script', bad)
  expect([refused.code, refused.text]).toEqual([1, expect.stringContaining(`--agent-script: ${bad}: acts.0.act`)])
  expect((await run('--retry-after', 'soon')).text).toContain('--retry-after: expected seconds')
  expect((await run('--platform', 'azure')).text).toContain('--platform: expected anthropic, aws, google-cloud')

  const child = started('--agent-script', good)
  const [line] = await once(child.stdout, 'data')
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(String(line))?.[0] ?? ''
  const call = async (method: string, path: string, json?: object) =>
    JSON.parse(await (await fetch(url + path, { method, headers: HEADERS, body: JSON.stringify(json) })).text())
  const { id } = await call('POST', '/v1/sessions', { agent: 'agent_emulator', environment_id: 'env_emulator' })
  const content = [{ type: 'text', text: 'Hi' }]
  await call('POST', `/v1/sessions/${id}/events`, { events: [{ type: 'user.message', content }] })
  while ((await call('GET', `/v1/sessions/${id}`)).status !== 'idle') await sleep(5)
  const events = await call('GET', `/v1/sessions/${id}/events?types[]=agent.message`)
  expect(events.data).toMatchObject([{ content: [{ text: 'Hello' }] }])
  sendSignal(child, 'SIGTERM')
  await once(child, 'exit')
  rmSync(folder, { recursive: true })
})

function readable(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

test('a slow line: bodies are read no faster than told, and a caller who gives up leaves nothing', async () => {
  const emulator = await startEmulator({ bytesPerSecond: 1_000_000, store: 'disk' })
  const upload = async (size: number, signal: AbortSignal | null = null) => {
    const form = new FormData()
    form.append('file', new File([new Uint8Array(size)], 'a.bin'))
    return fetch(`${emulator.url}/v1/files`, { method: 'POST', headers: HEADERS, body: form, signal })
  }
  const start = performance.now()
  expect((await upload(300_000)).status).toBe(200)
  expect(performance.now() - start).toBeGreaterThan(290)
  const caller = new AbortController()
  const given = expect(upload(5_000_000, caller.signal)).rejects.toThrow()
  // Only a request that has arrived can be given up there, and on a busy machine that takes its time.
  while (emulator.journal().length < 2) await sleep(10)
  caller.abort()
  await given
  expect(emulator.snapshot().files).toHaveLength(1)
  expect(emulator.journal().map(({ status }) => status)).toEqual([200, null])
  await emulator.close()
})
