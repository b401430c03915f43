import type { Client, Credential } from '../../src/api/client.ts'
import { Gate } from '../../src/api/gate.ts'
import { createClient } from '../../src/api/http-client.ts'
import { openTransport } from '../../src/api/transport.ts'

export const NEVER = { startNothingNew: new AbortController().signal, abortInFlight: new AbortController().signal }

/** Our client, as a flow connects it, but that it sends each call once and says nothing. */
export async function ourClient(
  baseUrl: URL,
  credential: Credential,
): Promise<{ readonly client: Client; close(): Promise<void> }> {
  const { transport, close } = await openTransport(baseUrl, 1, {})
  const gate = new Gate(1, Number.POSITIVE_INFINITY, () => {})
  const say = () => {}
  return {
    client: createClient({ transport, credential, gate, stop: NEVER, maxAttempts: 1, debug: say, log: say }),
    close,
  }
}
