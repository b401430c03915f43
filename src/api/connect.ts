import type { Stop } from '../stop/stop.ts'
import type { Client, Credential } from './client.ts'
import { apiKey } from './credentials/api-key.ts'
import { federated } from './credentials/federation.ts'
import { fetchIdToken } from './credentials/id-token.ts'
import type { UsableCredential } from './credentials/usable-credential.ts'
import { Gate } from './gate.ts'
import { createClient } from './http-client.ts'
import type { RequestLimits } from './request-limits.ts'
import { MAX_ATTEMPTS } from './retry.ts'
import { openTransport, type Transport } from './transport.ts'

/** The service's own address. */
export const PUBLIC_API = 'https://api.anthropic.com'

export interface Service extends AsyncDisposable {
  readonly client: Client
  /** As whom, for messages. */
  readonly credential: string
}

/** What connecting needs of the process that it runs in. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  info(line: string): void
  debug(line: string): void
  /** Masks a text in all that is printed from here on. */
  secret(value: string): void
}

/**
 * Opens the service for a flow. Nothing is sent yet.
 * @param limits its `timeoutMs` is how far off the end of the run is by now
 */
export async function connect(
  baseUrl: URL,
  input: UsableCredential,
  limits: RequestLimits,
  around: Surroundings,
  stop: Stop,
): Promise<Service> {
  const { concurrency, timeoutMs } = limits
  const { transport, close } = await openTransport(baseUrl, concurrency, around.env)
  const credential = await openCredential(input, baseUrl, transport, around, stop)
  const log = (line: string) => around.info(line)
  const gate = new Gate(concurrency, performance.now() + timeoutMs, log)
  // Without a word of the service itself: what is there for everybody. Other servers have no place in the console.
  const workspace = baseUrl.origin === PUBLIC_API ? 'default' : undefined
  const client = createClient({
    transport,
    credential,
    gate,
    stop,
    maxAttempts: MAX_ATTEMPTS,
    workspace,
    log,
    debug: (line) => around.debug(line),
  })
  return { client, credential: credential.description, [Symbol.asyncDispose]: close }
}

/** What only a cloud needs is loaded only there. */
async function openCredential(
  input: UsableCredential,
  baseUrl: URL,
  transport: Transport,
  around: Surroundings,
  stop: Stop,
): Promise<Credential> {
  const secret = (value: string) => around.secret(value)
  switch (input.kind) {
    case 'api-key':
      return apiKey(input.key, input.workspaceId)
    case 'federation': {
      const assertion = async () => {
        const token = await fetchIdToken(input.audience, around.env, stop.abortInFlight)
        secret(token)
        return token
      }
      return federated(input, { transport, stop, log: (line) => around.info(line), assertion, secret })
    }
    case 'aws-key':
      return (await import('./credentials/aws.ts')).awsKey(input.key, input.workspaceId)
    case 'aws':
      return (await import('./credentials/aws.ts')).aws(input, baseUrl, { ...around, stop, secret })
    case 'google-cloud':
      return (await import('./credentials/google-cloud.ts')).googleCloud({ ...around, stop, secret })
  }
}
