import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { decodeAgentScript } from './agent/agent-script.ts'
import {
  type Emulator,
  type EmulatorOptions,
  FEDERATION,
  SEED_AGENT,
  SEED_ENVIRONMENT,
  SEED_VAULT,
  startEmulator,
} from './emulator.ts'
import { DEVIATIONS, decodeDeviations } from './faults/deviation.ts'
import { type GitHubOidc, startGitHubOidc } from './github/github-oidc.ts'
import { type RateLimit, RETRY_AFTER_FORMS } from './http/rate-limit.ts'
import { PLATFORMS, type Variables } from './platforms/platform.ts'

const USAGE = `Usage: npm run emulator -- [options]
  --port N             port on 127.0.0.1 (default: a free one)
  --port-file PATH     write the URL there once listening
  --platform NAME      how it is reached: ${PLATFORMS.join(', ')} (default: anthropic)
  --api-key KEY        the key that callers must send (default: sk-ant-emulator)
  --federation         also start a stand-in for GitHub's OIDC tokens, and exchange them
  --token-lifetime S   seconds that access tokens live (default: as the service)
  --latency MS         wait before each reply
  --bytes-per-second N read request bodies no faster
  --rate-limit N/S     answer 429 beyond N requests in S seconds
  --retry-after FORM   how a 429 says when to come back: ${RETRY_AFTER_FORMS.join(', ')}
  --store digest|disk  what is kept of uploads (default: digest)
  --max-resources N    resources per session (default: 500)
  --no-seed            start without agent, environment and memory stores
  --agent echo|silent  answer a message at once with what it was told and what is mounted (default), or never
  --agent-script FILE  answer messages as this JSON says (emulator/agent/agent-script.ts)
  --deviate NAMES      comma-separated, of
${Object.entries(DEVIATIONS)
  .map(([name, what]) => `    ${name}: ${what}`)
  .join('\n')}`

class UsageError extends Error {}

interface Arguments {
  readonly options: EmulatorOptions
  readonly portFile: string | undefined
  readonly hasFederation: boolean
}

/** Undefined if only help is asked for. */
function readArguments(): Arguments | undefined {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      'port-file': { type: 'string' },
      platform: { type: 'string' },
      'api-key': { type: 'string' },
      federation: { type: 'boolean' },
      'token-lifetime': { type: 'string' },
      latency: { type: 'string' },
      'bytes-per-second': { type: 'string' },
      'rate-limit': { type: 'string' },
      'retry-after': { type: 'string' },
      store: { type: 'string' },
      'max-resources': { type: 'string' },
      'no-seed': { type: 'boolean' },
      agent: { type: 'string' },
      'agent-script': { type: 'string' },
      deviate: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  if (values.help === true) return undefined
  const options: EmulatorOptions = {
    port: wholeNumber('--port', values.port),
    platform: word('--platform', values.platform, PLATFORMS),
    apiKey: values['api-key'],
    tokenLifetimeSeconds: wholeNumber('--token-lifetime', values['token-lifetime']),
    latencyMs: wholeNumber('--latency', values.latency),
    bytesPerSecond: wholeNumber('--bytes-per-second', values['bytes-per-second']),
    rateLimit: rateLimit(values['rate-limit'], values['retry-after']),
    store: word('--store', values.store, ['digest', 'disk']),
    maxResources: wholeNumber('--max-resources', values['max-resources']),
    seed: values['no-seed'] !== true,
    agentScript:
      word('--agent', values.agent, ['echo', 'silent']) === 'silent' ? 'silent' : agentScript(values['agent-script']),
    lenient: read('--deviate', values.deviate, deviations),
  }
  return { options, portFile: values['port-file'], hasFederation: values.federation === true }
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d+$/.test(text)) throw new UsageError(`${name}: a whole number is expected, not ${JSON.stringify(text)}`)
  return Number(text)
}

