import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Emulator, startEmulator } from '../../emulator/emulator.ts'

const run = promisify(execFile)

let emulator: Emulator
let folder: string

beforeAll(async () => {
  emulator = await startEmulator()
  folder = mkdtempSync(join(tmpdir(), 'seeds-'))
  writeFileSync(join(folder, 'data.csv'), 'a,b\n1,2\n')
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await emulator.close()
})

/** The documents name the variables and leave it to the reader to set them. */
const PRELUDE = `set -euo pipefail
auth=(-H "x-api-key: $ANTHROPIC_API_KEY" -H 'anthropic-version: 2023-06-01' -H 'anthropic-beta: managed-agents-2026-04-01')
`

/** Runs the document's commands as they stand, but for the host. */
async function bash(document: string, variables: Record<string, string> = {}): Promise<string> {
  const commands = readFileSync(new URL(document, import.meta.url), 'utf8')
  const script = PRELUDE + commands.replaceAll('https://api.anthropic.com', emulator.url)
  const env = { PATH: process.env.PATH, ANTHROPIC_API_KEY: emulator.apiKey, ...variables }
  const { stdout } = await run('bash', ['-c', script], { cwd: folder, env })
  return stdout
}

const ids = { agent_id: 'agent_emulator', environment_id: 'env_emulator' }

test('"Adding files": upload, create with a resource, add, list, delete', async () => {
  const output = await bash('adding-files.sh', { base_url: `${emulator.url}/v1`, ...ids })
  const [uploaded, added, ...listed] = output.trim().split('\n')
  const { files, sessions } = emulator.snapshot()
  expect(uploaded).toBe(`File ID: ${files.find(({ origin }) => origin === 'upload')?.id}`)
  expect(listed).toEqual([expect.stringMatching(/^sesrsc_\w+ file$/), `${added} file`])
  expect(sessions[0]?.resources).toMatchObject([{ mount_path: '/mnt/session/uploads/workspace/data.csv' }])
})

test('"List Session Resources"', async () => {
  const [session] = emulator.snapshot().sessions
  const output = await bash('list-resources.sh', { SESSION_ID: session?.id ?? '' })
  expect(JSON.parse(output)).toEqual({ data: session?.resources, next_page: null })
})

test('files of a session, and the download of one that the agent wrote', async () => {
  const [session] = emulator.snapshot().sessions
  const FILE_ID = emulator.addOutput(session?.id ?? '', 'result.txt', 'done')
  const output = await bash('session-files.sh', { FILE_ID })
  expect(JSON.parse(output)).toEqual({ data: [], has_more: false, first_id: null, last_id: null })
  expect(readFileSync(join(folder, 'output.txt'), 'utf8')).toBe('done')
})
