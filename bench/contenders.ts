import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { removeLeft, runStep, type StepResult } from '../__tests__/harness/step.ts'
import { DEFAULT_API_KEY, SEED_AGENT, SEED_ENVIRONMENT } from '../emulator/emulator.ts'
import type { Sample } from './sample.ts'

/** What there is to mount, where, and how. */
export interface Job {
  /** Of the service. */
  readonly url: string
  readonly caFile?: string | undefined
  readonly folder: string
  readonly concurrency: number
  /** An existing session; a new one if not given. */
  readonly sessionId?: string | undefined
}

/** Where requests go. */
type Target = Pick<Job, 'url' | 'caFile'>

/** Where a start is told as soon as it has happened. */
type OnStart = (child: ChildProcess) => void

/**
 * Prints a process's peak memory, in KB, when it ends. Not `maxRSS`, which on Linux starts from what the parent had when
 * it forked.
 */
const PEAK = `data:text/javascript,${encodeURIComponent(`
  import { readFileSync } from 'node:fs'
  process.on('exit', () => console.error(/VmHWM:.*/.exec(readFileSync('/proc/self/status', 'utf8'))[0].replace(/\\s+/, ' ')))
`)}`

/** The shipped main as the runner starts it. `inputs` go over those that say what to mount. */
export async function runMain(
  job: Job,
  inputs: Readonly<Record<string, string>> = {},
): Promise<Sample & { readonly result: StepResult }> {
  const { url, concurrency, sessionId } = job
  const target = sessionId === undefined ? NEW_SESSION : { 'session-id': sessionId }
  const access = { 'anthropic-api-key': DEFAULT_API_KEY, 'base-url': url, concurrency: String(concurrency) }
  return runBundle('mount', job, { ...access, ...target, files: '**', ...inputs })
}

/** The shipped post, after main ended with this state. */
export async function runPost(job: Job, state: StepResult['state']): Promise<Sample> {
  return runBundle('post', job, { 'anthropic-api-key': DEFAULT_API_KEY, 'base-url': job.url }, state)
}

/** Starts main for as long as whoever is told of it lets it run. */
export async function startMain({ url, folder }: Job, onStart: OnStart): Promise<void> {
  const inputs = { 'anthropic-api-key': DEFAULT_API_KEY, 'base-url': url, ...NEW_SESSION, files: '**' }
  await runStep('mount', { cwd: folder, inputs, onStart })
}

/** What says that a session is to be made. */
export const NEW_SESSION = { 'agent-id': SEED_AGENT, 'environment-id': SEED_ENVIRONMENT }

async function runBundle(
  bundle: 'mount' | 'post',
  { folder: cwd, caFile }: Job,
  inputs: Readonly<Record<string, string>>,
  state: StepResult['state'] = {},
): Promise<Sample & { readonly result: StepResult }> {
  let time: Promise<number> | undefined
  const onStart = (child: ChildProcess) => {
    time = secondsOf(child)
  }
  const env = trusting(caFile)
  const result = await runStep(bundle, { cwd, inputs, env, state, onStart, nodeOptions: ['--import', PEAK] })
  const { exitCode, stdout, stderr } = result
  // Post says what went wrong in a warning, and does not fail.
  if (exitCode !== 0 || (bundle === 'post' && stdout.includes('::warning::')))
    throw new Error(`${bundle} failed: ${stdout}${stderr}`)
  removeLeft(result)
  return { seconds: (await time) ?? Number.NaN, peakMegabytes: peakIn(stderr), result }
}

/** For Node, and for curl. */
function trusting(caFile: string | undefined): Readonly<Record<string, string>> {
  return caFile === undefined ? {} : { NODE_EXTRA_CA_CERTS: caFile, CURL_CA_BUNDLE: caFile }
}

/** A Node script on the official SDK. `record` is a file for what it made. */
export function runSdk(job: Job, record: string): Promise<Sample> {
  const { folder, concurrency, sessionId } = job
  const args = [folder, String(concurrency), record, ...(sessionId === undefined ? [] : [sessionId])]
  return run(job, process.execPath, ['--import', PEAK, script('sdk-mount.mjs'), ...args])
}

