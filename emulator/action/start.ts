import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { exportVariable, getInput, info, saveState, setOutput, setSecret } from '@actions/core'
import { type EmulatorOptions, SEED_AGENT, SEED_ENVIRONMENT, SEED_VAULT } from '../emulator.ts'
import { readInputs } from './inputs.ts'
import type { Ready } from './serve.ts'

/** Main: starts the emulator in a process that outlives this one, and tells the steps after it where it is. */
export async function start(): Promise<void> {
  const { options, failIfLeft } = readInputs(getInput)
  const apiKey = options.apiKey ?? `sk-ant-emulator-${randomBytes(16).toString('hex')}`
  setSecret(apiKey)
  saveState('failIfLeft', failIfLeft)
  const url = await launch({ ...options, apiKey })
  saveState('url', url)
  exportVariable('ANTHROPIC_BASE_URL', url)
  exportVariable('ANTHROPIC_API_KEY', apiKey)
  const ids = { 'agent-id': SEED_AGENT, 'environment-id': SEED_ENVIRONMENT, 'vault-id': SEED_VAULT }
  for (const [name, value] of Object.entries({ url, 'api-key': apiKey, ...ids })) setOutput(name, value)
  info(`The emulator listens on ${url}. It knows the agent ${SEED_AGENT} and the environment ${SEED_ENVIRONMENT}.`)
}

/** In a process group of its own, which the end of this step does not touch. One whose step is stopped before it is ready ends. */
async function launch(options: EmulatorOptions): Promise<string> {
  const server = fork(process.argv[1] ?? '', { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  server.send(options)
  const ready = await readyOf(server)
  server.disconnect()
  server.unref()
  if (ready.url === undefined) throw new Error(`The emulator could not be started: ${ready.error}`)
  return ready.url
}

function readyOf(server: ChildProcess): Promise<Ready> {
  return new Promise((resolve) => {
    server.once('message', (ready: Ready) => resolve(ready))
    server.once('error', ({ message }) => resolve({ error: message }))
    server.once('exit', (code, signal) => resolve({ error: `its process ended with ${code ?? signal}` }))
  })
}
