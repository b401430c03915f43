import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportVariable, getInput, info, saveState, setOutput, setSecret } from '@actions/core'
import { type EmulatorOptions, SEED_AGENT, SEED_ENVIRONMENT, SEED_VAULT } from '../emulator.ts'
import { readInputs } from './inputs.ts'
import type { Reached, Ready } from './serve.ts'

/** Main: starts the emulator in a process that outlives this one, and tells the steps after it where it is. */
export async function start(): Promise<void> {
  const { options, failIfLeft } = readInputs(getInput)
  const apiKey = options.apiKey ?? `sk-ant-emulator-${randomBytes(16).toString('hex')}`
  setSecret(apiKey)
  saveState('failIfLeft', failIfLeft)
  const { url, variables, credentialsFile } = await launch({ ...options, apiKey })
  saveState('url', url)
  for (const [name, value] of Object.entries(variables)) {
    if (/SECRET|SESSION_TOKEN/.test(name)) setSecret(value)
    exportVariable(name, value)
  }
  if (credentialsFile !== undefined) exportCredentials(credentialsFile)
  const ids = { 'agent-id': SEED_AGENT, 'environment-id': SEED_ENVIRONMENT, 'vault-id': SEED_VAULT }
  for (const [name, value] of Object.entries({ url, 'api-key': apiKey, ...ids })) setOutput(name, value)
  info(`The emulator listens on ${url}. It knows the agent ${SEED_AGENT} and the environment ${SEED_ENVIRONMENT}.`)
}

/** Into the workspace and by this name, as `google-github-actions/auth` does. */
function exportCredentials(credentials: object): void {
  const path = join(process.env.GITHUB_WORKSPACE ?? '', `gha-creds-${randomBytes(8).toString('hex')}.json`)
  writeFileSync(path, JSON.stringify(credentials), { mode: 0o600 })
  saveState('credentialsFile', path)
  exportVariable('GOOGLE_APPLICATION_CREDENTIALS', path)
}

/** In a process group of its own, which the end of this step does not touch. One whose step is stopped before it is ready ends. */
async function launch(options: EmulatorOptions): Promise<Reached> {
  const server = fork(process.argv[1] ?? '', { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  server.send(options)
  const ready = await readyOf(server)
  server.disconnect()
  server.unref()
  if ('error' in ready) throw new Error(`The emulator could not be started: ${ready.error}`)
  return ready
}

function readyOf(server: ChildProcess): Promise<Ready> {
  return new Promise((resolve) => {
    server.once('message', (ready: Ready) => resolve(ready))
    server.once('error', ({ message }) => resolve({ error: message }))
    server.once('exit', (code, signal) => resolve({ error: `its process ended with ${code ?? signal}` }))
  })
}
