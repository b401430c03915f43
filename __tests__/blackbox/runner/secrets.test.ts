import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import type { Fault } from '../../../emulator/emulator.ts'
import { Scene } from '../../harness/scene.ts'
import type { StepResult } from '../../harness/step.ts'

const CANARY = 'sk-ant-api03-c4n4ry_AbC-dEf0123456789'
const DEBUG = { env: { RUNNER_DEBUG: '1', ACTIONS_STEP_DEBUG: 'true' } }

/** Everything that a step leaves for others to read. A mask command is for the runner, which swallows it. */
function everythingOf(result: StepResult): string {
  const lines = result.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  const manifest = result.outputs['manifest-path'] ?? ''
  const rest = [result.stderr, JSON.stringify([result.outputs, result.state]), result.summary]
  return [...lines, ...rest, manifest === '' ? '' : readFileSync(manifest, 'utf8')].join('\n')
}

const everywhere = (kind: Fault['kind'], path: string, more: Partial<Fault> = {}): Fault => ({
  kind,
  match: { method: 'POST', path },
  times: 99,
  ...more,
})

const FAULTS: readonly (readonly [string, Fault | undefined])[] = [
  ['that goes well', undefined],
  ['with an upload refused', everywhere('status', 'files', { status: 400 })],
  ['with the key refused', everywhere('status', 'files', { status: 401 })],
  ['with a proxy page', everywhere('html', 'sessions$')],
  ['with a broken reply', everywhere('truncated-json', 'files$')],
  ['with a broken connection', everywhere('reset-after-commit', 'files$')],
]

test.concurrent.each(FAULTS)('the key shows up nowhere in a run %s', async (_, fault) => {
  await using scene = await Scene.open({ apiKey: CANARY })
  if (fault !== undefined) scene.emulator.addFault(fault)
  scene.workspace.write({ 'a.txt': 'a', 'b.txt': 'b' })
  const { main, post } = await scene.job({ files: '*.txt' }, DEBUG)
  expect(main.exitCode).toBe(fault === undefined ? 0 : 1)
  expect(main.stdout).toContain('::debug::')
  expect(scene.sent().every(({ headers }) => headers['x-api-key'] === CANARY)).toBe(true)
  for (const step of [main, post]) expect(everythingOf(step)).not.toContain(CANARY)
})

test.concurrent('nor when inputs are refused, nor when post cannot use it', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const refused = await scene.main({ 'anthropic-api-key': CANARY, files: '', cleanup: 'x' }, DEBUG)
  const main = await scene.main({ files: 'a.txt' }, DEBUG)
  const post = await scene.post(main, { 'anthropic-api-key': CANARY }, DEBUG)
  for (const step of [refused, main, post]) expect(everythingOf(step)).not.toContain(CANARY)
  expect(everythingOf(main)).not.toContain(scene.emulator.apiKey)
})

test.concurrent('the key goes in its header only, and only to the service', async () => {
  await using scene = await Scene.open({ apiKey: CANARY })
  scene.workspace.write({ 'a.txt': 'a' })
  await scene.job({ files: 'a.txt', 'session-name': 'n' })
  for (const { headers, path, query, body, upload } of scene.sent()) {
    const { 'x-api-key': _, ...others } = headers
    expect(JSON.stringify([others, path, query, body, upload])).not.toContain(CANARY)
    expect(headers.authorization).toBeUndefined()
  }
})
