import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type Act, type Emulator, startEmulator } from '../../emulator/emulator.ts'
import { isIdle, Talk, turnTypesOf, typesOf } from './talk.ts'

let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator()
})
beforeEach(() => emulator.reset())
afterAll(() => emulator.close())

/** What a listener hears of one turn, from the message to the idle event. */
async function hearTurn(...acts: readonly Act[]) {
  emulator.scriptAgent({ turns: [[...acts, { act: 'idle' }]] })
  const talk = await Talk.open(emulator)
  const { heard } = await talk.listen(isIdle)
  await talk.say('Please')
  const { events } = await heard
  return { talk, events: events.slice(3, -3) }
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(5)
}

describe('what the agent says and does', () => {
  test('a message echoes what it was told and what it was given', async () => {
    emulator.scriptAgent({ turns: [[{ act: 'message', text: '{{prompt}}: {{mounted}}' }, { act: 'idle' }]] })
    const talk = await Talk.open(emulator, {
      resources: [
        { type: 'github_repository', url: 'https://github.com/o/r' },
        { type: 'memory_store', memory_store_id: 'memstore_team' },
      ],
    })
    const file = await talk.client.files.upload({ file: new File(['x'], 'a.txt') })
    await talk.client.beta.sessions.resources.add(talk.id, { type: 'file', file_id: file.id, mount_path: '/in/a.txt' })
    const { heard } = await talk.listen(isIdle)
    await talk.say('Read $& all')
    const text = 'Read $& all: /workspace/r, /mnt/memory/team, /mnt/session/uploads/in/a.txt'
    expect((await heard).events).toContainEqual(
      expect.objectContaining({ type: 'agent.message', content: [{ type: 'text', text }] }),
    )
  })

  test('tools: a result names the use before it', async () => {
    const { events } = await hearTurn(
      { act: 'tool-use', name: 'bash', input: { command: 'ls' } },
      { act: 'tool-result', text: 'a.txt' },
      { act: 'mcp-tool-use', server: 'docs', name: 'search', input: { q: 'x' } },
      { act: 'tool-result', text: 'no', isError: true },
    )
    const [use, result, mcpUse, mcpResult] = events
    expect(use).toMatchObject({ type: 'agent.tool_use', name: 'bash', input: { command: 'ls' } })
    expect(result).toMatchObject({ type: 'agent.tool_result', tool_use_id: use?.id, is_error: false })
    expect(mcpUse).toMatchObject({ type: 'agent.mcp_tool_use', mcp_server_name: 'docs' })
    expect(mcpResult).toMatchObject({ type: 'agent.mcp_tool_result', mcp_tool_use_id: mcpUse?.id, is_error: true })
  })

  test('errors carry what their type carries', async () => {
    const url = 'https://github.com/o/r'
    const { events } = await hearTurn(
      { act: 'error', type: 'repository_not_found_error', message: 'gone', repositoryUrl: url },
      { act: 'error', type: 'unknown_error', message: 'odd', retryStatus: 'exhausted' },
      { act: 'error', type: 'mcp_authentication_failed_error', message: 'no', retryStatus: 'terminal' },
      { act: 'event', event: { type: 'agent.dreamed', of: 'sheep' } },
    )
    expect(events).toMatchObject([
      { type: 'session.error', error: { repository_url: url, retry_status: { type: 'retrying' } } },
      { error: { type: 'unknown_error', message: 'odd', retry_status: { type: 'exhausted' } } },
      { error: { mcp_server_name: expect.any(String), retry_status: { type: 'terminal' } } },
      { type: 'agent.dreamed', of: 'sheep', id: expect.any(String) },
    ])
  })

  test('every type of error that the SDK knows can be scripted, and no other', async () => {
    const types = readFileSync(
      new URL('../../node_modules/@anthropic-ai/sdk/resources/beta/sessions/events.d.ts', import.meta.url),
      'utf8',
    )
    const known = [...types.matchAll(/retry_status: [^\n]+\n(?:\s+\/\*\*[\s\S]*?\*\/)?\s*type: '(\w+_error)'/g)]
    const sent = known.map(([, type]) => ({ act: 'error', type, message: 'x' }))
    expect(sent.length).toBeGreaterThan(10)
    const post = (acts: object[]) =>
      fetch(`${emulator.url}/_emulator/agent-script`, { method: 'POST', body: JSON.stringify(acts) })
    expect((await post(sent)).status).toBe(200)
    expect((await post([{ act: 'error', type: 'other_error', message: 'x' }])).status).toBe(400)
  })

  test('its files can be downloaded; with a lag they are listed only some time after the idle', async () => {
    const { talk } = await hearTurn(
      { act: 'output-file', filename: 'now.md', content: 'for {{prompt}}' },
      { act: 'output-file', filename: 'later.bin', sizeBytes: 100_000, indexingLagMs: 50 },
      { act: 'output-file', filename: 'much-later.bin', sizeBytes: 1, indexingLagMs: 3_600_000 },
    )
    const list = async () =>
      (await talk.client.beta.files.list({ scope_id: talk.id, betas: ['managed-agents-2026-04-01'] })).data
    const now = (await list()).find(({ filename }) => filename === 'now.md')
    expect(now?.downloadable).toBe(true)
    expect(await (await talk.client.files.download(now?.id ?? '')).text()).toBe('for Please')
    await until(async () => (await list()).length === 2)
    const later = (await list()).find(({ filename }) => filename === 'later.bin')
    expect((await (await talk.client.files.download(later?.id ?? '')).arrayBuffer()).byteLength).toBe(100_000)
  })
})

