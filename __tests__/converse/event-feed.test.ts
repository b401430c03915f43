import { afterEach, expect, test } from '@jest/globals'
import { type Act, type Emulator, type Fault, startEmulator } from '../../emulator/emulator.ts'
import { apiKey, type Client, createClient } from '../../src/api/client.ts'
import { Gate } from '../../src/api/gate.ts'
import { openTransport } from '../../src/api/transport.ts'
import { EventFeed, QUIET } from '../../src/converse/event-feed.ts'
import { NO_HISTORY } from '../../src/converse/event-history.ts'
import { sendPrompt } from '../../src/converse/send-prompt.ts'
import { createSession } from '../harness/service.ts'

const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

interface Fed {
  readonly feed: EventFeed
  readonly client: Client
  readonly sessionId: string
  readonly emulator: Emulator
}

/** A feed of a session whose agent does these acts, and that has no patience. */
async function feedOf(acts: readonly Act[], faults: readonly Fault[] = []): Promise<Fed> {
  const emulator = await startEmulator({ agentScript: { turns: [acts] }, faults })
  const { transport, close } = await openTransport(new URL(emulator.url), 1, {})
  const signal = new AbortController().signal
  const parts = {
    transport,
    credential: apiKey(emulator.apiKey),
    gate: new Gate(1, Number.POSITIVE_INFINITY, () => {}),
  }
  const client = createClient({
    ...parts,
    stop: { startNothingNew: signal, abortInFlight: signal },
    maxAttempts: 5,
    debug: () => {},
    log: () => {},
  })
  const sessionId = await createSession(emulator)
  const times = { quiet: 50, poll: 50 }
  const feed = new EventFeed({ client, sessionId, history: NO_HISTORY, signal, log: () => {}, times })
  closing.push(async () => {
    feed.close()
    await close()
    await emulator.close()
  })
  await feed.open()
  await sendPrompt('Go', { client, sessionId, history: NO_HISTORY, wasIdle: true })
  return { feed, client, sessionId, emulator }
}

/** What a feed tells up to the idle event, by kind. */
async function kindsOf({ feed }: Fed): Promise<readonly string[]> {
  const kinds: string[] = []
  for await (const item of feed.events()) {
    if (item === QUIET) continue
    kinds.push(item.kind === 'agent-message' ? item.text : item.kind)
    if (item.kind === 'idle') break
  }
  return kinds
}

const KINDS = ['user-message', 'running', 'one', 'two', 'idle']

test.each([0, 1, 2, 3, 4])(
  'a stream that falls silent after %d events is given up: the list knows better',
  async (n) => {
    const fed = await feedOf(
      [{ act: 'message', text: 'one' }, { act: 'wait', ms: 120 }, { act: 'message', text: 'two' }, { act: 'idle' }],
      [{ kind: 'stall-stream', afterEvents: n, match: { path: '/stream$' }, times: 9 }],
    )
    expect(await kindsOf(fed)).toEqual(KINDS)
  },
)

test('where nothing happens, that is told, and the stream stays', async () => {
  const fed = await feedOf([{ act: 'message', text: 'one' }, { act: 'wait', ms: 400 }, { act: 'idle' }])
  let quiet = 0
  for await (const item of fed.feed.events()) {
    if (item === QUIET) quiet++
    else if (item.kind === 'idle') break
  }
  expect(quiet).toBeGreaterThan(0)
  expect(fed.emulator.journal().filter(({ path }) => path.endsWith('/stream'))).toHaveLength(1)
})

test('without streams the list is asked until the end', async () => {
  const fed = await feedOf(
    [{ act: 'message', text: 'one' }, { act: 'wait', ms: 200 }, { act: 'message', text: 'two' }, { act: 'idle' }],
    [{ kind: 'status', status: 404, match: { path: '/stream$' }, times: 99 }],
  )
  expect(await kindsOf(fed)).toEqual(KINDS)
  expect(fed.emulator.journal().filter(({ path }) => path.endsWith('/stream'))).toHaveLength(1)
})
