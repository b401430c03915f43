import type { Operation } from '../http/call.ts'
import { paginate } from '../http/page.ts'
import { invalid } from '../http/problem.ts'
import type { Query } from '../http/query.ts'
import type { SessionRecord } from '../world.ts'
import { sessionObject } from './session.ts'

const STATUSES: readonly string[] = ['rescheduling', 'running', 'idle', 'terminated']

type Test = (session: SessionRecord) => boolean

/** The documented filters; there is none for title or metadata. */
export const listSessions: Operation = (world, { query }) => {
  const order = query.oneOf('order', ['asc', 'desc'], 'desc')
  const tests = [archiveTest(query), agentTest(query), timeTest(query), statusTest(query), otherTest(query)]
  const sessions = [...world.sessions.values()]
    .filter((session) => tests.every((test) => test(session)))
    .toSorted((a, b) => a.seq - b.seq)
  const { items, next, previous } = paginate(sessions, query, { order, limit: 20 })
  return { data: items.map(sessionObject), next_page: next, prev_page: previous }
}

function archiveTest(query: Query): Test {
  const archivedToo = query.flag('include_archived')
  return ({ facts }) => archivedToo || facts.archived_at === null
}

function agentTest(query: Query): Test {
  const id = query.text('agent_id')
  const version = query.wholeNumber('agent_version', 1, Number.MAX_SAFE_INTEGER)
  return ({ facts: { agent } }) =>
    (id === undefined || agent.id === id) && (version === undefined || agent.version === version)
}

function timeTest(query: Query): Test {
  const isWithin = query.timeRange('created_at')
  return ({ facts }) => isWithin(Date.parse(facts.created_at))
}

function statusTest(query: Query): Test {
  const statuses = query.all('statuses')
  const unknown = statuses.find((status) => !STATUSES.includes(status))
  if (unknown !== undefined) throw invalid(`statuses: unknown status ${unknown}`)
  return ({ facts }) => statuses.length === 0 || statuses.includes(facts.status)
}

function otherTest(query: Query): Test {
  const deployment = query.text('deployment_id')
  const store = query.text('memory_store_id')
  return ({ facts, resources }) =>
    (deployment === undefined || facts.deployment_id === deployment) &&
    (store === undefined ||
      resources.some(({ resource }) => resource.type === 'memory_store' && resource.memory_store_id === store))
}