describe('how a turn ends', () => {
  test.each(['end_turn', 'retries_exhausted', 'budget_reached', 'refusal'] as const)('idle: %s', async (stopReason) => {
    emulator.scriptAgent({ turns: [[{ act: 'idle', stopReason }]] })
    const talk = await Talk.open(emulator)
    const { heard } = await talk.listen(isIdle)
    await talk.say()
    const last = (await heard).events.at(-1)
    expect(last).toMatchObject({ stop_reason: { type: stopReason } })
    expect(await talk.status()).toBe('idle')
  })

  test.each([
    ['custom-tool', 'agent.custom_tool_use'],
    ['confirmation', 'agent.tool_use'],
  ] as const)('it needs a %s', async (kind, type) => {
    emulator.scriptAgent({ turns: [[{ act: 'requires-action', kind, name: 'deploy', input: { to: 'prod' } }]] })
    const talk = await Talk.open(emulator)
    const { heard } = await talk.listen(isIdle)
    await talk.say()
    const { events } = await heard
    const [asked, idle] = [events.at(-4), events.at(-1)]
    expect(asked).toMatchObject({ type, name: 'deploy', input: { to: 'prod' } })
    expect(idle).toMatchObject({ stop_reason: { type: 'requires_action', event_ids: [asked?.id] } })
  })

  test('rescheduled, running again, terminated', async () => {
    emulator.scriptAgent({ turns: [[{ act: 'rescheduling' }, { act: 'running' }, { act: 'terminated' }]] })
    const talk = await Talk.open(emulator)
    const { heard } = await talk.listen()
    await talk.say()
    const { events, ending } = await heard
    expect([turnTypesOf(events).slice(1), ending]).toEqual([
      ['session.status_running', 'session.status_rescheduled', 'session.status_running', 'session.status_terminated'],
      'end',
    ])
    await expect(talk.say()).rejects.toMatchObject({ status: 400 })
  })

  test('the event may come before the status', async () => {
    emulator.scriptAgent({ turns: [[{ act: 'idle-event-before-status', ms: 3_600_000 }]] })
    const talk = await Talk.open(emulator)
    const { heard } = await talk.listen(isIdle)
    await talk.say()
    await heard
    expect(await talk.status()).toBe('running')
    await expect(talk.client.beta.sessions.archive(talk.id)).rejects.toMatchObject({ status: 400 })
  })

  test('the status follows the event, and no second event', async () => {
    emulator.scriptAgent({ turns: [[{ act: 'idle-event-before-status', ms: 50 }]] })
    const talk = await Talk.open(emulator)
    await talk.say()
    await until(async () => (await talk.status()) === 'idle')
    expect(typesOf(await talk.listed()).filter((type) => type === 'session.status_idle')).toHaveLength(1)
  })

  test('it may run once more', async () => {
    emulator.scriptAgent({ turns: [[{ act: 'idle' }, { act: 'flap', ms: 50 }]] })
    const talk = await Talk.open(emulator)
    let idles = 0
    const { heard } = await talk.listen((event) => isIdle(event) && ++idles === 2)
    await talk.say()
    expect(turnTypesOf((await heard).events)).toEqual([
      'user.message',
      ...['session.status_running', 'session.status_idle', 'session.status_running', 'session.status_idle'],
    ])
  })

  test('each turn adds to the usage', async () => {
    emulator.scriptAgent({ turns: [[{ act: 'idle' }]] })
    const talk = await Talk.open(emulator)
    const seen: number[] = []
    for (const _ of [1, 2]) {
      const { heard } = await talk.listen(isIdle)
      await talk.say()
      await heard
      const { usage } = await talk.client.beta.sessions.retrieve(talk.id)
      seen.push(usage.input_tokens ?? 0, usage.output_tokens ?? 0, Number(usage.list_cost?.amount))
    }
    expect(seen).toEqual([1200, 350, 2, 2400, 700, 4])
  })
})

