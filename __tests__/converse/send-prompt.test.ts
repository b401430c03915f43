import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { apiKey } from '../../src/api/credentials/api-key.ts'
import { Gate } from '../../src/api/gate.ts'
import { createClient } from '../../src/api/http-client.ts'
import { openTransport } from '../../src/api/transport.ts'
import { sendPrompt } from '../../src/converse/send-prompt.ts'
import { NEW_SESSION } from '../../src/converse/session-before.ts'
import type { RunEntry } from '../../src/ledger/ledger.ts'
import { LedgerWriter } from '../../src/ledger/writer.ts'
import { Interrupted } from '../../src/stop/interrupted.ts'

const RUN = { kind: 'run' } as unknown as RunEntry

test('the looks for a message whose reply was lost end with the run', async () => {
  const stopping = new AbortController()
  let looks = 0
  // Loses the reply, and never has the message.
  const server = createServer((request, response) => {
    if (request.method === 'POST') return request.socket.destroy()
    response.setHeader('content-type', 'application/json').end('{"data":[]}')
    // The second look is followed by the longest pause.
    if (++looks === 2) response.once('close', () => stopping.abort(new Interrupted('the run was cancelled', 'no')))
    return undefined
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const { transport, close } = await openTransport(new URL(`http://127.0.0.1:${port}`), 1, {})
  const stop = { startNothingNew: stopping.signal, abortInFlight: new AbortController().signal }
  const gate = new Gate(1, Number.POSITIVE_INFINITY, () => {})
  const log = () => {}
  const client = createClient({ transport, credential: apiKey('k'), gate, stop, maxAttempts: 5, log, debug: log })
  const ledger = new LedgerWriter(() => {}, RUN)
  const sent = sendPrompt(
    { text: 'Go', rubric: undefined },
    { client, ledger, stop, log, sessionId: 'sesn_1', before: NEW_SESSION },
  )
  await Promise.race([once(stopping.signal, 'abort'), sent])
  // The pause would be longer than this, and this is not begun before the run has ended.
  const first = await Promise.race([sent.catch((error: unknown) => error), sleep(1_000)])
  expect(first).toBeInstanceOf(Interrupted)
  await close()
  server.closeAllConnections()
  server.close()
})
