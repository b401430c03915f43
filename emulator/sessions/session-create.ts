import type { BetaManagedAgentsSession } from '@anthropic-ai/sdk/resources/beta/sessions/sessions'
import { decodeSessionAgent } from '../agent/agent.ts'
import { takeEvents } from '../events/event-operations.ts'
import { decodeEvent } from '../events/events.ts'
import type { Operation } from '../http/call.ts'
import { Fields } from '../http/fields.ts'
import { invalid, missing } from '../http/problem.ts'
import type { World } from '../world.ts'
import { decodeBudget } from './budget.ts'
import { usableEnvironment } from './environment.ts'
import { decodeMetadata } from './metadata.ts'
import { decodeMounts } from './mount.ts'
import { attach } from './resource.ts'
import { sessionObject } from './session.ts'

const MAX_TITLE = 500
const MAX_INITIAL_EVENTS = 50
/** More entries than any limit on resources: the exact count is checked where they are decoded. */
const MAX_ENTRIES = 100_000

/** All or nothing: every field is checked before anything is made (observed for mount paths). */
export const createSession: Operation = (world, call): BetaManagedAgentsSession => {
  const fields = new Fields(call.json)
  const title = fields.optionalText('title', { min: 0, max: MAX_TITLE }) ?? null
  const sentMetadata = fields.raw('metadata')
  const metadata = sentMetadata === undefined ? {} : decodeMetadata(sentMetadata)
  const vaultIds = decodeVaultIds(fields)
  const budget = decodeBudget(fields) ?? null
  const initial = fields
    .objects('initial_events', MAX_INITIAL_EVENTS)
    .map((event) => decodeEvent(world, event, ['user.message', 'user.define_outcome']))
  const inputs = fields.objects('resources', MAX_ENTRIES)
  const sentAgent = fields.raw('agent')
  const environmentId = fields.text('environment_id', { max: 128 })
  fields.end()
  const agent = decodeSessionAgent(world, sentAgent)
  const environment = usableEnvironment(world, environmentId)
  const mounts = decodeMounts(world, inputs, environment)
  const unknown = vaultIds.find((id) => !world.vaults.has(id))
  if (unknown !== undefined) throw missing(`Vault not found: ${unknown}`)

  const facts = newFacts(world, { agent, environment_id: environment.id, title, metadata, vault_ids: vaultIds, budget })
  const resources = mounts.map((mount) => attach(world, facts.id, mount))
  const session = takeEvents(world, { seq: world.nextSeq(), facts, resources, events: [], threads: [] }, initial)
  world.sessions.set(facts.id, session)
  return sessionObject(session)
}

function decodeVaultIds(fields: Fields): string[] {
  return fields.list('vault_ids', 100).map((id) => {
    if (typeof id !== 'string') throw invalid('vault_ids: Input should be an array of strings')
    return id
  })
}

function newFacts(
  world: World,
  given: Pick<BetaManagedAgentsSession, 'agent' | 'environment_id' | 'title' | 'metadata' | 'vault_ids' | 'budget'>,
): Omit<BetaManagedAgentsSession, 'resources'> {
  const now = world.nextBeginning()
  return {
    id: world.newId('sesn'),
    type: 'session',
    status: 'idle',
    ...given,
    outcome_evaluations: [],
    stats: { active_seconds: 0, duration_seconds: 0 },
    usage: { input_tokens: 0, output_tokens: 0 },
    created_at: now,
    updated_at: now,
    archived_at: null,
    deployment_id: null,
  }
}
