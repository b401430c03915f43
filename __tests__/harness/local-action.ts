import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { type GitDatabase, REPOSITORY, TOKEN } from './git-database.ts'
import { systemVariables } from './step.ts'

const actions = resolve(import.meta.dirname, '../../.github/actions')

interface Options {
  readonly inputs: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

/** Starts an action of .github/actions as the runner does, against a GitHub of its own. */
export async function runLocalAction(name: string, database: Pick<GitDatabase, 'url'>, { inputs, env, cwd }: Options) {
  const variables = Object.entries({ token: TOKEN, ...inputs }).map(([key, value]) => [
    `INPUT_${key.toUpperCase()}`,
    value,
  ])
  const child = spawn(process.execPath, [join(actions, name, 'main.mjs')], {
    cwd,
    env: {
      PATH: process.env.PATH ?? '',
      ...systemVariables(),
      GITHUB_API_URL: database.url,
      GITHUB_REPOSITORY: REPOSITORY,
      ...Object.fromEntries(variables),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 180_000,
    killSignal: 'SIGKILL',
  })
  const exit = once(child, 'close')
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [exitCode] = await exit
  return { exitCode: exitCode as number | null, stdout, stderr }
}
