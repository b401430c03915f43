import type { BetaEnvironment } from '@anthropic-ai/sdk/resources/beta/environments/environments'
import { type Operation, param } from '../http/call.ts'
import { paginateAll } from '../http/page.ts'
import { invalid, missing } from '../http/problem.ts'
import { decodeQuery, flag } from '../http/query.ts'
import type { World } from '../world.ts'

export interface EnvironmentSeed {
  readonly id: string
  readonly name?: string
  readonly archived?: boolean
  readonly selfHosted?: boolean
}

export function addEnvironment(world: World, seed: EnvironmentSeed): BetaEnvironment {
  const now = world.timestamp()
  const packages = { apt: [], cargo: [], gem: [], go: [], npm: [], pip: [] }
  const environment: BetaEnvironment = {
    id: seed.id,
    type: 'environment',
    name: seed.name ?? seed.id,
    description: null,
    config:
      seed.selfHosted === true
        ? { type: 'self_hosted' }
        : { type: 'cloud', networking: { type: 'unrestricted' }, packages },
    metadata: {},
    created_at: now,
    updated_at: now,
    archived_at: seed.archived === true ? now : null,
  }
  world.environments.set(environment.id, environment)
  return environment
}

const NOT_FOUND = 'environment_not_found'

export const retrieveEnvironment: Operation = (world, call) => findEnvironment(world, param(call, 'environment'))

export const listEnvironments: Operation = (world, { query }) => {
  const { include_archived: archivedToo } = decodeQuery({ include_archived: flag }, query)
  const environments = [...world.environments.values()].filter(({ archived_at }) => archivedToo || archived_at === null)
  return paginateAll(environments, query)
}

function findEnvironment(world: World, id: string): BetaEnvironment {
  const environment = world.environments.get(id)
  if (environment === undefined) throw missing(`Environment not found: ${id}`, NOT_FOUND)
  return environment
}

/** Documented: an archived environment takes no sessions. */
export function usableEnvironment(world: World, id: string): BetaEnvironment {
  const environment = findEnvironment(world, id)
  if (environment.archived_at !== null) throw invalid(`Environment ${id} is archived`, 'environment_archived')
  return environment
}
