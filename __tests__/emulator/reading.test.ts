import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { AGENTS_BETA, BASE, Caller, HEADERS, MIB } from './caller.ts'

let caller: Caller

beforeAll(async () => {
  caller = await Caller.start()
})
beforeEach(() => caller.emulator.reset())
afterAll(() => caller.emulator.close())

describe('the order of checks', () => {
  const withKey = { 'x-api-key': 'sk-ant-emulator' }
  test.each([
    ['an unknown route without a key', '/v1/nowhere', {}, 404, 'not_found_error'],
    ['no key', '/v1/sessions', {}, 401, 'authentication_error'],
    ['a wrong key', '/v1/sessions', { 'x-api-key': 'nope' }, 401, 'authentication_error'],
    [
      'a wrong bearer beside a good key',
      '/v1/files',
      { ...withKey, authorization: 'Bearer no' },
      401,
      'authentication_error',
    ],
    ['no beta and no version', '/v1/sessions', withKey, 404, 'not_found_error'],
    ['no version', '/v1/sessions', { ...withKey, 'anthropic-beta': AGENTS_BETA }, 400, 'invalid_request_error'],
    [
      'a key in the other header',
      '/v1/files',
      { authorization: 'Bearer sk-ant-emulator', 'anthropic-version': '2026-10-21' },
      200,
      undefined,
    ],
    ['an older SDK', '/v1/sessions?beta=true', HEADERS, 200, undefined],
  ])('%s', async (_name, path, headers, status, type) => {
    const response = await fetch(`${caller.emulator.url}${path}`, { headers })
    const body = JSON.parse(await response.text())
    expect([response.status, body.error?.type]).toEqual([status, type])
    if (type !== undefined) expect(body.request_id).toBe(response.headers.get('request-id'))
  })
})

describe('files', () => {
  test.each([
    ['dir/sub/a.txt', 200, 'a.txt'],
    ['größe 😀.txt', 200, 'größe 😀.txt'],
    ['x'.repeat(255), 200, 'x'.repeat(255)],
    ['x'.repeat(256), 400, undefined],
    ['a\\b.txt', 400, undefined],
    ['a:b.txt', 400, undefined],
    ['dir/', 400, undefined],
  ])('the name %s', async (sent, status, kept) => {
    const answer = await caller.upload(sent)
    expect([answer.status, answer.body.filename]).toEqual([status, kept])
  })

  test.each([
    ['3599', 400],
    ['3600', 200],
    ['7776000', 200],
    ['7776001', 400],
    ['soon', 400],
  ])('an expiry of %s seconds', async (expires_in_seconds, status) => {
    expect((await caller.upload('a.txt', 'x', { expires_in_seconds })).status).toBe(status)
  })

  test('a part without a name is stored as unnamed; a file beyond the limit is refused', async () => {
    const body = '--b\r\nContent-Disposition: form-data; name="file"\r\nContent-Type: text/plain\r\n\r\nhi\r\n--b--\r\n'
    const headers = { ...HEADERS, 'content-type': 'multipart/form-data; boundary=b' }
    const response = await fetch(`${caller.emulator.url}/v1/files`, { method: 'POST', headers, body })
    expect(await response.json()).toMatchObject({ filename: 'unnamed', size_bytes: 2 })
    const large = await caller.upload('large.bin', 'x'.repeat(MIB + 1))
    expect([large.status, large.body.error.type]).toEqual([413, 'request_too_large'])
    expect(caller.emulator.snapshot().files).toHaveLength(1)
  })

  test('an expired file is gone for mounting, its metadata stays for thirty days', async () => {
    const { id } = (await caller.upload('a.txt', 'x', { expires_in_seconds: '3600' })).body
    caller.clock.now += 3600 * 1000
    const create = await caller.call('POST', '/v1/sessions', { ...BASE, resources: [{ type: 'file', file_id: id }] })
    expect([create.status, create.body.error.details.error_code]).toEqual([404, 'file_expired'])
    expect(caller.emulator.snapshot().files).toEqual([])
    expect((await caller.call('GET', `/v1/files/${id}`)).status).toBe(200)
    caller.clock.now += 30 * 24 * 3600 * 1000
    expect((await caller.call('GET', `/v1/files/${id}`)).status).toBe(404)
  })

  test('lists by ids leave out what is gone and take no limit', async () => {
    const id = await caller.newFile()
    expect((await caller.call('GET', `/v1/files?ids[]=${id}&ids[]=file_x`)).body.data).toHaveLength(1)
    expect((await caller.call('GET', `/v1/files?ids[]=${id}&limit=5`)).status).toBe(400)
  })

  test('the list has the shape that the beta asks for', async () => {
    await caller.newFile()
    const { 'anthropic-beta': _, ...ga } = HEADERS
    const keys = async (headers: Record<string, string>) =>
      Object.keys((await caller.call('GET', '/v1/files', undefined, headers)).body)
    expect(await keys(ga)).toEqual(['data', 'next_page'])
    expect(await keys({ ...ga, 'anthropic-beta': 'files-api-2025-04-14' })).toEqual([
      'data',
      'has_more',
      'first_id',
      'last_id',
    ])
    expect(await keys(HEADERS)).toEqual(['data', 'next_page', 'has_more', 'first_id', 'last_id'])
    expect((await caller.call('GET', '/v1/files?scope_id=sesn_x', undefined, ga)).status).toBe(400)
  })
})

