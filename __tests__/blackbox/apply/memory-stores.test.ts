import { expect, test } from '@jest/globals'
import { sha } from '../../desired/repository/event-fixture.ts'
import { GitHubScene } from '../../desired/repository/github-scene.ts'
import { annotations, errorOf } from '../../harness/annotation.ts'

type Inputs = Readonly<Record<string, string>>

const EXISTING = { 'agent-id': '', 'environment-id': '' }
const store = (id: string, more: object = {}) => ({ type: 'memory_store', memory_store_id: id, ...more })
const changes = (on: GitHubScene) => on.scene.requests().filter((line) => !line.startsWith('GET'))

test.concurrent('beside files and repository in the one create, in the order of the lines', async () => {
  await using on = await GitHubScene.open()
  const stores = 'memstore_team: read_only\n\n  memstore_notes : read_write  Keep decisions: here.  \n'
  const inputs = { files: 'a.txt', repository: 'octo-org/app', 'memory-stores': stores }
  const main = await on.main(inputs)
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(changes(on)).toEqual(['POST /v1/files', 'POST /v1/sessions'])
  const sent = on.created() as readonly { readonly type: string }[]
  expect(sent.filter(({ type }) => type === 'memory_store')).toEqual([
    store('memstore_team', { access: 'read_only' }),
    store('memstore_notes', { access: 'read_write', instructions: 'Keep decisions: here.' }),
  ])
  expect(sent.map(({ type }) => type).sort()).toEqual(['file', 'github_repository', 'memory_store', 'memory_store'])
  expect(main.stdout).toContain('  add        memory store memstore_team (read_only)\n')

  const post = await on.scene.post(main, inputs)
  expect(annotations(post, 'warning')).toEqual([])
  const [session] = on.scene.sessions()
  expect(session?.resources.map(({ type }) => type).sort()).toEqual([
    'github_repository',
    'memory_store',
    'memory_store',
  ])
})

test.concurrent('alone; what is not said is left to the service', async () => {
  await using on = await GitHubScene.open()
  const main = await on.main({ 'memory-stores': 'memstore_notes' })
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(on.created()).toEqual([store('memstore_notes')])
  expect(on.scene.sessions()).toMatchObject([
    { resources: [{ memory_store_id: 'memstore_notes', access: 'read_write' }] },
  ])
  expect(on.github.journal()).toEqual([])
  expect(main.outputs).toMatchObject({ 'session-created': 'true', 'mounted-count': '0', 'repository-resource-id': '' })
})

test.concurrent('eight stores, and instructions of 4096 characters', async () => {
  await using on = await GitHubScene.open()
  const instructions = '🗒'.repeat(4096)
  const ids = Array.from({ length: 8 }, (_, n) => on.scene.emulator.addMemoryStore({ name: `Store ${n}` }))
  const lines = ids.map((id, n) => (n === 0 ? `${id}: read_only ${instructions}` : id))
  const main = await on.main({ 'memory-stores': lines.join('\n') })
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(on.created()).toEqual([
    store(ids[0] ?? '', { access: 'read_only', instructions }),
    ...ids.slice(1).map((id) => store(id)),
  ])
})

const NINE = Array.from({ length: 9 }, (_, n) => `memstore_${n}`).join('\n')

const BAD: readonly (readonly [string, string, RegExp])[] = [
  ['nine stores', NINE, /9 stores; a session takes at most 8/],
  ['one twice', 'memstore_a\nmemstore_b\nmemstore_a: read_only', /"memstore_a" is given more than once/],
  ['junk access', 'memstore_a: read_all', /"read_all" is not `read_only` or `read_write`/],
  ['access without a colon', 'memstore_a read_only', /"memstore_a read_only" is not `id`, or `id: read_only`/],
  ['no access behind the colon', 'memstore_a:', /"memstore_a:" is not `id`/],
  ['instructions without access', 'memstore_a: Keep decisions', /"Keep" is not `read_only`/],
  ['an id with a slash', 'mem/store', /"mem\/store" is not `id`/],
  ['instructions of 4097 characters', `memstore_a: read_only ${'x'.repeat(4097)}`, /4097 characters; at most 4096/],
]

test.concurrent.each(BAD)('%s: an error that names the line, nothing sent', async (_, stores, message) => {
  await using on = await GitHubScene.open()
  const main = await on.main({ files: 'a.txt', 'memory-stores': stores })
  expect(main).toMatchObject({ exitCode: 1, stderr: '' })
  expect(errorOf(main)).toMatch(new RegExp(`^- memory-stores: .*${message.source}`, 'm'))
  expect(on.scene.emulator.journal()).toEqual([])
})

