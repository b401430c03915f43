import type { CredentialInput } from '../inputs/credential.ts'
import type { Runner } from '../runner/runner.ts'
import type { Stop } from '../stop/stop.ts'
import { apiKey, type Client, type Credential, createClient } from './client.ts'
import { federated } from './credentials/federation.ts'
import { fetchIdToken } from './credentials/id-token.ts'
import { Gate } from './gate.ts'
import type { RequestLimits } from './request-limits.ts'
import { openTransport, type Transport } from './transport.ts'

/** An open connection to the service. */
export interface Service {
  readonly client: Client
  /** As whom, for messages. */
  readonly credential: string
  close(): Promise<void>
}

export type UsableCredential = Exclude<CredentialInput, { kind: 'skip' }>

/**
 * Opens the service for a flow. Nothing is sent yet.
 * @param limits its `timeoutMs` is how far off the end of the run is by now
 */
export async function connect(
  baseUrl: URL,
  input: UsableCredential,
  limits: RequestLimits,
  runner: Runner,
  stop: Stop,
): Promise<Service> {
  const { concurrency, maxAttempts, timeoutMs } = limits
  const { transport, close } = await openTransport(baseUrl, concurrency, runner.env)
  const credential = openCredential(input, transport, maxAttempts, runner, stop)
  const gate = new Gate(concurrency, performance.now() + timeoutMs, (line) => runner.info(line))
  const client = createClient({ transport, credential, gate, stop, maxAttempts, debug: (line) => runner.debug(line) })
  return { client, credential: credential.description, close }
}

function openCredential(
  input: UsableCredential,
  transport: Transport,
  maxAttempts: number,
  runner: Runner,
  stop: Stop,
): Credential {
  if (input.kind === 'api-key') return apiKey(input.key)
  return federated(input, {
    transport,
    stop,
    maxAttempts,
    log: (line) => runner.info(line),
    assertion: async () => {
      const token = await fetchIdToken(input.audience, runner.env, stop.abortInFlight)
      runner.secret(token)
      return token
    },
    secret: (token) => runner.secret(token),
  })
}
