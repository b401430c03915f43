import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type Act, type AskedTool, type Emulator, startEmulator } from '../../emulator/emulator.ts'
import { isIdle, Talk, turnTypesOf } from './talk.ts'

let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator()
})
beforeEach(() => emulator.reset())
afterAll(() => emulator.close())

const dollars = (amount: string) => ({ type: 'limit', max_list_cost: { amount, currency: 'USD' } }) as const
const refused = (message: RegExp) => ({ status: 400, message: expect.stringMatching(message) })

async function idleOf(talk: Talk, tell: () => Promise<unknown>) {
  const { heard } = await talk.listen(isIdle)
  await tell()
  const { events } = await heard
  return { events, idle: events.at(-1), usage: events.at(-2) }
}

describe('a budget', () => {
  const SPENDS: readonly Act[] = [
    { act: 'spend', cents: 3 },
    { act: 'message', text: 'one' },
    { act: 'spend', cents: 4 },
    { act: 'message', text: 'two' },
    { act: 'spend', cents: 5 },
    { act: 'message', text: 'three' },
    { act: 'idle' },
  ]

  test('the request that crosses it is finished, the next one not begun; a higher one goes on by itself', async () => {
    emulator.scriptAgent({ turns: [SPENDS] })
    const talk = await Talk.open(emulator, { budget: dollars('5') })
    const first = await idleOf(talk, () => talk.say())
    expect(first.idle).toMatchObject({ stop_reason: { type: 'budget_reached' } })
    expect(first.usage).toMatchObject({
      type: 'session.usage',
      usage: { list_cost: { amount: '7' } },
      budget: dollars('5'),
    })
    expect(turnTypesOf(first.events).filter((type) => type === 'agent.message')).toHaveLength(2)
    await expect(talk.say()).rejects.toMatchObject(refused(/has reached its budget/))
    const { sessions } = talk.client.beta
    await expect(sessions.update(talk.id, { budget: dollars('7') })).rejects.toMatchObject(
      refused(/above the consumed/),
    )
    const second = await idleOf(talk, () => sessions.update(talk.id, { budget: dollars('20') }))
    expect(turnTypesOf(second.events)).toEqual([
      ...['session.updated', 'session.status_running', 'agent.message', 'session.status_idle'],
    ])
    expect(second.idle).toMatchObject({ stop_reason: { type: 'end_turn' } })
    expect((await sessions.retrieve(talk.id)).usage.list_cost).toMatchObject({ amount: '12' })
  })

  test('an interrupt gives up what paused', async () => {
    emulator.scriptAgent({ turns: [SPENDS, [{ act: 'message', text: 'new' }, { act: 'idle' }]] })
    const talk = await Talk.open(emulator, { budget: dollars('1') })
    await idleOf(talk, () => talk.say())
    const { sessions } = talk.client.beta
    const { events } = await idleOf(talk, async () => {
      await sessions.update(talk.id, { budget: dollars('100') })
      await talk.interrupt()
    })
    expect(events.at(-1)).toMatchObject({ stop_reason: { type: 'end_turn' } })
    const after = await idleOf(talk, () => talk.say())
    expect(after.events).toContainEqual(expect.objectContaining({ content: [{ type: 'text', text: 'new' }] }))
  })

  test.each(['0', '-1', '2.5', '007', 'x'])('%s is no amount', async (amount) => {
    await expect(Talk.open(emulator, { budget: dollars(amount) })).rejects.toMatchObject(refused(/amount/))
  })

  test('it cannot be added later', async () => {
    const talk = await Talk.open(emulator)
    const update = talk.client.beta.sessions.update(talk.id, { budget: dollars('5') })
    await expect(update).rejects.toMatchObject(refused(/only be set when the session is created/))
  })
})