test.concurrent('each bad line is told', async () => {
  await using on = await GitHubScene.open()
  const text = errorOf(await on.main({ 'memory-stores': 'a b\nc: d\ne' }))
  expect(text.match(/^- memory-stores: /gm)).toHaveLength(2)
})

const ATTACHED: readonly (readonly [string, string])[] = [
  ['the same access', 'memstore_team: read_only'],
  ['no access named', 'memstore_team'],
  ['instructions named, which stay as they are', 'memstore_team: read_only Other words'],
]

test.concurrent.each(ATTACHED)('attached already, with %s: nothing to do for it', async (_, stores) => {
  await using on = await GitHubScene.open()
  const id = await on.earlier([store('memstore_team', { access: 'read_only' }), store('memstore_notes')])
  const main = await on.main({ ...EXISTING, 'session-id': id, files: 'a.txt', 'memory-stores': stores })
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(changes(on)).toEqual(['POST /v1/files', 'POST /v1/sessions/{sesn}/resources'])
})

test.concurrent('attached already, and nothing else is asked for', async () => {
  await using on = await GitHubScene.open()
  const id = await on.earlier([store('memstore_team')])
  const inputs = { ...EXISTING, 'session-id': id, 'memory-stores': 'memstore_team' }
  const main = await on.main(inputs)
  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  expect(changes(on)).toEqual([])
  expect(main.outputs).toMatchObject({ 'session-id': id, 'session-created': 'false' })
})

const REFUSED: readonly (readonly [string, string, Inputs, RegExp])[] = [
  [
    'not attached',
    'memstore_notes: read_write',
    {},
    /^session sesn_\w+: memory store memstore_notes cannot be added: memory stores can only be given when a session is created; mount onto a new session\n/,
  ],
  [
    'attached with other access',
    'memstore_team: read_write',
    {},
    /^session sesn_\w+: memory store memstore_team is attached as read_only, which cannot be changed to read_write; mount onto a new session\n/,
  ],
]

test.concurrent.each(REFUSED)(
  'on an existing session, %s: refused before any upload',
  async (_, stores, inputs, message) => {
    await using on = await GitHubScene.open()
    const id = await on.earlier([store('memstore_team', { access: 'read_only' })])
    const main = await on.main({ ...EXISTING, 'session-id': id, files: 'a.txt', 'memory-stores': stores, ...inputs })
    expect(main).toMatchObject({ exitCode: 1, stderr: '' })
    expect(errorOf(main)).toMatch(message)
    expect(errorOf(main)).toMatch(/\nNothing was changed\.$/)
    expect(changes(on)).toEqual([])
  },
)

test.concurrent('repository and stores that are missing are told together', async () => {
  await using on = await GitHubScene.open()
  const id = await on.earlier([])
  const stores = 'memstore_team\nmemstore_notes'
  const main = await on.main({ ...EXISTING, 'session-id': id, repository: 'octo-org/app', 'memory-stores': stores })
  for (const what of [`at commit ${sha('c0de0100')}`, 'memory store memstore_team', 'memory store memstore_notes'])
    expect(errorOf(main)).toContain(`${what} cannot be added`)
  expect(changes(on)).toEqual([])
})

test.concurrent('by name: attached at creation, found the next time', async () => {
  await using on = await GitHubScene.open()
  const inputs = { 'session-name': 'Notes', 'memory-stores': 'memstore_notes: read_only' }
  const first = await on.main(inputs)
  const second = await on.main(inputs)
  expect(second).toMatchObject({ exitCode: 0, stderr: '' })
  expect(second.outputs['session-id']).toBe(first.outputs['session-id'])
  expect(changes(on)).toEqual(['POST /v1/sessions'])
})

test.concurrent('they count for max-resources', async () => {
  await using on = await GitHubScene.open()
  const main = await on.main({ files: 'a.txt', 'memory-stores': 'memstore_team\nmemstore_notes', 'max-resources': '2' })
  expect(errorOf(main)).toMatch(/^3 resources would pass 2 \(`max-resources`\)/)
  expect(changes(on)).toEqual([])
})

test.concurrent('a store that the service does not know fails the create, and post takes the upload back', async () => {
  await using on = await GitHubScene.open()
  const inputs = { files: 'a.txt', 'memory-stores': 'memstore_unknown' }
  const main = await on.main(inputs)
  expect(errorOf(main)).toMatch(/memstore_unknown/)
  await on.scene.post(main, inputs)
  expect(on.scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
})
