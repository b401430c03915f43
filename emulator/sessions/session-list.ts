import { optional } from 'valibot'
import type { Operation } from '../http/call.ts'
import { paginate } from '../http/page.ts'
import { invalid } from '../http/problem.ts'
import { decodeQuery, digits, flag, isWithin, order, range, word, words } from '../http/query.ts'
import type { ResourceRecord } from '../world.ts'
import { sessionObject } from './session.ts'

const STATUSES: readonly string[] = ['rescheduling', 'running', 'idle', 'terminated']

/** The documented filters; there is none for title or metadata. */
const FILTERS = {
  order: optional(order, 'desc'),
  include_archived: flag,
  agent_id: word,
  agent_version: optional(digits(1, Number.MAX_SAFE_INTEGER)),
  ...range,
  'statuses[]': words,
  deployment_id: word,
  memory_store_id: word,
}

export const listSessions: Operation = (world, { query }) => {
  const wanted = decodeQuery(FILTERS, query)
  const { order, 'statuses[]': statuses, agent_id, agent_version, deployment_id, memory_store_id } = wanted
  const unknown = statuses.find((status) => !STATUSES.includes(status))
  if (unknown !== undefined) throw invalid(`statuses: unknown status ${unknown}`)
  const sessions = [...world.sessions.values()]
    .filter(
      ({ facts, resources }) =>
        (wanted.include_archived || facts.archived_at === null) &&
        isWithin(wanted, Date.parse(facts.created_at)) &&
        (statuses.length === 0 || statuses.includes(facts.status)) &&
        isIt(agent_id, facts.agent.id) &&
        isIt(agent_version, facts.agent.version) &&
        isIt(deployment_id, facts.deployment_id) &&
        (memory_store_id === undefined || resources.some((record) => isOfStore(record, memory_store_id))),
    )
    .toSorted((a, b) => a.seq - b.seq)
  const { items, next, previous } = paginate(sessions, query, { order, size: 20 })
  return { data: items.map(sessionObject), next_page: next, prev_page: previous }
}

const isIt = <T>(wanted: T | undefined, value: T | null | undefined): boolean =>
  wanted === undefined || wanted === value

const isOfStore = ({ resource }: ResourceRecord, id: string): boolean =>
  resource.type === 'memory_store' && resource.memory_store_id === id
