import type { ChildProcess } from 'node:child_process'
import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { parse } from 'yaml'
import { startNode } from './signal.ts'
import { keepingCompiled } from './startup.ts'

const STEP_TIMEOUT_MS = 180_000

const PROJECT = path.resolve(import.meta.dirname, '../..')

const MASK = '::add-mask::'

/** A bundle, and the action whose inputs it reads. */
const ACTION_OF = {
  mount: 'action.yml',
  post: 'action.yml',
  unmount: 'unmount/action.yml',
  download: 'download/action.yml',
  emulator: 'emulator/action.yml',
} as const

export type Bundle = keyof typeof ACTION_OF

/** What a step left behind, as the runner reads it. */
export interface StepResult {
  readonly exitCode: number | null
  /** As the log shows it: without the lines that register a mask, which the runner takes out. */
  readonly stdout: string
  /** What was registered as a secret. */
  readonly masks: readonly string[]
  readonly stderr: string
  readonly outputs: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  /** Variables for the steps after this one. */
  readonly exported: Readonly<Record<string, string>>
  readonly summary: string
  /** The runner's temporary folder of this step, which is still there if the manifest is in it. */
  readonly temp: string
}

/** How to start a step. `inputs` go over the defaults of action.yml. */
export interface StepOptions {
  readonly inputs: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly cwd: string
  /** State that main wrote, for post. */
  readonly state?: Readonly<Record<string, string>>
  /** How the job stands, for defaults that ask for it. */
  readonly jobStatus?: 'success' | 'failure' | 'cancelled'
  readonly onStart?: (child: ChildProcess) => void
  readonly nodeOptions?: readonly string[]
  /** After how long a step that hangs is killed; three minutes if not given. */
  readonly timeoutMs?: number
  /** Not as root, whom no permission stops, even if the tests are. What the step reads must be open to everybody. */
  readonly asNobody?: boolean
}

/** The user that owns nothing, on most systems. */
const NOBODY = 65_534

/**
 * Starts a bundle of dist as the runner does: a process of its own, inputs as `INPUT_*` (upper case, hyphens kept,
 * defaults from action.yml), new command files, state as `STATE_*`, the workspace as working directory.
 */
export async function runStep(bundle: Bundle, options: StepOptions): Promise<StepResult> {
  const temp = mkdtempSync(path.join(tmpdir(), 'session-mount-step-'))
  const files = ['OUTPUT', 'STATE', 'ENV', 'STEP_SUMMARY', 'PATH'].map((name) => [name, path.join(temp, name)] as const)
  for (const [, file] of files) writeFileSync(file, '')
  const user = options.asNobody === true && process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : undefined
  if (user !== undefined) for (const own of [temp, ...files.map(([, file]) => file)]) chownSync(own, user.uid, user.gid)
  const child = startNode([...(options.nodeOptions ?? []), path.join(PROJECT, 'dist', bundle, 'index.js')], {
    cwd: options.cwd,
    ...user,
    env: {
      PATH: process.env.PATH ?? '',
      ...systemVariables(),
      ...keepingCompiled(),
      ...measuring(),
      HOME: temp,
      RUNNER_TEMP: temp,
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: options.cwd,
      GITHUB_REPOSITORY: 'octo/app',
      GITHUB_RUN_ID: '4242',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_JOB: 'test',
      GITHUB_SERVER_URL: 'https://github.com',
      ...Object.fromEntries(files.map(([name, file]) => [`GITHUB_${name}`, file])),
      ...inputVariables(bundle, options),
      ...Object.fromEntries(Object.entries(options.state ?? {}).map(([key, value]) => [`STATE_${key}`, value])),
      ...options.env,
    },
    // No step of a test takes so long; one that hangs must not outlive its test.
    timeout: options.timeoutMs ?? STEP_TIMEOUT_MS,
    killSignal: 'SIGKILL',
  })
  options.onStart?.(child)
  const [stdout, stderr, exitCode] = await Promise.all([textOf(child.stdout), textOf(child.stderr), exitOf(child)])
  const read = (name: string) => readFileSync(path.join(temp, name), 'utf8')
  const lines = stdout.split('\n')
  const result: StepResult = {
    exitCode,
    stdout: lines.filter((line) => !line.startsWith(MASK)).join('\n'),
    masks: lines.filter((line) => line.startsWith(MASK)).map((line) => line.slice(MASK.length)),
    stderr,
    outputs: parseCommandFile(read('OUTPUT')),
    state: parseCommandFile(read('STATE')),
    exported: parseCommandFile(read('ENV')),
    summary: read('STEP_SUMMARY'),
    temp,
  }
  if (result.outputs['manifest-path']?.startsWith(temp) !== true) rmSync(temp, { recursive: true })
  return result
}

