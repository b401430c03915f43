import { afterEach, describe, expect, test } from '@jest/globals'
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/emulator.ts'
import type { Deviations } from '../../emulator/faults/deviation.ts'
import { Talk } from './talk.ts'

let emulator: Emulator | undefined

async function open(lenient: Deviations, more: EmulatorOptions = {}): Promise<Talk> {
  emulator = await startEmulator({ lenient, ...more })
  return Talk.open(emulator)
}

afterEach(() => emulator?.close())

describe('adds that meet on one session', () => {
  const add = async ({ client, id }: Talk, mount_path: string) => {
    const file = await client.files.upload({ file: new File(['x'], 'a.txt') })
    return () =>
      client.beta.sessions.resources.add(id, { type: 'file', file_id: file.id, mount_path }).then(
        () => 'added',
        ({ status, type }) => `${status} ${type}`,
      )
  }

  test('the later one is refused and does nothing, one that comes after is not', async () => {
    const talk = await open({ conflictOnConcurrentAdds: true }, { latencyMs: 250 })
    const [first, second] = [await add(talk, '/a'), await add(talk, '/b')]
    expect((await Promise.all([first(), second()])).toSorted()).toEqual(['409 conflict_error', 'added'])
    expect((await talk.client.beta.sessions.retrieve(talk.id)).resources).toHaveLength(1)
    expect(await (await add(talk, '/c'))()).toBe('added')
  })

  test('on two sessions they do not meet; without the deviation they may', async () => {
    const talk = await open({ conflictOnConcurrentAdds: true }, { latencyMs: 250 })
    const other = new Talk(talk.client, (await Talk.open(emulator as Emulator)).id)
    const apart = [await add(talk, '/a'), await add(other, '/a')]
    expect(await Promise.all(apart.map((act) => act()))).toEqual(['added', 'added'])
    await emulator?.close()
    const strict = await open({}, { latencyMs: 250 })
    const together = [await add(strict, '/a'), await add(strict, '/b')]
    expect(await Promise.all(together.map((act) => act()))).toEqual(['added', 'added'])
  })
})

describe('files', () => {
  const betas = ['managed-agents-2026-04-01' as const]

  /** What a list by scope tells of one upload and one output, newest first. */
  async function listed(lenient: Deviations): Promise<unknown> {
    const { client, id } = await open(lenient)
    await client.files.upload({ file: new File(['x'], 'a.txt') })
    emulator?.addOutput(id, 'b.txt', 'y')
    return client.beta.files.list({ scope_id: id, betas }).then(
      ({ data }) => data.map(({ filename, scope }) => [filename, scope?.type]),
      ({ status }) => status,
    )
  }

  test.each<[string, Deviations, unknown]>([
    ['as they should be', {}, [['b.txt', 'session']]],
    ['without names', { noFilenames: true }, [[undefined, 'session']]],
    ['all named alike', { unnamedFiles: true }, [['unnamed', 'session']]],
    [
      'whatever their scope',
      { noScopeFilter: true },
      [
        ['b.txt', undefined],
        ['a.txt', undefined],
      ],
    ],
    ['not by scope', { scopeRefused: true }, 400],
  ])('are listed %s', async (_name, lenient, expected) => {
    expect(await listed(lenient)).toEqual(expected)
  })

  test('a download is what was written, whatever else deviates', async () => {
    const { client, id } = await open({ noFilenames: true, noUpdatedAt: true })
    const output = emulator?.addOutput(id, 'b.txt', '{"updated_at": 1}') ?? ''
    expect(await (await client.files.download(output)).text()).toBe('{"updated_at": 1}')
    expect(await client.files.retrieveMetadata(output)).not.toHaveProperty('filename')
  })
})

