import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { SEED_AGENT, SEED_ENVIRONMENT } from '../../../emulator/emulator.ts'
import { annotations } from '../../harness/annotation.ts'
import { jsonOutput, Scene } from '../../harness/scene.ts'
import { sha256 } from '../../harness/workspace.ts'

const UPLOADS = '/mnt/session/uploads'

test.concurrent('globs, a mapping and an exclude become mounts of one new session, and post takes them away', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({
    'reports/a.json': '{"a":1}',
    'reports/deep/er/b.json': '{"b":2}',
    'reports/notes.txt': 'not asked for',
    'reports/tmp/c.json': 'left out',
    'data/latest.csv': 'x,y\n1,2\n',
  })
  const files = 'reports/**/*.json\n!reports/tmp/**\ndata/latest.csv => /data.csv\n'
  const main = await scene.main({ files })

  expect(main).toMatchObject({ exitCode: 0, stderr: '' })
  const [session] = scene.sessions()
  const id = session?.id ?? ''
  const mounted = scene.mounted(id)
  expect(Object.fromEntries(Object.entries(mounted).map(([path, file]) => [path, file.sha256]))).toEqual({
    [`${UPLOADS}/data.csv`]: sha256('x,y\n1,2\n'),
    [`${UPLOADS}/reports/a.json`]: sha256('{"a":1}'),
    [`${UPLOADS}/reports/deep/er/b.json`]: sha256('{"b":2}'),
  })
  expect(scene.requests()).toEqual(['POST /v1/files', 'POST /v1/files', 'POST /v1/files', 'POST /v1/sessions'])
  expect(scene.sent().at(-1)?.body).toEqual({
    agent: SEED_AGENT,
    environment_id: SEED_ENVIRONMENT,
    metadata: { 'session-mount-run': expect.stringMatching(/^octo\/app\/4242\/1\/test\/[0-9a-f]+$/) },
    resources: Object.values(mounted).map(({ copyOf }) => ({
      type: 'file',
      file_id: copyOf,
      mount_path: expect.stringMatching(/^\/(data\.csv|reports\/a\.json|reports\/deep\/er\/b\.json)$/),
    })),
  })
  expect(main.stdout).toContain('reports/**/*.json → 2 files\n')
  expect(main.stdout).toContain('data/latest.csv => /data.csv → 1 file\n')

  const post = await scene.post(main)
  expect(post).toMatchObject({ exitCode: 0, stderr: '' })
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot().files).toEqual([])
  expect(scene.sessions()).toMatchObject([{ id, resources: [], archived_at: null }])
  const removal = scene.requests().slice(4)
  expect(removal.filter((line) => line.startsWith('DELETE')).sort()).toEqual([
    ...Array(3).fill('DELETE /v1/files/{file}'),
    ...Array(3).fill('DELETE /v1/sessions/{sesn}/resources/{sesrsc}'),
  ])
})

test.concurrent('outputs, manifest and summary tell what the server holds', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'aaaa', 'b/c.txt': 'ccc' })
  const main = await scene.main({ files: '**/*.txt' })

  const [session] = scene.sessions()
  const id = session?.id ?? ''
  const mounted = scene.mounted(id)
  const record = (path: string, content: string) => {
    const copy = mounted[`${UPLOADS}/${path}`]
    const at = { path, mount_path: `${UPLOADS}/${path}`, size: content.length, sha256: sha256(content) }
    return { ...at, file_id: copy?.id, resource_id: copy?.resourceId, change: 'added' }
  }
  const records = [record('a.txt', 'aaaa'), record('b/c.txt', 'ccc')]
  expect(main.outputs).toMatchObject({
    'session-id': id,
    'session-url': `https://platform.claude.com/workspaces/wrkspc_emulator/sessions/${id}`,
    'session-created': 'true',
    'mounted-count': '2',
    'total-bytes': '7',
  })
  expect(jsonOutput(main, 'resources')).toEqual(records)
  expect(jsonOutput(main, 'file-ids')).toEqual(records.map(({ file_id }) => file_id))
  expect(jsonOutput(main, 'resource-ids')).toEqual(records.map(({ resource_id }) => resource_id))
  const manifest: unknown = JSON.parse(readFileSync(main.outputs['manifest-path'] ?? '', 'utf8'))
  expect(manifest).toMatchObject({ session_id: id, session_created: true, complete: true, resources: records })
  expect(main.summary).toContain(`href="https://platform.claude.com/workspaces/wrkspc_emulator/sessions/${id}"`)
  expect(main.summary).toContain('2 files, 7 bytes')
  expect(main.summary).toContain('<code>b/</code>')
  expect(main.summary).toContain('<code>c.txt</code> 3 bytes')
})

