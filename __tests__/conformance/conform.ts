import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import {
  type Emulator,
  type EmulatorOptions,
  SEED_AGENT,
  SEED_ENVIRONMENT,
  startEmulator,
} from '../../emulator/emulator.ts'
import { startNode } from '../harness/signal.ts'
import { keepingCompiled } from '../harness/startup.ts'
import { systemVariables } from '../harness/step.ts'
import { Workspace } from '../harness/workspace.ts'

const MAIN = fileURLToPath(new URL('../../conformance/main.ts', import.meta.url))

/** The agent and the environment that the emulator knows. */
export const TARGET = ['--agent', SEED_AGENT, '--environment', SEED_ENVIRONMENT] as const

/** What an emulator holds that nothing is left on. */
export const EMPTY = { files: [], sessions: [] } as const

interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** As they were written to the file; none if there is no file. */
  readonly results: readonly { readonly name: string; readonly seen: string; readonly verdict: string }[]
}

/** Runs the program as `npm run conformance` does. */
export async function conform(
  baseUrl: string,
  args: readonly string[] = TARGET,
  { key = 'sk-ant-emulator', onStart = (_: ChildProcess): void => {} } = {},
): Promise<Outcome> {
  using workspace = new Workspace()
  const file = workspace.path('findings.json')
  const child = startNode([MAIN, '--base-url', baseUrl, ...args, '--json', file], {
    env: { PATH: process.env.PATH ?? '', ...systemVariables(), ...keepingCompiled(), ANTHROPIC_API_KEY: key },
  })
  onStart(child)
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exit])
  const { results = [] } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  return { code, stdout, stderr, results }
}

export async function withEmulator<T>(options: EmulatorOptions, use: (emulator: Emulator) => Promise<T>): Promise<T> {
  const emulator = await startEmulator(options)
  try {
    return await use(emulator)
  } finally {
    await emulator.close()
  }
}
