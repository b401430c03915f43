import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type Emulator, SEED_AGENT, SEED_ENVIRONMENT, SEED_VAULT, startEmulator } from '../../emulator/emulator.ts'
import { isIdle, Talk, typesOf } from './talk.ts'

let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator()
})
beforeEach(() => emulator.reset())
afterAll(() => emulator.close())

const idsOf = async (list: AsyncIterable<{ readonly id: string }>): Promise<readonly string[]> =>
  (await Array.fromAsync(list)).map(({ id }) => id)

describe('what a session needs', () => {
  test('agents are listed newest first, page by page, archived ones only on request', async () => {
    const { client } = await Talk.open(emulator)
    emulator.addAgent({ id: 'agent_old', archived: true })
    emulator.addAgent({ id: 'agent_new' })
    expect(await idsOf(client.beta.agents.list({ limit: 1 }))).toEqual(['agent_new', SEED_AGENT])
    expect(await idsOf(client.beta.agents.list({ include_archived: true }))).toContain('agent_old')
    expect(await idsOf(client.beta.agents.list({ 'created_at[gte]': '2999-01-01T00:00:00Z' }))).toEqual([])
  })

  test('environments are listed likewise', async () => {
    const { client } = await Talk.open(emulator)
    emulator.addEnvironment({ id: 'env_old', archived: true })
    expect(await idsOf(client.beta.environments.list())).toEqual([SEED_ENVIRONMENT])
    expect(await idsOf(client.beta.environments.list({ include_archived: true }))).toEqual([
      'env_old',
      SEED_ENVIRONMENT,
    ])
  })

  test('a vault has to be there', async () => {
    emulator.addVault('vlt_mine')
    const vault_ids = [SEED_VAULT, 'vlt_mine']
    const { client, id } = await Talk.open(emulator, { vault_ids })
    expect((await client.beta.sessions.retrieve(id)).vault_ids).toEqual(vault_ids)
    await expect(Talk.open(emulator, { vault_ids: ['vlt_other'] })).rejects.toMatchObject({
      status: 404,
      message: expect.stringContaining('vlt_other'),
    })
    expect(emulator.snapshot().sessions).toHaveLength(1)
  })
})

test('a session has one thread, which is as the session is', async () => {
  const { client, id } = await Talk.open(emulator)
  const threads = () => Array.fromAsync(client.beta.sessions.threads.list(id))
  const [thread, ...others] = await threads()
  expect(others).toEqual([])
  expect(thread).toMatchObject({ type: 'session_thread', session_id: id, parent_thread_id: null, status: 'idle' })
  emulator.setSessionStatus(id, 'running')
  expect(await threads()).toMatchObject([{ id: thread?.id, status: 'running' }])
  expect(await idsOf(client.beta.sessions.threads.list(id, { statuses: ['idle'] }))).toEqual([])
  await expect(Array.fromAsync(client.beta.sessions.threads.list('sesn_none'))).rejects.toMatchObject({ status: 404 })
})

describe('without a script', () => {
  async function turn(options: Parameters<typeof startEmulator>[0], more: object = {}) {
    const own = await startEmulator(options)
    try {
      const talk = await Talk.open(own, more)
      const { heard } = await talk.listen(isIdle)
      await talk.say('Look around')
      return typesOf((await heard).events).includes('agent.message') ? JSON.stringify(await talk.listed()) : 'nothing'
    } finally {
      await own.close()
    }
  }

  test('an agent answers at once with what it was told and what is mounted', async () => {
    const resources = [{ type: 'github_repository', url: 'https://github.com/o/r' }]
    expect(await turn({}, { resources })).toContain('I was told: Look around\\nMounted: /workspace/r')
    expect(await turn({})).toContain('I was told: Look around\\nMounted: nothing')
  })

  test('a silent one runs until it is interrupted', async () => {
    const own = await startEmulator({ agentScript: 'silent' })
    const talk = await Talk.open(own)
    await talk.say()
    own.scriptAgent('silent')
    expect(await talk.status()).toBe('running')
    await talk.interrupt()
    expect(typesOf(await talk.listed()).at(-1)).toBe('session.status_idle')
    await own.close()
  })
})