test.concurrent('title, version, vaults, metadata, mount path and expiry reach the service', async () => {
  const now = Date.UTC(2026, 10, 21)
  await using scene = await Scene.open({ now: () => now })
  for (const id of ['vlt_a', 'vlt_b']) scene.emulator.addVault(id)
  scene.workspace.write({ 'a.txt': 'a' })
  const main = await scene.main({
    files: 'a.txt',
    'mount-path': '/in/',
    'session-title': 'Nightly: données',
    'agent-version': '1',
    'vault-ids': 'vlt_a\nvlt_b',
    metadata: 'team=data\nquery = a=b',
    'expires-in': '7d',
  })

  expect(main.exitCode).toBe(0)
  expect(scene.sessions()).toMatchObject([
    {
      title: 'Nightly: données',
      agent: { id: SEED_AGENT, version: 1 },
      vault_ids: ['vlt_a', 'vlt_b'],
      metadata: { team: 'data', query: 'a=b' },
      resources: [{ mount_path: `${UPLOADS}/in/a.txt` }],
    },
  ])
  expect(scene.uploads()).toMatchObject([{ expires_at: new Date(now + 7 * 86_400_000).toISOString() }])
})

test.concurrent('without expires-in, uploads end after a day', async () => {
  const now = Date.UTC(2026, 10, 21)
  await using scene = await Scene.open({ now: () => now })
  scene.workspace.write({ 'a.txt': 'a' })
  await scene.main({ files: 'a.txt' })
  expect(scene.uploads()).toMatchObject([{ expires_at: new Date(now + 86_400_000).toISOString() }])
})

test.concurrent.each([
  ['delete', [], ['DELETE /v1/sessions/{sesn}', 'DELETE /v1/files/{file}']],
  ['archive', [expect.objectContaining({ archived_at: expect.any(String), resources: [] })], undefined],
  ['keep', [expect.objectContaining({ archived_at: null, resources: [] })], undefined],
])('session-cleanup: %s leaves no file, and the session as it says', async (sessionCleanup, sessions, removal) => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a' })
  const { post } = await scene.job({ files: 'a.txt', 'session-cleanup': sessionCleanup })
  expect(post.exitCode).toBe(0)
  expect(annotations(post, 'warning')).toEqual([])
  expect(scene.emulator.snapshot()).toEqual({ files: [], sessions })
  if (removal !== undefined) {
    expect(scene.requests().filter((line) => line.startsWith('DELETE'))).toEqual(expect.arrayContaining(removal))
  }
})

/** Names that are long in HTML, and names that are three times as long in bytes as in characters. */
test.concurrent.each([
  ['&', '&'.repeat(200)],
  ['Japanese', Array(4).fill('名'.repeat(75)).join('/')],
])('a summary of many long names (%s) keeps under the limit of GitHub and counts the rest', async (_, long) => {
  await using scene = await Scene.open()
  const names = Array.from({ length: 400 }, (_, index) => `n/${long}${index}.txt`)
  scene.workspace.write(Object.fromEntries(names.map((name) => [name, name])))
  const main = await scene.main({ files: 'n/** => /in/' })
  expect(main.outputs['mounted-count']).toBe('400')
  expect(jsonOutput(main, 'resource-ids')).toHaveLength(400)
  expect(Buffer.byteLength(main.summary)).toBeLessThan(400_000)
  const shown = main.summary.match(/<li>/g)?.length ?? 0
  expect(shown).toBeGreaterThan(100)
  expect(main.summary.includes(`… and ${400 - shown} more`)).toBe(true)
})

test.concurrent.each([
  ['ahead of', -5],
  ['behind', 5],
])(
  'the create’s reply is lost, and the runner’s clock is five minutes %s the service’s: one session',
  async (_, minutes) => {
    await using scene = await Scene.open({ now: () => Date.now() + minutes * 60_000 })
    scene.workspace.write({ 'a.txt': 'a' })
    scene.emulator.addFault({ kind: 'reset-after-commit', match: { method: 'POST', path: '^/v1/sessions$' } })
    const inputs = { files: 'a.txt', 'session-cleanup': 'delete' }
    const main = await scene.main(inputs)
    expect(annotations(main, 'error')).toEqual([])
    expect(scene.sessions()).toMatchObject([{ id: main.outputs['session-id'] }])
    expect(annotations(await scene.post(main, inputs), 'warning')).toEqual([])
    expect(scene.emulator.snapshot()).toEqual({ files: [], sessions: [] })
  },
)