test('the nth message gets the nth turn, the last repeats; a message sent meanwhile waits', async () => {
  const say = (text: string): Act[] => [{ act: 'wait', ms: 20 }, { act: 'message', text }, { act: 'idle' }]
  emulator.scriptAgent({ turns: [say('first'), say('then')] })
  const talk = await Talk.open(emulator)
  const message = (text: string) => ({ type: 'user.message' as const, content: [{ type: 'text' as const, text }] })
  // In one call, so that the second and the third come while the first has its turn.
  const sent = await talk.client.beta.sessions.events.send(talk.id, {
    events: [message('a'), message('b'), message('c')],
  })
  expect(sent.data?.map(({ processed_at }) => processed_at)).toEqual([expect.any(String), null, null])
  await until(async () => typesOf(await talk.listed()).filter((type) => type === 'session.status_idle').length === 3)
  const events = await talk.listed()
  const said = events.flatMap((event) => (event.type === 'agent.message' ? event.content : []))
  expect(said).toMatchObject([{ text: 'first' }, { text: 'then' }, { text: 'then' }])
  expect(events.map((event) => ('processed_at' in event ? event.processed_at : null))).not.toContain(null)
})

describe('an interrupt', () => {
  test('ends the turn', async () => {
    emulator.scriptAgent({
      turns: [
        [
          { act: 'wait', ms: 3_600_000 },
          { act: 'message', text: 'too late' },
        ],
      ],
    })
    const talk = await Talk.open(emulator)
    const { heard } = await talk.listen(isIdle)
    await talk.say()
    await talk.say('waits, and is forgotten')
    await talk.interrupt()
    const { events } = await heard
    expect(turnTypesOf(events)).toEqual([
      ...['user.message', 'session.status_running', 'user.message', 'user.interrupt', 'session.status_idle'],
    ])
    expect(events.at(-1)).toMatchObject({ stop_reason: { type: 'end_turn' } })
    await talk.client.beta.sessions.delete(talk.id)
  })

  test('takes its time', async () => {
    emulator.scriptAgent({ turns: [[]], interruptLagMs: 3_600_000 })
    const talk = await Talk.open(emulator)
    await talk.say()
    await talk.interrupt()
    expect(await talk.status()).toBe('running')
  })

  test('comes before the answer to a message that was sent with it', async () => {
    emulator.scriptAgent({ turns: [[], [{ act: 'idle', stopReason: 'budget_reached' }]], interruptLagMs: 50 })
    const talk = await Talk.open(emulator)
    await talk.say()
    const { heard } = await talk.listen(
      (event) => isIdle(event) && 'stop_reason' in event && event.stop_reason.type !== 'end_turn',
    )
    await talk.client.beta.sessions.events.send(talk.id, {
      events: [{ type: 'user.interrupt' }, { type: 'user.message', content: [{ type: 'text', text: 'Rather this' }] }],
    })
    expect(turnTypesOf((await heard).events)).toEqual([
      ...['user.interrupt', 'user.message', 'session.status_idle', 'session.status_running', 'session.status_idle'],
    ])
  })
})

