import type { BetaManagedAgentsSession } from '@anthropic-ai/sdk/resources/beta/sessions/sessions'
import * as v from 'valibot'
import { jsonObject } from '../../src/text/json.ts'
import { agentReference, sessionAgentOf } from '../agent/agent.ts'
import { takeEvents } from '../events/event-operations.ts'
import { initialEvent, sentEventOf } from '../events/sent-event.ts'
import type { Operation } from '../http/call.ts'
import { missing } from '../http/problem.ts'
import { decode, id, list, object, optional, text } from '../http/schema.ts'
import type { World } from '../world.ts'
import { limit } from './budget.ts'
import { usableEnvironment } from './environment.ts'
import { decodeMetadata } from './metadata.ts'
import { mountsOf, resource } from './mount.ts'
import { attach } from './resource.ts'
import { sessionObject } from './session.ts'

const MAX_TITLE = 500
const MAX_INITIAL_EVENTS = 50
/** More entries than any limit on resources: the exact count is checked where they are looked up. */
const MAX_ENTRIES = 100_000

const CREATION = object({
  title: optional(text(MAX_TITLE, 0)),
  metadata: v.optional(jsonObject),
  vault_ids: v.optional(list(v.string(), 100), []),
  budget: optional(limit),
  initial_events: v.optional(list(initialEvent, MAX_INITIAL_EVENTS), []),
  resources: v.optional(list(resource, MAX_ENTRIES), []),
  agent: agentReference,
  environment_id: id,
})

/** All or nothing: everything is checked before anything is made (observed for mount paths). */
export const createSession: Operation = (world, call): BetaManagedAgentsSession => {
  const sent = decode(CREATION, call.json)
  const metadata = decodeMetadata(sent.metadata)
  const agent = sessionAgentOf(world, sent.agent)
  const environment = usableEnvironment(world, sent.environment_id)
  const mounts = mountsOf(world, sent.resources, environment)
  const unknown = sent.vault_ids.find((vault) => !world.vaults.has(vault))
  if (unknown !== undefined) throw missing(`Vault not found: ${unknown}`)

  const facts = newFacts(world, {
    agent,
    environment_id: environment.id,
    title: sent.title ?? null,
    metadata,
    vault_ids: [...sent.vault_ids],
    budget: sent.budget ?? null,
  })
  const resources = mounts.map((mount) => attach(world, facts.id, mount))
  const events = sent.initial_events.map((event) => sentEventOf(world, event))
  const session = takeEvents(world, { seq: world.nextSeq(), facts, resources, events: [], threads: [] }, events)
  world.sessions.set(facts.id, session)
  return sessionObject(session)
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
