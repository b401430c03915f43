import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@jest/globals'
import { apiKey } from '../../src/api/credentials/api-key.ts'
import { Gate } from '../../src/api/gate.ts'
import { createClient } from '../../src/api/http-client.ts'
import { openTransport } from '../../src/api/transport.ts'
import { paceAfter } from '../../src/converse/follow.ts'
import { type EventSource, eventKey, readLatest, readNew } from '../../src/converse/read-events.ts'

interface Listed {
  readonly id?: string
  readonly type: string
  readonly content?: readonly object[]
  readonly processed_at?: string | null
}

/** So many messages of the agent, a second apart. */
function messages(count: number, from = 0): readonly Listed[] {
  return Array.from({ length: count }, (_, index) => {
    const number = from + index
    const processed_at = new Date(Date.UTC(2026, 10, 21) + number * 1_000).toISOString()
    return { id: `sevt_${number}`, type: 'agent.message', content: [{ type: 'text', text: `${number}` }], processed_at }
  })
}

/** A server with a list of events, in pages; it may know no order, and give the oldest first. */
class EventServer implements AsyncDisposable {
  /** The oldest first. */
  events: readonly Listed[] = []
  requests = 0
  readonly #close: () => Promise<void>
  readonly source: EventSource

  private constructor(source: EventSource, close: () => Promise<void>) {
    this.source = source
    this.#close = close
  }

  static async open({ knowsOrder = true } = {}): Promise<EventServer> {
    const server = createServer((request, response) => {
      const query = new URL(request.url ?? '', 'http://localhost').searchParams
      const [at, limit] = [Number(query.get('page') ?? 0), Number(query.get('limit'))]
      const ordered = knowsOrder && query.get('order') === 'desc' ? opened.events.toReversed() : opened.events
      const next_page = at + limit < ordered.length ? String(at + limit) : null
      opened.requests++
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ data: ordered.slice(at, at + limit), next_page }))
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    const { transport, close } = await openTransport(new URL(`http://127.0.0.1:${port}`), 1, {})
    const { signal } = new AbortController()
    const client = createClient({
      transport,
      credential: apiKey('sk-ant-x'),
      gate: new Gate(1, Number.POSITIVE_INFINITY, () => {}),
      stop: { startNothingNew: signal, abortInFlight: signal },
      maxAttempts: 1,
      log: () => {},
      debug: () => {},
    })
    const opened = new EventServer({ client, sessionId: 'sesn_1', options: { signal } }, async () => {
      await close()
      server.closeAllConnections()
      server.close()
    })
    return opened
  }

  /** Ids of what has come beside `known`, which it is added to. */
  async news(known: Set<string>): Promise<readonly (string | undefined)[]> {
    const news = await readNew(this.source, known)
    for (const event of news) known.add(eventKey(event))
    return news.map(({ id }) => id)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#close()
  }
}

const ids = (events: readonly Listed[]) => events.map(({ id }) => id)

test.each([true, false])('each event once, the oldest first (the server knows orders: %s)', async (knowsOrder) => {
  await using server = await EventServer.open({ knowsOrder })
  const all = messages(300)
  const known = new Set<string>()
  for (const [from, to] of [
    [0, 3],
    [3, 3],
    [3, 10],
    [10, 130],
    [130, 131],
    [131, 300],
  ] as const) {
    server.events = all.slice(0, to)
    expect(await server.news(known)).toEqual(ids(all.slice(from, to)))
  }
})

test('where nothing or little is new, one page is asked for, however long the list is', async () => {
  await using server = await EventServer.open()
  server.events = messages(500)
  const known = new Set((await readLatest(server.source)).map(eventKey))
  expect(server.requests).toBe(1)
  expect(await server.news(known)).toEqual([])
  server.events = messages(520)
  expect(await server.news(known)).toEqual(ids(messages(20, 500)))
  expect(server.requests).toBe(3)
})

test('an event that is listed late, behind others, is not missed', async () => {
  await using server = await EventServer.open()
  const all = messages(100)
  const [late] = all.slice(95)
  server.events = all.filter((event) => event !== late)
  const known = new Set((await readLatest(server.source)).map(eventKey))
  server.events = all
  expect(await server.news(known)).toEqual([late?.id])
})

test('a message is news again when the agent has taken it up', async () => {
  await using server = await EventServer.open()
  const message = { id: 'sevt_m', type: 'user.message', content: [{ type: 'text', text: 'Go' }], processed_at: null }
  const known = new Set<string>()
  server.events = [message]
  expect(await server.news(known)).toEqual(['sevt_m'])
  expect(await server.news(known)).toEqual([])
  server.events = [{ ...message, processed_at: '2026-11-21T12:00:00Z' }]
  expect(await server.news(known)).toEqual(['sevt_m'])
  expect(await server.news(known)).toEqual([])
})

test('an event without an id is news once', async () => {
  await using server = await EventServer.open()
  server.events = [{ type: 'session.status_idle', processed_at: '2026-11-21T12:00:00Z' }]
  const known = new Set<string>()
  expect(await server.news(known)).toEqual([undefined])
  expect(await server.news(known)).toEqual([])
})

test.each([
  [0, 1_000],
  [59_999, 1_000],
  [60_000, 5_000],
  [599_999, 5_000],
  [600_000, 10_000],
  [21_600_000, 10_000],
])('after %d ms the list is asked every %d ms', (elapsed, every) => {
  expect(paceAfter(elapsed)).toBe(every)
})
