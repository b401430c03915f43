import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@jest/globals'
import { apiKey, createClient } from '../../src/api/client.ts'
import { Gate } from '../../src/api/gate.ts'
import { openTransport } from '../../src/api/transport.ts'
import { EventFeed } from '../../src/converse/event-feed.ts'
import { NO_HISTORY } from '../../src/converse/event-history.ts'
import { follow } from '../../src/converse/follow.ts'
import { sendPrompt } from '../../src/converse/send-prompt.ts'

const message = { id: 'sevt_1', type: 'user.message', content: [{ type: 'text', text: 'Go' }], processed_at: null }

const answer = {
  id: 'sevt_2',
  type: 'agent.message',
  content: [{ type: 'text', text: 'Done' }],
  processed_at: '2026-11-21T12:00:00Z',
}

const idle = {
  id: 'sevt_3',
  type: 'session.status_idle',
  stop_reason: { type: 'end_turn' },
  processed_at: '2026-11-21T12:00:01Z',
}

/** A server that has no streams, and never tells that a message was taken up. */
async function serve(events: readonly object[]) {
  const server = createServer((request, response) => {
    const reply = request.url?.includes('/events') ? { data: [...events].reverse() } : { id: 'sesn_1', status: 'idle' }
    const found = !request.url?.endsWith('/stream')
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(request.method === 'POST' ? { data: [message] } : found ? reply : {}))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const { transport, close } = await openTransport(new URL(`http://127.0.0.1:${port}`), 1, {})
  const signal = new AbortController().signal
  const parts = { transport, credential: apiKey('sk-ant-x'), gate: new Gate(1, Number.POSITIVE_INFINITY, () => {}) }
  return {
    client: createClient({
      ...parts,
      stop: { startNothingNew: signal, abortInFlight: signal },
      maxAttempts: 5,
      debug: () => {},
      log: () => {},
    }),
    signal,
    async [Symbol.asyncDispose]() {
      await close()
      server.closeAllConnections()
      server.close()
    },
  }
}

test.each([true, false])(
  'a session that stays idle is done, though nothing tells that it took the prompt up (was idle: %s)',
  async (wasIdle) => {
    await using server = await serve([message, answer, idle])
    const { client, signal } = server
    const source = { client, sessionId: 'sesn_1', history: NO_HISTORY, signal }
    const feed = new EventFeed({ ...source, log: () => {}, times: { quiet: 30_000, poll: 20 } })
    await feed.open()
    const prompt = await sendPrompt('Go', { ...source, wasIdle })
    const seen: string[] = []
    const ending = await follow({ ...source, prompt }, feed, async (event, isOurs) => {
      if (isOurs) seen.push(event.kind)
    })
    expect(ending).toMatchObject({ kind: 'idle', stopReason: 'end_turn' })
    expect(seen).toEqual(wasIdle ? ['user-message', 'agent-message', 'idle'] : [])
  },
)
