import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { mount } from '../../src/mount.ts'
import { post } from '../../src/post.ts'
import type { Runner } from '../../src/runner/runner.ts'
import { Stopper } from '../../src/stop/stop.ts'
import { inputVariables } from '../harness/step.ts'
import type { StepRequest, StepRun } from './world.ts'

/** Runs a flow in this process, with a runner that keeps in memory what the real one is given in files. */
export async function runInProcess({ bundle, inputs, cwd, state, jobStatus, stopAt }: StepRequest): Promise<StepRun> {
  const temp = mkdtempSync(path.join(tmpdir(), 'session-mount-model-'))
  const variables = inputVariables(bundle, { inputs, cwd, jobStatus })
  const saved = new Map(Object.entries(state))
  const log: string[] = []
  const warnings: string[] = []
  const stopper = new Stopper()
  let writes = 0
  let isFrozen = false
  const save = (key: string, value: string) => {
    if (isFrozen) return
    saved.set(key, value)
    if (stopAt === undefined || ++writes !== stopAt.count) return
    isFrozen = stopAt.how === 'kill'
    stopper.stop('the run was cancelled')
  }
  const runner: Runner = {
    env: {
      RUNNER_TEMP: temp,
      GITHUB_WORKSPACE: cwd,
      GITHUB_REPOSITORY: 'octo/app',
      GITHUB_RUN_ID: '1',
      GITHUB_JOB: 'test',
    },
    input: (name) => variables[`INPUT_${name.toUpperCase()}`] ?? '',
    secret: () => undefined,
    debug: () => undefined,
    info: (line) => void log.push(line),
    notice: (text) => void log.push(`notice: ${text}`),
    warning: (text) => {
      warnings.push(text)
      log.push(`warning: ${text}`)
    },
    error: (text) => void log.push(`error: ${text}`),
    fail: (text) => void log.push(`error: ${text}`),
    group: (_title, work) => work(),
    output: () => undefined,
    saveState: save,
    state: () => saved,
    summary: async () => undefined,
  }
  const flow = bundle === 'mount' ? mount : post
  const error = await flow(runner, stopper).then(
    () => undefined,
    (reason: unknown) => (reason instanceof Error ? reason : new Error(String(reason))),
  )
  if (error !== undefined) log.push(`error: ${error.message}`)
  return { isSuccess: error === undefined, state: Object.fromEntries(saved), log, warnings, temp }
}