/** Takes away what `runSdk` recorded. */
export function runSdkRemoval(job: Job, record: string): Promise<Sample> {
  return run(job, process.execPath, ['--import', PEAK, script('sdk-unmount.mjs'), String(job.concurrency), record])
}

export async function startSdk(job: Job, onStart: OnStart): Promise<void> {
  const args = [script('sdk-mount.mjs'), job.folder, String(job.concurrency), '/dev/null']
  await start(job, process.execPath, args, onStart)
}

/** A shell script with curl and jq, as the service's documents show it. */
export function runCurl(job: Job): Promise<Sample> {
  const { folder, sessionId } = job
  return run(job, script('curl-mount.sh'), [folder, ...(sessionId === undefined ? [] : [sessionId])])
}

export async function startCurl(job: Job, onStart: OnStart): Promise<void> {
  await start(job, script('curl-mount.sh'), [job.folder], onStart)
}

/** The requests of C and nothing else. */
export function runBare(job: Job): Promise<Sample> {
  const args = [job.folder, String(job.concurrency), job.sessionId ?? '']
  return run(job, process.execPath, [script('bare-mount.mjs'), ...args])
}

/** One upload by `curl -F` and nothing else: as fast as bytes get to this service. */
export function runCurlUpload(url: string, file: string): Promise<Sample> {
  const headers = [`x-api-key: ${DEFAULT_API_KEY}`, 'anthropic-version: 2023-06-01'].flatMap((header) => ['-H', header])
  return run({ url }, 'curl', [
    '-sS',
    '--fail',
    '-o',
    '/dev/null',
    '-F',
    `file=@${file}`,
    ...headers,
    `${url}/v1/files`,
  ])
}

/** Packs a folder, hashes the archive and uploads it by `curl -F`. @param archive a path for it */
export function runTar(url: string, folder: string, archive: string): Promise<Sample> {
  return run({ url }, script('tar-mount.sh'), [folder, archive])
}

/** Hashes all files of a folder, as many in one process as its arguments take. */
export function runHashes(folder: string): Promise<Sample> {
  return run({ url: '' }, 'find', [folder, '-type', 'f', '-exec', 'sha256sum', '{}', '+'])
}

/** Lists a folder's files, but enters no folder of a name. */
export function runFind(folder: string, except: string): Promise<Sample> {
  return run({ url: '' }, 'find', [folder, '-name', except, '-prune', '-o', '-type', 'f', '-print'])
}

/** Node alone: what every Node program pays before its first line. */
export function runNode(): Promise<Sample> {
  return run({ url: '' }, process.execPath, ['-e', '0'])
}

async function run(to: Target, command: string, args: readonly string[]): Promise<Sample> {
  let time: Promise<number> | undefined
  const ended = await start(to, command, args, (child) => {
    time = secondsOf(child)
  })
  if (ended.exitCode !== 0) throw new Error(`${path.basename(command)} failed: ${ended.stderr}`)
  return { seconds: (await time) ?? Number.NaN, peakMegabytes: peakIn(ended.stderr) }
}

async function start(
  { url, caFile }: Target,
  command: string,
  args: readonly string[],
  onStart: OnStart,
): Promise<{ readonly exitCode: number | null; readonly stderr: string }> {
  const access = { ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: DEFAULT_API_KEY }
  const ids = { AGENT_ID: SEED_AGENT, ENVIRONMENT_ID: SEED_ENVIRONMENT }
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH ?? '', ...access, ...ids, ...trusting(caFile) },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  onStart(child)
  const [[exitCode], stderr] = await Promise.all([once(child, 'exit'), text(child.stderr)])
  return { exitCode: exitCode as number | null, stderr }
}

/** From the start to the exit. */
async function secondsOf(child: ChildProcess): Promise<number> {
  const started = performance.now()
  await once(child, 'exit')
  return (performance.now() - started) / 1000
}

function peakIn(stderr: string): number | undefined {
  const kilobytes = /^VmHWM: (\d+) kB$/m.exec(stderr)?.[1]
  return kilobytes === undefined ? undefined : (Number(kilobytes) * 1024) / 1e6
}

function script(name: string): string {
  return path.join(import.meta.dirname, name)
}
