import type { BetaManagedAgentsSession } from '@anthropic-ai/sdk/resources/beta/sessions/sessions'
import { statusEvent } from '../events/events.ts'
import { invalid, missing } from '../http/problem.ts'
import type { SessionRecord, SessionStatus, World } from '../world.ts'

export function sessionObject({ facts, resources }: SessionRecord): BetaManagedAgentsSession {
  return { ...facts, resources: resources.map(({ resource }) => resource) }
}

export function findSession(world: World, id: string): SessionRecord {
  const session = world.sessions.get(id)
  if (session === undefined) throw missing(`Session not found: ${id}`)
  return session
}

/** Documented: archived sessions take neither events nor resources; nor do terminated ones, by the same reasoning. */
export function findOpenSession(world: World, id: string): SessionRecord {
  const session = findSession(world, id)
  if (session.facts.archived_at !== null) throw invalid(`Session ${id} is archived`)
  if (session.facts.status === 'terminated') throw invalid(`Session ${id} is terminated`)
  return session
}

/** Stores what changed, moves `updated_at` and tells the open streams of new events. */
export function replaceSession(world: World, session: SessionRecord): SessionRecord {
  const replaced = { ...session, facts: { ...session.facts, updated_at: world.timestamp() } }
  const { id } = session.facts
  const told = world.sessions.get(id)?.events.length ?? 0
  world.sessions.set(id, replaced)
  for (const { event } of session.events.slice(told)) world.streams.publish(id, event)
  return replaced
}

/** Changes the status and leaves the event that tells of it. */
export function withStatus(world: World, session: SessionRecord, status: SessionStatus): SessionRecord {
  if (session.facts.status === status) return session
  const event = statusEvent(world, status)
  return { ...session, facts: { ...session.facts, status }, events: [...session.events, event] }
}