function rateLimit(text: string | undefined, form: string | undefined): RateLimit | undefined {
  const retryAfterForm = word('--retry-after', form, RETRY_AFTER_FORMS)
  if (text === undefined) return undefined
  const [, requests, seconds] = /^([1-9]\d*)\/([1-9]\d*)$/.exec(text) ?? []
  if (requests === undefined) throw new UsageError('--rate-limit: expected REQUESTS/SECONDS, as in 100/10')
  return { requests: Number(requests), perSeconds: Number(seconds), retryAfterForm }
}

function word<T extends string>(name: string, text: string | undefined, allowed: readonly T[]): T | undefined {
  const known = allowed.find((one) => one === text)
  if (text !== known) throw new UsageError(`${name}: expected ${allowed.join(allowed.length === 2 ? ' or ' : ', ')}`)
  return known
}

/** What is read of an option's text, if it is given; an error tells what of. */
function read<T>(name: string, text: string | undefined, decode: (text: string) => T): T | undefined {
  try {
    return text === undefined ? undefined : decode(text)
  } catch (error) {
    throw new UsageError(`${name}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const agentScript = (path: string | undefined) =>
  read(`--agent-script: ${path}`, path, (file) => decodeAgentScript(JSON.parse(readFileSync(file, 'utf8'))))

const deviations = (names: string) => decodeDeviations(names.split(',').map((name) => name.trim()))

const lines = (entries: Variables, line: (name: string, value: string) => string, end = '\n'): string =>
  Object.entries(entries)
    .map(([name, value]) => line(name, value))
    .join(end)

const directions = ({ url, baseUrl, variables, accessHeaders, credentialsFile }: Emulator): string => `
${lines(variables, (name, value) => `  export ${name}='${value}'`)}
  agent id: ${SEED_AGENT}   environment id: ${SEED_ENVIRONMENT}   vault id: ${SEED_VAULT}
${credentialsFile === undefined ? '' : `  for GOOGLE_APPLICATION_CREDENTIALS: ${JSON.stringify(credentialsFile)}\n`}
  curl -sS "${baseUrl}/v1/sessions" ${lines(accessHeaders(), (name, value) => `-H '${name}: ${value}'`, ' ')} \\
    -H 'anthropic-version: 2023-06-01' -H 'anthropic-beta: managed-agents-2026-04-01' \\
    --json '{"agent": "${SEED_AGENT}", "environment_id": "${SEED_ENVIRONMENT}"}'

  what a message gets: curl -sS ${url}/_emulator/agent-script --json '[{"act": "message", "text": "I see {{mounted}}"}, {"act": "idle"}]'
  what it holds: curl -sS ${url}/_emulator/snapshot      what it was asked: curl -sS ${url}/_emulator/journal
`

const federationDirections = ({ url, requestToken }: GitHubOidc): string => `  without a key:
  export ACTIONS_ID_TOKEN_REQUEST_URL='${url}'
  export ACTIONS_ID_TOKEN_REQUEST_TOKEN=${requestToken}
  federation rule id: ${FEDERATION.ruleId}   organization id: ${FEDERATION.organizationId}
  service account id: ${FEDERATION.serviceAccountId}   workspace id: ${FEDERATION.workspaceId}
`

async function main(): Promise<void> {
  const given = readArguments()
  if (given === undefined) {
    console.log(USAGE)
    return
  }
  const { options, portFile, hasFederation } = given
  const oidc = hasFederation ? await startGitHubOidc() : undefined
  const { tokenLifetimeSeconds } = options
  const emulator = await startEmulator({ ...options, federation: oidc && { ...oidc, tokenLifetimeSeconds } })
  // SIGBREAK is Ctrl+Break on Windows.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const)
    process.once(signal, () => void Promise.all([emulator.close(), oidc?.close()]))
  console.log(`emulator listening on ${emulator.url}`)
  console.log(directions(emulator))
  if (oidc !== undefined) console.log(federationDirections(oidc))
  if (portFile !== undefined) writeFileSync(portFile, `${emulator.url}\n`)
}

main().catch((error: unknown) => {
  const isUsage = error instanceof UsageError || (error instanceof TypeError && 'code' in error)
  console.error(isUsage ? error.message : error)
  process.exitCode = 1
})