test.each<[Deviations, number]>([
  [{ lateLists: true }, 800],
  [{ veryLateLists: true }, 5_000],
])('%j: what was made is on no list before, and is there by its id', async (lenient, lagMs) => {
  const clock = { now: Date.parse('2026-01-01T12:00:00Z') }
  const { client, id } = await open(lenient, { now: () => clock.now })
  const file = await client.files.upload({ file: new File(['x'], 'a.txt') })
  const resource = await client.beta.sessions.resources.add(id, { type: 'file', file_id: file.id, mount_path: '/a' })
  const listed = async () => [
    (await client.beta.sessions.list()).data.map((session) => session.id),
    (await client.beta.sessions.resources.list(id)).data.map((each) => (each as { id?: string }).id),
    (await client.files.list()).data.length,
  ]
  expect((await client.beta.sessions.retrieve(id)).resources).toHaveLength(1)
  clock.now += lagMs - 1
  expect(await listed()).toEqual([[], [], 0])
  clock.now += 2
  expect(await listed()).toEqual([[id], [resource.id], 2])
})

describe('ways of open servers', () => {
  const betas = ['managed-agents-2026-04-01' as const]

  const refusal = (call: Promise<unknown>): Promise<{ status: number; headers: Headers; error: unknown }> =>
    call.then(
      () => {
        throw new Error('this should have been refused')
      },
      (error) => error,
    )

  test('sending events answers 202 without a body; they arrive', async () => {
    const { client, id } = await open({ eventsAnswer202: true })
    const events = [{ type: 'user.interrupt' as const }]
    const { response } = await client.beta.sessions.events.send(id, { events }).withResponse()
    expect([response.status, response.headers.get('content-length')]).toEqual([202, '0'])
    expect((await client.beta.sessions.events.list(id)).data).toMatchObject(events)
  })

  test('creating answers 201; metadata given at creation are not kept', async () => {
    const { client } = await open({ createAnswers201: true, dropsMetadata: true })
    const base = { agent: 'agent_emulator', environment_id: 'env_emulator' }
    const { data, response } = await client.beta.sessions.create({ ...base, metadata: { a: 'b' } }).withResponse()
    expect([response.status, data.metadata]).toEqual([201, {}])
    expect((await client.beta.sessions.update(data.id, { metadata: { a: 'b' } })).metadata).toEqual({ a: 'b' })
  })

  test('ids is ignored, and a scope is a plain field', async () => {
    const { client, id } = await open({ ignoresIds: true, plainScope: true })
    const { id: upload } = await client.files.upload({ file: new File(['x'], 'a.txt') })
    await client.beta.sessions.resources.add(id, { type: 'file', file_id: upload })
    const { data } = await client.beta.files.list({ ids: [upload], betas })
    expect(data).toEqual([expect.objectContaining({ scope_id: id }), expect.objectContaining({ id: upload })])
    for (const file of data) expect(file).not.toHaveProperty('scope')
    expect(data[1]).not.toHaveProperty('scope_id')
  })

  test('files that are not there are left out of a new session, and only there', async () => {
    const { client, id } = await open({ skipsUnknownFiles: true })
    const { id: upload } = await client.files.upload({ file: new File(['x'], 'a.txt') })
    const resources = ['file_none', upload].map((file_id) => ({ type: 'file' as const, file_id }))
    const base = { agent: 'agent_emulator', environment_id: 'env_emulator' }
    expect((await client.beta.sessions.create({ ...base, resources })).resources).toHaveLength(1)
    const added = client.beta.sessions.resources.add(id, { type: 'file', file_id: 'file_none' })
    expect(await refusal(added)).toMatchObject({ status: 404 })
  })

  test('refusals are plain text, and a 429 does not say when to come back', async () => {
    const { client } = await open(
      { plainErrors: true, noRetryAfter: true },
      { faults: [{ kind: 'status', status: 429, retryAfter: '9', match: { path: '^/v1/files$' } }] },
    )
    const limited = await refusal(client.files.list())
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, null])
    const gone = await refusal(client.files.delete('file_none'))
    expect([gone.status, gone.headers.get('content-type'), gone.error]).toEqual([404, 'text/plain', undefined])
  })
})
