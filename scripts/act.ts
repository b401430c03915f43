import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { toolPath } from './tools.ts'

/** A workflow to run with act on this machine, without containers and without fetching anything. */
export interface ActRun {
  /** The repository whose workflow it is. act hands a copy of its working tree to each job, without what .gitignore names. */
  readonly folder: string
  /** Path of the workflow's file, which need not be in that repository. */
  readonly workflow: string
  readonly event: string
  /** What the event's file holds. */
  readonly payload?: object
  /** Variables of the environment of every step. */
  readonly env?: Readonly<Record<string, string>>
  readonly secrets?: Readonly<Record<string, string>>
  /** Configuration variables, which a workflow finds in `vars`. */
  readonly variables?: Readonly<Record<string, string>>
  /** Folder to take in place of each action, by `owner/name@ref`. */
  readonly actions?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
}

/** What programs need of the surroundings; keys, tokens and runner variables of whoever starts this stay outside. */
const PASSED_ON = [
  'PATH',
  'HOME',
  'USER',
  'SHELL',
  'LANG',
  'TMPDIR',
  'SYSTEMROOT',
  'TEMP',
  'USERPROFILE',
  'LOCALAPPDATA',
]

/** Node is the one that this runs on. */
function environment(scratch: string): NodeJS.ProcessEnv {
  const kept = PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))
  return {
    ...Object.fromEntries(kept),
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    XDG_CONFIG_HOME: scratch,
  }
}

const pairs = (option: string, values: Readonly<Record<string, string>> = {}): readonly string[] =>
  Object.entries(values).flatMap(([name, value]) => [option, `${name}=${value}`])

/** Files in which act would look for settings are given as empty ones: none of this machine is to count. */
function argumentsOf(run: ActRun, scratch: string): readonly string[] {
  mkdirSync(join(scratch, 'act'))
  const empty = join(scratch, 'act', 'actrc')
  writeFileSync(empty, '')
  const payload = join(scratch, 'payload.json')
  writeFileSync(payload, JSON.stringify(run.payload ?? {}))
  return [
    ...[run.event, '--workflows', run.workflow, '--platform', 'ubuntu-latest=-self-hosted'],
    ...['--pull=false', '--no-cache-server', '--container-daemon-socket', '-', '--action-cache-path', scratch],
    ...['--secret-file', empty, '--var-file', empty, '--input-file', empty, '--env-file', empty],
    ...(run.payload === undefined ? [] : ['--eventpath', payload]),
    ...pairs('--env', run.env),
    ...pairs('--secret', run.secrets),
    ...pairs('--var', run.variables),
    ...pairs('--local-repository', run.actions),
    ...(run.args ?? []),
  ]
}

async function start<T>(run: ActRun, more: readonly string[], use: (act: Started) => Promise<T>): Promise<T> {
  const scratch = mkdtempSync(join(tmpdir(), 'session-mount-act-'))
  try {
    const args = [...argumentsOf(run, scratch), ...more]
    return await use({ args, options: { cwd: run.folder, env: environment(scratch) } })
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

interface Started {
  readonly args: readonly string[]
  readonly options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }
}

/** Runs it and shows its log as it comes. The value is act's exit code. */
export function showWorkflow(run: ActRun): Promise<number> {
  return start(run, [], async ({ args, options }) => {
    const child = spawn(toolPath('act'), args, { ...options, stdio: ['ignore', 'inherit', 'inherit'] })
    const [status] = await once(child, 'exit')
    return typeof status === 'number' ? status : 1
  })
}

/** What a workflow left behind. */
export interface WorkflowResult {
  readonly status: number
  /** Every line that act and the steps printed. */
  readonly log: readonly string[]
  /** Names of the steps that were run, in the order in which they ended; a step of three shards is there three times. */
  readonly steps: readonly string[]
  /** What the steps wrote into the job summary. */
  readonly summary: string
}

/** A line of act's log in JSON. */
interface Entry {
  readonly msg?: string
  readonly step?: string
  readonly stage?: string
  readonly stepResult?: string
  readonly command?: string
  readonly content?: string
}

/** Runs it, and keeps its log. */
export function runWorkflow(run: ActRun): Promise<WorkflowResult> {
  return start(run, ['--json'], async ({ args, options }) => {
    const child = spawn(toolPath('act'), args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    const exit = once(child, 'close')
    const entries = (await Promise.all([linesOf(child.stdout), linesOf(child.stderr)])).flat().map(entryOf)
    const [status] = await exit
    return {
      status: typeof status === 'number' ? status : 1,
      log: entries.map(({ msg = '' }) => msg.trimEnd()),
      steps: entries.flatMap(({ step, stage, stepResult }) =>
        step !== undefined && stage === 'Main' && stepResult === 'success' ? [step] : [],
      ),
      summary: entries.flatMap(({ command, content = '' }) => (command === 'summary' ? [content] : [])).join(''),
    }
  })
}

async function linesOf(stream: NodeJS.ReadableStream): Promise<readonly string[]> {
  const lines: string[] = []
  for await (const line of createInterface({ input: stream })) lines.push(line)
  return lines
}

function entryOf(line: string): Entry {
  try {
    return JSON.parse(line) as Entry
  } catch {
    return { msg: line }
  }
}
