import type { BetaManagedAgentsAgent } from '@anthropic-ai/sdk/resources/beta/agents/agents'
import type { BetaManagedAgentsSessionAgent } from '@anthropic-ai/sdk/resources/beta/sessions/sessions'
import { type Operation, param } from '../http/call.ts'
import { Fields } from '../http/fields.ts'
import { paginateAll } from '../http/page.ts'
import { invalid, missing } from '../http/problem.ts'
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
  const archivedToo = query.flag('include_archived')
  const isWithin = query.timeRange('created_at')
  const agents = [...world.agents.values()].filter(
    (agent) => (archivedToo || agent.archived_at === null) && isWithin(Date.parse(agent.created_at)),
  )
  return paginateAll(agents, query)
}

function findAgent(world: World, id: string): BetaManagedAgentsAgent {
  const agent = world.agents.get(id)
  if (agent === undefined) throw missing(`Agent not found: ${id}`)
  return agent
}

/** The three documented forms: an id, a reference with a version, a reference with overrides. */
export function decodeSessionAgent(world: World, value: unknown): BetaManagedAgentsSessionAgent {
  if (value === undefined) throw invalid('agent: Field required')
  if (typeof value === 'string') return snapshot(world, value, undefined)
  const fields = new Fields(value, 'agent')
  const type = fields.oneOf('type', ['agent', 'agent_with_overrides'])
  if (type === undefined) throw invalid('agent.type: Field required')
  const id = fields.text('id', { max: 128 })
  const version = fields.wholeNumber('version', 1, Number.MAX_SAFE_INTEGER)
  // Overrides change what the agent does, which nothing here runs: they are accepted unread, except for the prompt.
  const system = type === 'agent_with_overrides' ? decodeOverrides(fields) : undefined
  fields.end()
  const agent = snapshot(world, id, version)
  return system === undefined ? agent : { ...agent, system }
}

function decodeOverrides(fields: Fields): string | undefined {
  for (const field of ['model', 'tools', 'mcp_servers', 'skills']) fields.raw(field)
  return fields.optionalText('system', { min: 0, max: 1_000_000 })
}

function snapshot(world: World, id: string, version: number | undefined): BetaManagedAgentsSessionAgent {
  const agent = findAgent(world, id)
  if (agent.archived_at !== null) throw invalid(`Agent ${id} is archived`)
  if (version !== undefined && version > agent.version) throw missing(`Agent ${id} has no version ${version}`)
  const { name, description, model, system, tools, mcp_servers, skills, execution_identity } = agent
  const copied = { name, description, model, system, tools, mcp_servers, skills, execution_identity }
  return { id, type: 'agent', version: version ?? agent.version, multiagent: null, ...copied }
}