describe('an outcome', () => {
  const outcome = {
    type: 'user.define_outcome',
    description: 'Write it.',
    rubric: { type: 'text', content: 'Good' },
  } as const
  const define = (talk: Talk, max_iterations?: number) =>
    talk.client.beta.sessions.events.send(talk.id, {
      events: [{ ...outcome, ...(max_iterations === undefined ? {} : { max_iterations }) }],
    })
  const REVISES: readonly Act[] = [
    { act: 'evaluate', result: 'needs_revision', explanation: 'No sum.' },
    { act: 'message', text: 'With a sum.' },
    { act: 'evaluate', result: 'satisfied', explanation: 'All there.' },
    { act: 'idle' },
  ]

  test('is revised, and then satisfied', async () => {
    emulator.scriptAgent({ turns: [REVISES] })
    const talk = await Talk.open(emulator)
    const { events } = await idleOf(talk, () => define(talk))
    const ends = events.filter(({ type }) => type === 'span.outcome_evaluation_end')
    expect(ends).toMatchObject([
      { iteration: 0, result: 'needs_revision', explanation: 'No sum.' },
      { iteration: 1, result: 'satisfied', explanation: 'All there.' },
    ])
    const { outcome_evaluations } = await talk.client.beta.sessions.retrieve(talk.id)
    expect(outcome_evaluations).toMatchObject([{ iteration: 1, result: 'satisfied', explanation: 'All there.' }])
  })

  test('the last revision ends it, and the agent has one more turn', async () => {
    emulator.scriptAgent({ turns: [REVISES] })
    const talk = await Talk.open(emulator)
    const { events } = await idleOf(talk, () => define(talk, 1))
    expect(turnTypesOf(events).slice(2)).toEqual([
      'span.outcome_evaluation_start',
      'span.outcome_evaluation_ongoing',
      'span.outcome_evaluation_end',
      'agent.message',
      'session.status_idle',
    ])
    expect(events).toContainEqual(expect.objectContaining({ result: 'max_iterations_reached' }))
  })

  test('one at a time; an interrupt ends it', async () => {
    emulator.scriptAgent({ turns: [[{ act: 'wait', ms: 3_600_000 }]] })
    const talk = await Talk.open(emulator)
    await define(talk)
    await expect(define(talk)).rejects.toMatchObject(refused(/not finished/))
    await talk.interrupt()
    const { outcome_evaluations } = await talk.client.beta.sessions.retrieve(talk.id)
    expect(outcome_evaluations).toMatchObject([{ result: 'interrupted' }])
    await define(talk)
  })

  test.each([0, 21])('%s iterations are refused', async (iterations) => {
    const talk = await Talk.open(emulator)
    await expect(define(talk, iterations)).rejects.toMatchObject(refused(/between 1 and 20/))
  })
})

describe('tools that ask', () => {
  const asks = (count: number, more: Partial<AskedTool> = {}): Act => ({
    act: 'ask',
    tools: Array.from({ length: count }, (_, index) => ({ name: 'bash', input: { n: index }, ...more })),
  })
  const DONE: readonly Act[] = [{ act: 'message', text: 'done' }, { act: 'idle' }]
  const confirm = (talk: Talk, ids: readonly string[], result: 'allow' | 'deny' = 'allow') =>
    talk.client.beta.sessions.events.send(talk.id, {
      events: ids.map((id) => ({ type: 'user.tool_confirmation', tool_use_id: id, result })),
    })
  const waitsFor = (event: object | undefined): readonly string[] =>
    (event as { stop_reason: { event_ids?: string[] } }).stop_reason.event_ids ?? []

  test('five at a time; the window slides', async () => {
    emulator.scriptAgent({ turns: [[asks(7), ...DONE]] })
    const talk = await Talk.open(emulator)
    const { idle } = await idleOf(talk, () => talk.say())
    const five = waitsFor(idle)
    expect(five).toHaveLength(5)
    const second = await idleOf(talk, () => confirm(talk, five.slice(0, 3)))
    const rest = waitsFor(second.idle)
    expect([rest.length, rest.slice(0, 2)]).toEqual([4, five.slice(3)])
    await expect(confirm(talk, five.slice(0, 1))).rejects.toMatchObject(refused(/not waiting for a confirmation/))
    await expect(confirm(talk, [rest[0] ?? '', rest[0] ?? ''])).rejects.toMatchObject(refused(/not waiting/))
    const last = await idleOf(talk, () => confirm(talk, rest))
    expect(last.idle).toMatchObject({ stop_reason: { type: 'end_turn' } })
  })

  test('a denial is the result of the tool, and the agent goes on', async () => {
    emulator.scriptAgent({ turns: [[asks(1, { server: 'github', name: 'merge' }), ...DONE]] })
    const talk = await Talk.open(emulator)
    const { idle } = await idleOf(talk, () => talk.say())
    const { events } = await idleOf(talk, () => confirm(talk, waitsFor(idle), 'deny'))
    expect(events).toContainEqual(expect.objectContaining({ type: 'agent.mcp_tool_result', is_error: true }))
    expect(turnTypesOf(events)).toContain('agent.message')
  })

  test('what another thread asks gives no idle of the session', async () => {
    const asked = { ...asks(1), thread: 'helper' } as Act
    emulator.scriptAgent({
      turns: [
        [
          { act: 'thread', name: 'helper', does: 'begins' },
          asked,
          { act: 'thread', name: 'helper', does: 'ends' },
          ...DONE,
        ],
      ],
    })
    const talk = await Talk.open(emulator)
    await talk.say()
    const isAsking = (events: readonly { readonly type: string }[]) =>
      events.find((event) => event.type === 'session.thread_status_idle')
    while (isAsking(await talk.listed()) === undefined) await sleep(5)
    const idle = isAsking(await talk.listed())
    expect(idle).toMatchObject({ agent_name: 'helper', stop_reason: { type: 'requires_action' } })
    expect(await talk.status()).toBe('running')
    const { data } = await talk.client.beta.sessions.threads.list(talk.id)
    expect(data).toMatchObject([
      { parent_thread_id: data[1]?.id, agent: { name: 'helper' } },
      { parent_thread_id: null },
    ])
    const { events } = await idleOf(talk, () => confirm(talk, waitsFor(idle)))
    expect(turnTypesOf(events)).toContain('agent.message')
  })
})
