import type { BetaManagedAgentsAgent } from '@anthropic-ai/sdk/resources/beta/agents/agents'
import type { BetaManagedAgentsSessionAgent } from '@anthropic-ai/sdk/resources/beta/sessions/sessions'
import * as v from 'valibot'
import { type Operation, param } from '../http/call.ts'
import { paginateAll } from '../http/page.ts'
import { invalid, missing } from '../http/problem.ts'
import { decodeQuery, flag, isWithin, range } from '../http/query.ts'
import { id, optional, text, wholeNumber } from '../http/schema.ts'
import type { World } from '../world.ts'

export interface AgentSeed {
  readonly id: string
  readonly name?: string
  readonly version?: number
  readonly archived?: boolean
}

export function addAgent(world: World, seed: AgentSeed): BetaManagedAgentsAgent {
  const now = world.timestamp()
  const agent: BetaManagedAgentsAgent = {
    id: seed.id,
    type: 'agent',
    name: seed.name ?? seed.id,
    description: null,
    version: seed.version ?? 1,
    model: { id: 'claude-sonnet-5', speed: 'standard' },
    system: null,
    tools: [],
    mcp_servers: [],
    skills: [],
    multiagent: null,
    execution_identity: { type: 'service_account' },
    metadata: {},
    created_at: now,
    updated_at: now,
    archived_at: seed.archived === true ? now : null,
  }
  world.agents.set(agent.id, agent)
  return agent
}

export const retrieveAgent: Operation = (world, call) => findAgent(world, param(call, 'agent'))

/** Newest first, as every list of what was made. */
export const listAgents: Operation = (world, { query }) => {
  const wanted = decodeQuery({ include_archived: flag, ...range }, query)
  const agents = [...world.agents.values()].filter(
    ({ archived_at, created_at }) =>
      (wanted.include_archived || archived_at === null) && isWithin(wanted, Date.parse(created_at)),
  )
  return paginateAll(agents, query)
}

function findAgent(world: World, id: string): BetaManagedAgentsAgent {
  const agent = world.agents.get(id)
  if (agent === undefined) throw missing(`Agent not found: ${id}`)
  return agent
}

const REFERENCE = { id, version: optional(wholeNumber(1, Number.MAX_SAFE_INTEGER)) }
const unread = v.optional(v.unknown())

/** The documented forms besides an id. Overrides change what the agent does, which nothing here runs. */
const FORMS = v.variant('type', [
  v.strictObject({ type: v.literal('agent'), ...REFERENCE }),
  v.strictObject({
    type: v.literal('agent_with_overrides'),
    ...REFERENCE,
    model: unread,
    tools: unread,
    mcp_servers: unread,
    skills: unread,
    system: optional(text(1_000_000, 0)),
  }),
])

export const agentReference = v.lazy((sent) => (typeof sent === 'string' ? v.string() : FORMS))

export function sessionAgentOf(
  world: World,
  sent: v.InferOutput<typeof agentReference>,
): BetaManagedAgentsSessionAgent {
  if (typeof sent === 'string') return snapshot(world, sent, undefined)
  const agent = snapshot(world, sent.id, sent.version)
  const system = sent.type === 'agent' ? undefined : sent.system
  return system === undefined ? agent : { ...agent, system }
}

function snapshot(world: World, id: string, version: number | undefined): BetaManagedAgentsSessionAgent {
  const agent = findAgent(world, id)
  if (agent.archived_at !== null) throw invalid(`Agent ${id} is archived`)
  if (version !== undefined && version > agent.version) throw missing(`Agent ${id} has no version ${version}`)
  const { name, description, model, system, tools, mcp_servers, skills, execution_identity } = agent
  const copied = { name, description, model, system, tools, mcp_servers, skills, execution_identity }
  return { id, type: 'agent', version: version ?? agent.version, multiagent: null, ...copied }
}
