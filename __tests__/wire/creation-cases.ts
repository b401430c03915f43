import type { SessionCreateParams } from '@anthropic-ai/sdk/resources/beta/sessions/sessions'
import { createSession } from '../../src/api/sessions.ts'

import { type Creation, sessionParams } from '../../src/apply/session-params.ts'
import type { DesiredRepository } from '../../src/desired/repository/resolve.ts'
import type { MemoryStore } from '../../src/inputs/memory-stores.ts'
import { session } from './replies.ts'
import type { WireCase } from './wire-case.ts'

const TOKEN = ['ghs', '16C7e42F292c6912E7710c838347Ae178B4a'].join('_')
const SHA = '1a2b3c4d'.repeat(5)
const REPOSITORY: DesiredRepository = {
  url: 'https://github.com/octo-org/app',
  checkout: { type: 'commit', sha: SHA },
  sha: SHA,
  ref: 'v1',
  mountPath: '/workspace/it',
  hasToken: true,
  onNewCommit: 'error',
  reason: 'ref "v1"',
}
const STORES: readonly MemoryStore[] = [
  { id: 'memstore_team', access: 'read_only', instructions: undefined },
  { id: 'memstore_notes', access: 'read_write', instructions: 'Keep "decisions" here: 日本語 🎉' },
  { id: 'memstore_plain', access: undefined, instructions: undefined },
]

type Resources = NonNullable<SessionCreateParams['resources']>

const repository = (more: object = {}): Resources[number] => ({
  type: 'github_repository',
  url: 'https://github.com/octo-org/app',
  ...more,
})
const commit = { type: 'commit', sha: SHA } as const

/** The create of a plan's step, against what the SDK sends for the same wish written out. */
export const creationCases: Readonly<Record<string, WireCase>> = {
  'with a repository at a commit': creation(
    { repository: REPOSITORY },
    [repository({ authorization_token: TOKEN, checkout: commit, mount_path: '/workspace/it' })],
    TOKEN,
  ),
  'with a repository at a branch': creation(
    { repository: { ...REPOSITORY, checkout: { type: 'branch', name: 'feature/é x' }, mountPath: undefined } },
    [repository({ authorization_token: TOKEN, checkout: { type: 'branch', name: 'feature/é x' } })],
    TOKEN,
  ),
  'with a public repository at its default branch': creation(
    { repository: { ...REPOSITORY, checkout: undefined, mountPath: undefined } },
    [repository()],
  ),
  'with a budget': creation({}, [], undefined, 250),
  'with memory stores': creation({ memoryStores: STORES }, [
    { type: 'memory_store', memory_store_id: 'memstore_team', access: 'read_only' },
    {
      type: 'memory_store',
      memory_store_id: 'memstore_notes',
      access: 'read_write',
      instructions: 'Keep "decisions" here: 日本語 🎉',
    },
    { type: 'memory_store', memory_store_id: 'memstore_plain' },
  ]),
  'with a message': creation({ opening: { text: 'Review "it" 🎉', rubric: undefined } }, [], undefined, undefined, [
    { type: 'user.message', content: [{ type: 'text', text: 'Review "it" 🎉' }] },
  ]),
  'with an outcome': creation(
    { opening: { text: 'Write it.', rubric: { text: 'It is written.', maxIterations: 5 } } },
    [],
    undefined,
    undefined,
    [
      {
        type: 'user.define_outcome',
        description: 'Write it.',
        rubric: { type: 'text', content: 'It is written.' },
        max_iterations: 5,
      },
    ],
  ),
  'with a repository and a memory store': creation(
    { repository: { ...REPOSITORY, mountPath: undefined }, memoryStores: STORES.slice(2) },
    [
      repository({ authorization_token: TOKEN, checkout: commit }),
      { type: 'memory_store', memory_store_id: 'memstore_plain' },
    ],
    TOKEN,
  ),
}

function creation(
  wanted: Partial<Pick<Creation, 'repository' | 'memoryStores' | 'opening'>>,
  resources: Resources,
  repositoryToken?: string,
  budgetCents?: number,
  initialEvents?: SessionCreateParams['initial_events'],
): WireCase {
  const create: Creation['create'] = {
    agentId: session.agent.id,
    agentVersion: undefined,
    environmentId: session.environment_id,
    title: undefined,
    vaultIds: [],
    metadata: { team: 'data' },
    budgetCents,
  }
  const step: Creation = {
    kind: 'create-session',
    create,
    isNamed: false,
    uploadOf: ({ path }) => path,
    files: [],
    repository: undefined,
    memoryStores: [],
    replaces: undefined,
    opening: undefined,
    ...wanted,
  }
  const details = {
    runKey: 'o/r/123/1/build/5e6f',
    repositoryToken,
    sessionCleanup: 'keep',
  } as const
  return {
    ours: (client) => createSession(client, sessionParams(step, details)),
    sdk: (anthropic) =>
      anthropic.beta.sessions.create({
        agent: session.agent.id,
        environment_id: session.environment_id,
        metadata: { team: 'data', 'session-mount-run': 'o/r/123/1/build/5e6f' },
        ...(budgetCents === undefined
          ? {}
          : { budget: { type: 'limit', max_list_cost: { amount: '250', currency: 'USD' } } }),
        resources,
        ...(initialEvents === undefined ? {} : { initial_events: initialEvents }),
      }),
    replies: [session],
  }
}
