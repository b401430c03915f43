import type {
  BetaManagedAgentsDeletedSession,
  BetaManagedAgentsSession,
} from '@anthropic-ai/sdk/resources/beta/sessions/sessions'
import { recordEvent } from '../events/events.ts'
import { removeFile } from '../files/files.ts'
import { type Operation, param } from '../http/call.ts'
import { Fields } from '../http/fields.ts'
import { invalid } from '../http/problem.ts'
import type { SessionRecord } from '../world.ts'
import { decodeBudgetUpdate } from './budget.ts'
import { mergeMetadata } from './metadata.ts'
import { findSession, replaceSession, sessionObject, withStatus } from './session.ts'

const MAX_TITLE = 500

export const retrieveSession: Operation = (world, call) => sessionObject(findSession(world, param(call, 'session')))

/** Documented: metadata is merged, `vault_ids` is refused, and work that paused at its budget goes on by itself. */
export const updateSession: Operation = (world, call): BetaManagedAgentsSession => {
  const session = findSession(world, param(call, 'session'))
  const { facts } = session
  const fields = new Fields(call.json)
  if (fields.has('vault_ids')) throw invalid('vault_ids: cannot be changed after creation')
  const title = fields.optionalText('title', { max: MAX_TITLE }) ?? facts.title
  const metadata = mergeMetadata(facts.metadata, fields.raw('metadata'))
  const budget = decodeBudgetUpdate(fields, facts)
  checkAgentUpdate(fields, session)
  fields.end()
  if (facts.archived_at !== null) throw invalid(`Session ${facts.id} is archived`)
  const updated = { ...session, facts: { ...facts, title, metadata, budget } }
  if (!fields.has('budget')) return sessionObject(replaceSession(world, updated))
  const event = { id: world.newId('sevt'), processed_at: world.timestamp(), type: 'session.updated', budget } as const
  const told = { ...updated, events: [...session.events, recordEvent(world, event)] }
  const resumed = world.scripted.resume(facts.id) ? withStatus(world, told, 'running') : told
  return sessionObject(replaceSession(world, resumed))
}

/** Tools and servers are accepted unread: nothing here runs them. */
function checkAgentUpdate(fields: Fields, { facts }: SessionRecord): void {
  if (!fields.has('agent')) return
  const agent = fields.object('agent')
  agent.list('tools', 1000)
  agent.list('mcp_servers', 1000)
  agent.end()
  if (facts.status !== 'idle') throw invalid(`agent: cannot be updated while the session is ${facts.status}`)
}

/** Observed: 400 while running, naming the status. Archiving twice changes nothing. */
export const archiveSession: Operation = (world, call): BetaManagedAgentsSession => {
  const session = findSession(world, param(call, 'session'))
  const { id, status, archived_at } = session.facts
  if (archived_at !== null) return sessionObject(session)
  if (status === 'running' || status === 'rescheduling')
    throw invalid(`Session ${id} cannot be archived: its status is ${status}, only pending or idle sessions can be`)
  const ended = withStatus(world, session, 'terminated')
  return sessionObject(replaceSession(world, { ...ended, facts: { ...ended.facts, archived_at: world.timestamp() } }))
}

/** Documented: the session's copies and outputs go with it, the originals stay. */
export const deleteSession: Operation = (world, call): BetaManagedAgentsDeletedSession => {
  const { id, status } = findSession(world, param(call, 'session')).facts
  if (status === 'running')
    throw invalid(
      `Cannot delete session ${id} while it is running. Send a user.interrupt event or wait until it is idle.`,
    )
  world.sessions.delete(id)
  world.scripted.forget(id)
  world.streams.publish(id, { id: world.newId('sevt'), type: 'session.deleted', processed_at: world.timestamp() })
  for (const file of [...world.files.values()]) if (file.scope?.id === id) removeFile(world, file.id)
  return { id, type: 'session_deleted' }
}