/** Removes what a step has left: its folder, and the manifest if that is elsewhere, but not the folder that it is in. */
export function removeLeft({ temp, outputs }: StepResult): void {
  rmSync(temp, { recursive: true, force: true })
  const manifest = outputs['manifest-path'] ?? ''
  if (manifest !== '') rmSync(manifest, { force: true })
}

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>
}

const actions = new Map<Bundle, ActionFile>()

/** Read once: thousands of steps may be started. */
function actionOf(bundle: Bundle): ActionFile {
  const read = () => parse(readFileSync(path.join(PROJECT, ACTION_OF[bundle]), 'utf8')) as ActionFile
  const action = actions.get(bundle) ?? read()
  actions.set(bundle, action)
  return action
}

/** The inputs as the runner hands them over, with the defaults of action.yml. */
export function inputVariables(
  bundle: Bundle,
  { inputs, cwd, jobStatus }: Pick<StepOptions, 'inputs' | 'cwd' | 'jobStatus'>,
): Record<string, string> {
  const known = Object.entries(actionOf(bundle).inputs).map(([name, input]) => [name, input.default ?? ''] as const)
  const contexts = { 'github.workspace': cwd, 'job.status': jobStatus ?? 'success', 'github.token': '' }
  const evaluated = known.map(([name, value]): [string, string] => [
    name,
    value.replace(/\$\{\{\s*([\w.]+)\s*\}\}/g, (_, context: keyof typeof contexts) => contexts[context] ?? ''),
  ])
  const all: Record<string, string> = { ...Object.fromEntries(evaluated), ...inputs }
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]),
  )
}

/** `name=value`, or `name<<DELIMITER`, lines, `DELIMITER`; the last value of a name wins, as on the runner. */
export function parseCommandFile(text: string): Record<string, string> {
  const values: Record<string, string> = {}
  const lines = text.split(/\r?\n/)
  for (let i = 0; i < lines.length; i++) {
    const [, name, delimiter] = /^([^=<]+)<<(.+)$/.exec(lines[i] ?? '') ?? []
    if (name !== undefined && delimiter !== undefined) {
      const end = lines.indexOf(delimiter, i + 1)
      values[name] = lines.slice(i + 1, end).join('\n')
      i = end
    } else {
      const [, simple, value] = /^([^=]+)=(.*)$/.exec(lines[i] ?? '') ?? []
      if (simple !== undefined && value !== undefined) values[simple] = value
    }
  }
  return values
}

/** Without these, Windows opens no socket. */
export function systemVariables(): Readonly<Record<string, string>> {
  const { SYSTEMROOT } = process.env
  return SYSTEMROOT === undefined ? {} : { SYSTEMROOT }
}

/** What measures the tests (`npm run mutants`, `npm run coverage`) hands on to the processes that they start. */
function measuring(): Readonly<Record<string, string>> {
  const { __STRYKER_ACTIVE_MUTANT__: mutant, __STRYKER_REACH__: reach, STEP_COVERAGE: coverage } = process.env
  return {
    ...(mutant === undefined ? {} : { __STRYKER_ACTIVE_MUTANT__: mutant }),
    ...(reach === undefined ? {} : { __STRYKER_REACH__: reach }),
    ...(coverage === undefined ? {} : { NODE_V8_COVERAGE: coverage }),
  }
}

/** With "\n" at each line's end: on Windows the toolkit ends a command with the system's own "\r\n", which the runner takes as well. */
async function textOf(stream: Readable): Promise<string> {
  const chunks: string[] = []
  stream.setEncoding('utf8')
  for await (const chunk of stream) chunks.push(String(chunk))
  return chunks.join('').replaceAll('\r\n', '\n')
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => resolve(code))
  })
}
