import { apiKey, type Client, createClient } from './api/client.ts'
import { Gate } from './api/gate.ts'
import { openTransport } from './api/transport.ts'
import type { Access } from './inputs/inputs.ts'
import type { Runner } from './runner.ts'

/** An open connection to the service. */
export interface Service {
  readonly client: Client
  /** As whom, for messages. */
  readonly credential: string
  close(): Promise<void>
}

/** Opens the service for a flow. Nothing is sent yet. */
export function connect(access: Access, concurrency: number, runner: Runner, signal: AbortSignal): Service {
  const credential = apiKey(access.apiKey)
  const { transport, close } = openTransport(access.baseUrl, concurrency)
  const gate = new Gate(concurrency, (line) => runner.info(line))
  const client = createClient({ transport, credential, gate, signal, debug: (line) => runner.debug(line) })
  return { client, credential: credential.description, close }
}
