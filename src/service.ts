import { apiKey, type Client, type Credential, createClient } from './api/client.ts'
import { federated } from './api/federation.ts'
import { Gate } from './api/gate.ts'
import { fetchIdToken } from './api/id-token.ts'
import { openTransport, type Transport } from './api/transport.ts'
import type { CredentialInput } from './inputs/credential.ts'
import type { Runner } from './runner.ts'

/** An open connection to the service. */
export interface Service {
  readonly client: Client
  /** As whom, for messages. */
  readonly credential: string
  close(): Promise<void>
}

export type UsableCredential = Exclude<CredentialInput, { kind: 'skip' }>

/** Opens the service for a flow. Nothing is sent yet. */
export async function connect(
  baseUrl: URL,
  input: UsableCredential,
  concurrency: number,
  runner: Runner,
  signal: AbortSignal,
): Promise<Service> {
  const { transport, close } = await openTransport(baseUrl, concurrency, runner.env)
  const credential = openCredential(input, transport, runner, signal)
  const gate = new Gate(concurrency, (line) => runner.info(line))
  const client = createClient({ transport, credential, gate, signal, debug: (line) => runner.debug(line) })
  return { client, credential: credential.description, close }
}

function openCredential(
  input: UsableCredential,
  transport: Transport,
  runner: Runner,
  signal: AbortSignal,
): Credential {
  if (input.kind === 'api-key') return apiKey(input.key)
  return federated(input, {
    transport,
    signal,
    log: (line) => runner.info(line),
    assertion: async () => {
      const token = await fetchIdToken(input.audience, runner.env, signal)
      runner.secret(token)
      return token
    },
    secret: (token) => runner.secret(token),
  })
}
