import type {
  BetaManagedAgentsDeletedSession,
  BetaManagedAgentsSession,
} from '@anthropic-ai/sdk/resources/beta/sessions/sessions'
import * as v from 'valibot'
import { jsonObject } from '../../src/text/json.ts'
import { eventHead, recordEvent } from '../events/events.ts'
import { removeFile } from '../files/files.ts'
import { type Operation, param } from '../http/call.ts'
import { invalid } from '../http/problem.ts'
import { decode, list, object, optional, text } from '../http/schema.ts'
import { limit, updatedBudget } from './budget.ts'
import { mergeMetadata } from './metadata.ts'
import { findSession, replaceSession, sessionObject, withStatus } from './session.ts'

const MAX_TITLE = 500

export const retrieveSession: Operation = (world, call) => sessionObject(findSession(world, param(call, 'session')))

/** Tools and servers are accepted unread: nothing here runs them. */
const unread = v.optional(list(v.unknown(), 1000))

const UPDATE = object({
  vault_ids: v.optional(v.never('cannot be changed after creation')),
  title: optional(text(MAX_TITLE)),
  metadata: optional(jsonObject),
  budget: v.optional(v.nullable(limit)),
  agent: v.optional(object({ tools: unread, mcp_servers: unread })),
})

/** Documented: metadata is merged, `vault_ids` is refused, and work that paused at its budget goes on by itself. */
export const updateSession: Operation = (world, call): BetaManagedAgentsSession => {
  const session = findSession(world, param(call, 'session'))
  const { facts } = session
  const sent = decode(UPDATE, call.json)
  const { title = facts.title } = sent
  const metadata = mergeMetadata(facts.metadata, sent.metadata)
  const budget = updatedBudget(facts, sent.budget)
  if (sent.agent !== undefined && facts.status !== 'idle')
    throw invalid(`agent: cannot be updated while the session is ${facts.status}`)
  if (facts.archived_at !== null) throw invalid(`Session ${facts.id} is archived`)
  const updated = { ...session, facts: { ...facts, title, metadata, budget } }
  if (sent.budget === undefined) return sessionObject(replaceSession(world, updated))
  const event = { ...eventHead(world), type: 'session.updated', budget } as const
  const told = { ...updated, events: [...session.events, recordEvent(world, event)] }
  const resumed = world.scripted.resume(facts.id) ? withStatus(world, told, 'running') : told
  return sessionObject(replaceSession(world, resumed))
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
  world.streams.publish(id, { ...eventHead(world), type: 'session.deleted' })
  for (const file of [...world.files.values()]) if (file.scope?.id === id) removeFile(world, file.id)
  return { id, type: 'session_deleted' }
}
