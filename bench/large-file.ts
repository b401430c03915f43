/**
 * One 500 MB file, side by side in one run: this action's main as the runner starts it, hashing included, against
 * `curl -F` to the same emulator, which keeps the bytes as the service does. Five runs each, in turn; prints the
 * medians, their ratio, and the action's peak memory.
 */
import { spawnSync } from 'node:child_process'
import { randomFillSync } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { runStep } from '../__tests__/harness/step.ts'
import { DEFAULT_API_KEY, SEED_AGENT, SEED_ENVIRONMENT } from '../emulator/emulator.ts'
import { startEmulatorProcess } from './emulator-process.ts'

const MEGABYTES = 500
const RUNS = 5

/** Prints a process's peak memory, in KB, when it ends. */
const PEAK = `data:text/javascript,process.on('exit',()=>console.error('peak '+process.resourceUsage().maxRSS))`

const emulator = await startEmulatorProcess(['--store', 'disk'])
const workspace = mkdtempSync(path.join(tmpdir(), 'session-mount-bench-'))
try {
  writeLargeFile(path.join(workspace, 'large.bin'))
  const curl: number[] = []
  const action: number[] = []
  const peaks: number[] = []
  for (let run = -1; run < RUNS; run++) {
    const times = [await timed(async () => runCurl()), await timed(async () => void peaks.push(await runAction()))]
    // The first round warms the emulator up.
    if (run >= 0) [curl, action].map((list, which) => list.push(times[which] ?? Number.NaN))
  }
  console.log(`curl -F  ${seconds(curl)}\naction   ${seconds(action)}`)
  console.log(`ratio of medians ${(median(action) / median(curl)).toFixed(2)}`)
  console.log(`peak memory of the action ${Math.round(Math.max(...peaks) / 1000)} MB`)
} finally {
  await emulator.close()
  rmSync(workspace, { recursive: true })
}

/** Seconds that the work took; what it uploaded is then dropped, so that no run finds what another one left. */
async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  const time = (performance.now() - start) / 1000
  await fetch(`${emulator.url}/_emulator/reset`, { method: 'POST' })
  return time
}

function runCurl(): void {
  const headers = [`x-api-key: ${DEFAULT_API_KEY}`, 'anthropic-version: 2023-06-01'].flatMap((header) => ['-H', header])
  const args = ['-sS', '--fail', '-o', '/dev/null', '-F', 'file=@large.bin', ...headers, `${emulator.url}/v1/files`]
  const { status, stderr } = spawnSync('curl', args, { cwd: workspace, encoding: 'utf8' })
  if (status !== 0) throw new Error(`curl: ${stderr}`)
}

/** Returns the peak memory in KB. */
async function runAction(): Promise<number> {
  const inputs = {
    'anthropic-api-key': DEFAULT_API_KEY,
    'base-url': emulator.url,
    'agent-id': SEED_AGENT,
    'environment-id': SEED_ENVIRONMENT,
    files: 'large.bin',
  }
  const { exitCode, stdout, stderr } = await runStep('mount', {
    cwd: workspace,
    inputs,
    nodeOptions: ['--import', PEAK],
  })
  const peak = /^peak (\d+)$/m.exec(stderr)?.[1]
  if (exitCode !== 0 || peak === undefined) throw new Error(`the action failed: ${stdout}${stderr}`)
  return Number(peak)
}

function writeLargeFile(file: string): void {
  const descriptor = openSync(file, 'w')
  const megabyte = Buffer.alloc(1024 * 1024)
  for (let i = 0; i < MEGABYTES; i++) writeSync(descriptor, randomFillSync(megabyte))
  closeSync(descriptor)
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function seconds(values: readonly number[]): string {
  return `median ${median(values).toFixed(2)} s (${values.map((value) => value.toFixed(2)).join(', ')})`
}