describe('what is refused', () => {
  const repository = { type: 'github_repository', url: 'https://github.com/octo/app' }
  const message = (...content: readonly unknown[]) => ({ initial_events: [{ type: 'user.message', content }] })
  test.each([
    ['surprise: Extra inputs are not permitted', { surprise: 1 }],
    ['environment_id: Field required', { environment_id: undefined }],
    ['agent: Input should be an object', { agent: 7 }],
    [
      'agent.version: Input should be an integer between',
      { agent: { type: 'agent', id: 'agent_emulator', version: 0 } },
    ],
    ['title: String should have at most 500 characters', { title: '😀'.repeat(501) }],
    ['metadata.a: Input should be a string', { metadata: { a: 1 } }],
    ['metadata: Input should be an object', { metadata: null }],
    ['resources: Input should be an array', { resources: {} }],
    ["resources.0.type: Input should be 'file' or 'github_repository' or ", { resources: [{ type: 'disk' }] }],
    ['resources.0.file_id: String should have at least 1 character', { resources: [{ type: 'file', file_id: '' }] }],
    [
      'resources.0.url: Input should have the',
      { resources: [{ ...repository, url: 'https://github.com/octo/app.git' }] },
    ],
    [
      'resources.0.checkout.sha: Input should be hexadecimal',
      { resources: [{ ...repository, checkout: { type: 'commit', sha: 'main-branch' } }] },
    ],
    ['initial_events.0.content: at least one block is expected', message()],
    ['initial_events.0.content.0.type: the emulator takes text only', message({ type: 'image' })],
    ['budget.max_list_cost.amount: ', { budget: { type: 'limit', max_list_cost: { amount: '007', currency: 'USD' } } }],
  ])('of a new session: %s', async (expected, changed) => {
    const { status, body } = await caller.call('POST', '/v1/sessions', { ...BASE, ...changed })
    expect([status, body.error.type]).toEqual([400, 'invalid_request_error'])
    expect(body.error.message.slice(0, expected.length)).toBe(expected)
  })

  test('of a body that is no object, and an update that is an array', async () => {
    const id = await caller.newSession()
    for (const [path, body] of [
      ['/v1/sessions', 'text'],
      [`/v1/sessions/${id}`, []],
    ] as const) {
      const refused = await caller.call('POST', path, body)
      expect([refused.status, refused.body.error.message]).toEqual([400, 'body: Input should be an object'])
    }
  })

  test.each([
    ['limit=0', 'limit: Input should be an integer between 1 and 1000'],
    ['limit=1e2', 'limit: Input should be an integer between 1 and 1000'],
    ['order=up', 'order: Input should be one of asc, desc'],
    ['created_at[gt]=soon', 'created_at[gt]: Input should be a time in RFC 3339'],
    ['statuses[]=asleep', 'statuses: unknown status asleep'],
  ])('of the list of sessions: %s', async (query, expected) => {
    const { status, body } = await caller.call('GET', `/v1/sessions?${query}`)
    expect([status, body.error.message]).toEqual([400, expected])
  })
})

describe('listing sessions', () => {
  test('filters, both orders, pages in both directions', async () => {
    const ids: string[] = []
    for (const n of Array(5).keys()) {
      caller.clock.now += 1000
      ids.push(await caller.newSession({ title: `s${n}` }))
    }
    await caller.call('POST', `/v1/sessions/${ids[0]}/archive`)
    const list = async (query: string) => (await caller.call('GET', `/v1/sessions?${query}`)).body
    const titles = (page: { data: { title: string }[] }) => page.data.map(({ title }) => title).join()
    expect(titles(await list('agent_id=agent_emulator'))).toBe('s4,s3,s2,s1')
    expect(titles(await list('order=asc&include_archived=true'))).toBe('s0,s1,s2,s3,s4')
    expect(titles(await list('statuses[]=terminated&include_archived=true'))).toBe('s0')
    const since = new Date(caller.clock.now - 1000).toISOString()
    expect(titles(await list(`created_at[gte]=${since}`))).toBe('s4,s3')
    const first = await list('limit=3')
    const second = await list(`limit=3&page=${first.next_page}`)
    const back = await list(`limit=3&page=${second.prev_page}`)
    expect([titles(first), titles(second), titles(back)]).toEqual(['s4,s3,s2', 's1', 's4,s3,s2'])
    expect([first.prev_page, second.next_page]).toEqual([null, null])
    expect((await caller.call('GET', `/v1/sessions?order=asc&page=${first.next_page}`)).status).toBe(400)
  })
})