describe('what happens to the streams', () => {
  test.each([
    ['drop-streams', 'cut'],
    ['end-streams', 'end'],
  ] as const)('%s', async (act, ending) => {
    emulator.scriptAgent({
      turns: [[{ act: 'message', text: 'a' }, { act }, { act: 'message', text: 'b' }, { act: 'idle' }]],
    })
    const talk = await Talk.open(emulator)
    const both = [await talk.listen(), await talk.listen()]
    await talk.say()
    for (const { heard } of both) {
      const { events, ending: ended } = await heard
      expect([turnTypesOf(events), ended]).toEqual([
        ['user.message', 'session.status_running', 'agent.message'],
        ending,
      ])
    }
    expect(turnTypesOf(await talk.listed())).toHaveLength(5)
  })

  test('an event may come twice', async () => {
    const { talk, events } = await hearTurn({ act: 'message', text: 'a' }, { act: 'duplicate-last' })
    expect(typesOf(events)).toEqual(['agent.message', 'agent.message'])
    expect(events[1]).toEqual(events[0])
    expect(typesOf(await talk.listed()).filter((type) => type === 'agent.message')).toHaveLength(1)
  })
})

describe('the list of events', () => {
  test('by type, in both orders, page by page, by time', async () => {
    const { talk } = await hearTurn({ act: 'message', text: '1' }, { act: 'thinking' }, { act: 'message', text: '2' })
    const { events } = talk.client.beta.sessions
    const all = await talk.listed()
    const texts = async (params: object) => {
      const found: string[] = []
      for await (const event of events.list(talk.id, params))
        if (event.type === 'agent.message' && event.content[0]?.type === 'text') found.push(event.content[0].text)
      return found.join()
    }
    expect(await texts({ types: ['agent.message'] })).toBe('1,2')
    expect(await texts({ types: ['agent.message'], order: 'desc' })).toBe('2,1')
    expect(await texts({ limit: 1 })).toBe('1,2')
    expect(await texts({ order: 'desc', limit: 2 })).toBe('2,1')
    expect((await events.list(talk.id, { limit: 2 })).data).toEqual(all.slice(0, 2))
    expect((await events.list(talk.id, { 'created_at[gt]': '2100-01-01T00:00:00Z' })).data).toEqual([])
    expect((await events.list(talk.id, { 'created_at[lte]': '2100-01-01T00:00:00Z' })).data).toEqual(all)
  })
})

describe('a script from outside', () => {
  const post = async (script: unknown) => {
    const response = await fetch(`${emulator.url}/_emulator/agent-script`, {
      method: 'POST',
      body: JSON.stringify(script),
    })
    return { status: response.status, body: await response.text() }
  }

  test('is followed', async () => {
    expect((await post([{ act: 'message', text: 'Hello' }, { act: 'idle' }])).status).toBe(200)
    const talk = await Talk.open(emulator)
    const { heard } = await talk.listen(isIdle)
    await talk.say()
    expect(typesOf((await heard).events)).toContain('agent.message')
  })

  test.each([
    [[{ act: 'mesage' }], "acts.0.act: Input should be 'message' or "],
    [{ turns: [[{ act: 'wait' }]] }, 'turns.0.0.ms: Field required'],
    [{ turns: [] }, 'turns: at least one turn is expected'],
    [[{ act: 'idle', stopReason: 'bored' }], 'acts.0.stopReason: Input should be'],
    [[{ act: 'thinking', about: 'x' }], 'acts.0.about: Extra inputs are not permitted'],
    [[{ act: 'output-file', filename: 'a' }], 'acts.0.content: either content or sizeBytes is expected'],
  ])('is refused if it is %j', async (script, message) => {
    const { status, body } = await post(script)
    expect([status, JSON.parse(body).error.message]).toEqual([400, expect.stringContaining(message)])
  })
})
