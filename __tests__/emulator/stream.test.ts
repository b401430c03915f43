import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type Act, type Emulator, type FaultKind, startEmulator } from '../../emulator/emulator.ts'
import { isIdle, Talk, typesOf } from './talk.ts'

let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator()
})
beforeEach(() => emulator.reset())
afterAll(() => emulator.close())

const TURN: readonly Act[] = [
  { act: 'thinking' },
  { act: 'message', text: 'one' },
  { act: 'message', text: 'two' },
  { act: 'idle' },
]
const TURN_TYPES = [
  'user.message',
  'session.status_running',
  'session.thread_status_running',
  'agent.thinking',
  'agent.message',
  'agent.message',
  'session.thread_status_idle',
  'session.usage',
  'session.status_idle',
]

test('a stream carries what happens after it was opened, to everyone who listens', async () => {
  emulator.scriptAgent({ turns: [TURN] })
  const talk = await Talk.open(emulator)
  const early = await talk.listen(isIdle)
  const twin = await talk.listen(isIdle)
  await talk.say()
  const { events } = await early.heard
  expect(typesOf(events)).toEqual(TURN_TYPES)
  expect((await twin.heard).events).toEqual(events)
  expect(await talk.listed()).toEqual(events)
  const late = await talk.listen(isIdle)
  await talk.say()
  const after = (await late.heard).events
  expect(typesOf(after)).toEqual(TURN_TYPES)
  expect(after.map(({ id }) => events.some((event) => event.id === id))).not.toContain(true)
})

test('the body is that of server-sent events, and begins before anything happens', async () => {
  const { id } = await Talk.open(emulator)
  const headers = {
    'x-api-key': emulator.apiKey,
    'anthropic-version': '2023-06-01',
    'anthropic-beta': 'managed-agents-2026-04-01',
  }
  const response = await fetch(`${emulator.url}/v1/sessions/${id}/events/stream`, { headers })
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
  emulator.setSessionStatus(id, 'terminated')
  const [event] = (await response.text()).split('\n\n').filter((message) => !message.startsWith(':'))
  expect(event).toMatch(/^event: session\.status_terminated\ndata: \{"id":"sevt_.+"\}$/)
})

describe('a stream ends by itself', () => {
  test('when the session is deleted', async () => {
    const talk = await Talk.open(emulator)
    const { heard } = await talk.listen()
    await talk.client.beta.sessions.delete(talk.id)
    const { events, ending } = await heard
    expect([typesOf(events), ending]).toEqual([['session.deleted'], 'end'])
    await expect(talk.listen()).rejects.toMatchObject({ status: 404 })
  })

  test('when the session is archived; one opened later ends at once', async () => {
    const talk = await Talk.open(emulator)
    const { heard } = await talk.listen()
    await talk.client.beta.sessions.archive(talk.id)
    const { events, ending } = await heard
    expect([typesOf(events), ending]).toEqual([['session.status_terminated'], 'end'])
    expect(await (await talk.listen()).heard).toEqual({ events: [], ending: 'end' })
  })

  test('when the emulator is reset; closing cuts it', async () => {
    const other = await startEmulator()
    const before = await (await Talk.open(other)).listen()
    other.reset()
    expect((await before.heard).ending).toBe('end')
    const after = await (await Talk.open(other)).listen()
    await other.close()
    expect((await after.heard).events).toEqual([])
  })
})

describe('faults of a stream', () => {
  const STREAM = { path: '/events/stream$' }

  test.each([0, 1, 2, 3, 4, 5, 6])(
    'dropped after event %i: what was sent arrives, the list has the rest',
    async (n) => {
      emulator.scriptAgent({ turns: [TURN] })
      emulator.addFault({ kind: 'drop-stream', afterEvents: n, match: STREAM })
      const talk = await Talk.open(emulator)
      const { heard } = await talk.listen()
      await talk.say()
      const { events, ending } = await heard
      expect([typesOf(events), ending]).toEqual([TURN_TYPES.slice(0, n), 'cut'])
      // Only the first connection was struck.
      const next = await talk.listen(isIdle)
      await talk.say()
      expect((await next.heard).ending).toBe('left')
      expect((await talk.listed()).slice(0, n)).toEqual(events)
    },
  )

  test('every connection can be dropped', async () => {
    emulator.addFault({ kind: 'drop-stream', afterEvents: 1, times: 100, match: STREAM })
    const talk = await Talk.open(emulator)
    for (const status of ['running', 'idle', 'running'] as const) {
      const { heard } = await talk.listen()
      emulator.setSessionStatus(talk.id, status)
      expect(await heard).toMatchObject({ events: [{ type: `session.status_${status}` }], ending: 'cut' })
    }
  })

  test.each<[FaultKind, string[], string]>([
    ['end-stream', ['session.status_running'], 'end'],
    ['duplicate-events', ['session.status_running', 'session.status_running', 'session.status_idle'], 'left'],
    ['truncated-json', [], 'cut'],
  ])('%s', async (kind, types, ending) => {
    emulator.addFault({ kind, afterEvents: 1, match: STREAM })
    const talk = await Talk.open(emulator)
    const { heard } = await talk.listen(isIdle)
    emulator.setSessionStatus(talk.id, 'running')
    emulator.setSessionStatus(talk.id, 'idle')
    const told = await heard
    expect([typesOf(told.events), told.ending]).toEqual([types, ending])
  })

  test('a stalled stream says nothing more', async () => {
    const other = await startEmulator({ faults: [{ kind: 'stall-stream', afterEvents: 1, match: STREAM }] })
    const talk = await Talk.open(other)
    const stalled = await talk.listen()
    const twin = await talk.listen()
    for (const status of ['running', 'idle', 'terminated'] as const) other.setSessionStatus(talk.id, status)
    expect((await twin.heard).events).toHaveLength(3)
    await other.close()
    const { events, ending } = await stalled.heard
    expect([typesOf(events), ending]).toEqual([['session.status_running'], 'cut'])
  })

  test('a stream can be refused like any request', async () => {
    emulator.addFault({ kind: 'status', status: 529, match: STREAM })
    await expect((await Talk.open(emulator)).listen()).rejects.toMatchObject({ status: 529 })
  })
})
