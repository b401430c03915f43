import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { BASE, Caller, MIB } from './caller.ts'

let caller: Caller

beforeAll(async () => {
  caller = await Caller.start()
})
beforeEach(() => caller.emulator.reset())
afterAll(() => caller.emulator.close())

describe('mount paths', () => {
  test.each([
    ['probe.txt', '/mnt/session/uploads/probe.txt'],
    ['data/probe.txt', '/mnt/session/uploads/data/probe.txt'],
    ['/tmp/probe.txt', '/mnt/session/uploads/tmp/probe.txt'],
    ['/uploads/probe.txt', '/mnt/session/uploads/probe.txt'],
    ['/mnt/session/uploads/probe.txt', '/mnt/session/uploads/probe.txt'],
    ['/a//./b', '/mnt/session/uploads/a/b'],
    ['../probe.txt', /^Invalid file resource:.*escapes \/uploads\//],
    ['/a/../../b', /escapes \/uploads\//],
    ['/', /names no file/],
    ['', /at least 1 character/],
    ['x'.repeat(4097), /at most 4096 characters/],
  ])('%s', async (mount_path, expected) => {
    const file_id = await caller.newFile()
    const { body } = await caller.call('POST', '/v1/sessions', {
      ...BASE,
      resources: [{ type: 'file', file_id, mount_path }],
    })
    if (typeof expected === 'string') expect(body.resources[0].mount_path).toBe(expected)
    else expect(body.error.message).toMatch(expected)
  })

  test.each(['/in/a', '/in', '/in/a/b', 'in/a', '/uploads/in/a'])('%s overlaps /in/a', async (mount_path) => {
    const file_id = await caller.newFile()
    const id = await caller.newSession({ resources: [{ type: 'file', file_id, mount_path: '/in/a' }] })
    const added = await caller.call('POST', `/v1/sessions/${id}/resources`, { type: 'file', file_id, mount_path })
    expect(added.status).toBe(400)
    expect(added.body.error.message).toMatch(/^Invalid file resource:.*overlaps another resource.*\/uploads\/in\/a/)
  })
})

describe('creating a session is all or nothing', () => {
  const repository = { type: 'github_repository', url: 'https://github.com/o/r' }
  const memory = { type: 'memory_store', memory_store_id: 'memstore_team' }
  test.each<[string, object, number]>([
    ['an unknown field', { titel: 'x' }, 400],
    ['an unknown agent', { agent: 'agent_x' }, 404],
    ['a version that does not exist', { agent: { type: 'agent', id: 'agent_emulator', version: 2 } }, 404],
    ['an unknown environment', { environment_id: 'env_x' }, 404],
    ['a long title', { title: 'x'.repeat(501) }, 400],
    ['17 pairs of metadata', { metadata: Object.fromEntries([...Array(17).keys()].map((n) => [n, ''])) }, 400],
    ['a long metadata value', { metadata: { a: 'x'.repeat(513) } }, 400],
    ['an unknown file', { resources: [{ type: 'file', file_id: 'file_x' }] }, 404],
    ['too many resources', { resources: Array(11).fill(memory) }, 400],
    ['nine memory stores', { resources: Array(9).fill(memory) }, 400],
    ['a repository elsewhere', { resources: [{ ...repository, url: 'https://gitlab.com/o/r' }] }, 400],
    ['a repository url with .git', { resources: [{ ...repository, url: 'https://github.com/o/r.git' }] }, 400],
    ['an empty token', { resources: [{ ...repository, authorization_token: '' }] }, 400],
    ['a tag', { resources: [{ ...repository, checkout: { type: 'tag', name: 'v1' } }] }, 400],
    ['a short sha', { resources: [{ ...repository, checkout: { type: 'commit', sha: 'abc' } }] }, 400],
    ['a sha that is none', { resources: [{ ...repository, checkout: { type: 'commit', sha: 'main-branch' } }] }, 400],
    ['an interrupt as first event', { initial_events: [{ type: 'user.interrupt' }] }, 400],
  ])('%s', async (_name, change, status) => {
    const file_id = await caller.newFile()
    const before = caller.emulator.snapshot()
    const resources = 'resources' in change && Array.isArray(change.resources) ? change.resources : []
    const first = { type: 'file', file_id }
    const all = resources.length === 11 ? resources : [first, ...resources]
    const answer = await caller.call('POST', '/v1/sessions', { ...BASE, ...change, resources: all })
    expect(answer.status).toBe(status)
    expect(caller.emulator.snapshot()).toEqual(before)
  })

  test('a body of more than 32 MB', async () => {
    const answer = await caller.call('POST', '/v1/sessions', { ...BASE, title: 'x'.repeat(32 * MIB) })
    expect([answer.status, answer.body.error.type]).toEqual([413, 'request_too_large'])
  })

  test('initial events set it running', async () => {
    const initial_events = [{ type: 'user.message', content: [{ type: 'text', text: 'Go' }] }]
    const { body } = await caller.call('POST', '/v1/sessions', { ...BASE, initial_events })
    expect(body.status).toBe('running')
  })
})

describe('resources of a session', () => {
  test('only files can be added, up to the limit, and not to an archived session', async () => {
    const file_id = await caller.newFile()
    const id = await caller.newSession()
    const add = (json: object) => caller.call('POST', `/v1/sessions/${id}/resources`, json)
    expect((await add({ type: 'github_repository', url: 'https://github.com/o/r' })).status).toBe(400)
    expect((await add({ type: 'file', file_id: 'file_x' })).status).toBe(404)
    for (const n of Array(10).keys()) await add({ type: 'file', file_id, mount_path: `/f${n}` })
    expect((await add({ type: 'file', file_id, mount_path: '/f10' })).status).toBe(400)
    expect((await caller.call('GET', `/v1/sessions/${id}/resources`)).body.data).toHaveLength(10)
    const page = await caller.call('GET', `/v1/sessions/${id}/resources?limit=9`)
    const last = await caller.call('GET', `/v1/sessions/${id}/resources?limit=9&page=${page.body.next_page}`)
    expect([last.body.data[0].mount_path, last.body.next_page]).toEqual(['/mnt/session/uploads/f9', null])
    await caller.call('POST', `/v1/sessions/${id}/archive`)
    expect((await add({ type: 'file', file_id, mount_path: '/late' })).status).toBe(400)
  })
})
