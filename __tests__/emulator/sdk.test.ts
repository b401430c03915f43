import Anthropic, { toFile } from '@anthropic-ai/sdk'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Emulator, startEmulator } from '../../emulator/emulator.ts'

describe('the official SDK against the emulator', () => {
  let emulator: Emulator
  let client: Anthropic
  const betas: Anthropic.Beta.AnthropicBeta[] = ['managed-agents-2026-04-01']

  beforeAll(async () => {
    emulator = await startEmulator()
    client = new Anthropic({ apiKey: emulator.apiKey, baseURL: emulator.url, maxRetries: 0 })
  })
  afterAll(() => emulator.close())

  const upload = async (name: string, content: string) =>
    client.files.upload({ file: await toFile(Buffer.from(content), name, { type: 'text/csv' }) })
  const base = { agent: 'agent_emulator', environment_id: 'env_emulator' }

  test('uploads a file, mounts it at creation, adds another, removes it, archives and deletes', async () => {
    const report = await upload('report.csv', 'a,b\n1,2\n')
    expect(report).toMatchObject({ filename: 'report.csv', size_bytes: 8, mime_type: 'text/csv', downloadable: false })
    expect(report).not.toHaveProperty('scope')
    const log = await upload('build.log', 'ok')

    const session = await client.beta.sessions.create({
      ...base,
      title: 'PR 42',
      metadata: { run: '1' },
      resources: [
        { type: 'file', file_id: report.id, mount_path: '/in/report.csv' },
        {
          type: 'github_repository',
          url: 'https://github.com/o/r',
          authorization_token: 'ghs_secret',
          checkout: { type: 'commit', sha: 'a'.repeat(40) },
        },
        { type: 'memory_store', memory_store_id: 'memstore_team', access: 'read_only' },
      ],
    })
    expect(session.resources.map(({ mount_path }) => mount_path)).toEqual([
      '/mnt/session/uploads/in/report.csv',
      '/workspace/r',
      '/mnt/memory/team',
    ])
    expect(JSON.stringify(session)).not.toContain('ghs_secret')

    const added = await client.beta.sessions.resources.add(session.id, { type: 'file', file_id: log.id })
    expect(added.mount_path).toBe(`/mnt/session/uploads/${log.id}`)
    expect(added.file_id).not.toBe(log.id)

    const copies = await client.beta.files.list({ scope_id: session.id, betas })
    expect(copies.data.map(({ filename, scope }) => [filename, scope?.id])).toEqual([
      ['build.log', session.id],
      ['report.csv', session.id],
    ])

    const deleted = await client.beta.sessions.resources.delete(added.id, { session_id: session.id })
    expect(deleted).toEqual({ id: added.id, type: 'session_resource_deleted' })
    const left = await client.beta.sessions.resources.list(session.id)
    expect(left.data).toHaveLength(3)
    await expect(client.files.retrieveMetadata(added.file_id)).rejects.toMatchObject({ status: 404 })

    const archived = await client.beta.sessions.archive(session.id)
    expect(archived).toMatchObject({ status: 'terminated', archived_at: expect.any(String) })
    await client.beta.sessions.delete(session.id)
    for (const { id } of [report, log]) await client.files.delete(id)
    expect(emulator.snapshot()).toEqual({ files: [], sessions: [] })
  })

  test('walks every page of files, newest first', async () => {
    for (const n of [1, 2, 3, 4, 5]) await upload(`page-${n}.csv`, String(n))
    const names: string[] = []
    for await (const { filename, id } of client.files.list({ limit: 2 })) {
      names.push(filename)
      await client.files.delete(id)
    }
    expect(names).toEqual(['page-5.csv', 'page-4.csv', 'page-3.csv', 'page-2.csv', 'page-1.csv'])
  })

  test('a message sets the session running until it is interrupted; meanwhile it cannot be deleted', async () => {
    emulator.scriptAgent('silent')
    const { id } = await client.beta.sessions.create(base)
    await client.beta.sessions.events.send(id, {
      events: [{ type: 'user.message', content: [{ type: 'text', text: 'Go' }] }],
    })
    await expect(client.beta.sessions.delete(id)).rejects.toMatchObject({ status: 400 })
    await expect(client.beta.sessions.archive(id)).rejects.toMatchObject({ status: 400 })
    await client.beta.sessions.events.send(id, { events: [{ type: 'user.interrupt' }] })
    const types: string[] = []
    for await (const { type } of client.beta.sessions.events.list(id)) types.push(type)
    expect(types).toEqual(['user.message', 'session.status_running', 'user.interrupt', 'session.status_idle'])
    await client.beta.sessions.delete(id)
  })

  test('rotates the token of a repository and merges metadata', async () => {
    const session = await client.beta.sessions.create({
      ...base,
      metadata: { keep: '1', drop: '2' },
      resources: [{ type: 'github_repository', url: 'https://github.com/o/r' }],
    })
    const [repository] = session.resources
    if (repository?.type !== 'github_repository') throw new Error('no repository')
    await client.beta.sessions.resources.update(repository.id, { session_id: session.id, authorization_token: 'new' })
    const updated = await client.beta.sessions.update(session.id, { metadata: { drop: null, add: '3' } })
    expect(updated.metadata).toEqual({ keep: '1', add: '3' })
    await client.beta.sessions.delete(session.id)
  })

  test('downloads what the agent wrote and nothing else', async () => {
    const { id } = await client.beta.sessions.create(base)
    const output = emulator.addOutput(id, 'result.md', '# done')
    expect(await (await client.files.download(output)).text()).toBe('# done')
    const uploaded = await upload('in.csv', 'x')
    await expect(client.files.download(uploaded.id)).rejects.toMatchObject({
      status: 400,
      error: { error: { details: { error_code: 'file_not_downloadable' } } },
    })
  })
})
