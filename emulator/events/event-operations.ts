import type { BetaManagedAgentsSendSessionEvents } from '@anthropic-ai/sdk/resources/beta/sessions/events'
import { type Operation, param } from '../http/call.ts'
import { Fields } from '../http/fields.ts'
import { paginate } from '../http/page.ts'
import { invalid } from '../http/problem.ts'
import { findOpenSession, findSession, replaceSession, withStatus } from '../sessions/session.ts'
import type { SentEvent, SessionRecord, World } from '../world.ts'
import { decodeEvent, recordEvent } from './events.ts'

const MAX_EVENTS = 50

export const sendEvents: Operation = (world, call): BetaManagedAgentsSendSessionEvents => {
  const session = findOpenSession(world, param(call, 'session'))
  const fields = new Fields(call.json)
  const events = fields.objects('events', MAX_EVENTS).map((event) => decodeEvent(world, event))
  fields.end()
  if (events.length === 0) throw invalid('events: at least one event is expected')
  const told = replaceSession(world, takeEvents(world, session, events))
  const ids = new Set(events.map(({ id }) => id))
  const isSent = (event: { readonly id: string }): event is SentEvent => ids.has(event.id)
  return { data: told.events.map(({ event }) => event).filter(isSent) }
}

/** A message or an outcome sets the session running; an interrupt ends the turn (documented). */
export function takeEvents(world: World, session: SessionRecord, events: readonly SentEvent[]): SessionRecord {
  let current = session
  for (const event of events)
    current =
      event.type === 'user.interrupt' ? takeInterrupt(world, current, event) : takeMessage(world, current, event)
  return current
}

function takeInterrupt(world: World, session: SessionRecord, event: SentEvent): SessionRecord {
  const told = withEvent(world, session, event)
  const isIdle = session.facts.status === 'idle'
  return !isIdle && world.scripted.interrupt(session.facts.id) ? told : withStatus(world, told, 'idle')
}

/** Documented: `processed_at` is null while a message waits. */
function takeMessage(world: World, session: SessionRecord, event: SentEvent): SessionRecord {
  const { id, status } = session.facts
  const waits = world.scripted.hear(id, event, status === 'idle')
  const told = waits && event.type === 'user.message' ? { ...event, processed_at: null } : event
  return withStatus(world, withEvent(world, session, told), 'running')
}

const withEvent = (world: World, session: SessionRecord, event: SentEvent): SessionRecord => ({
  ...session,
  events: [...session.events, recordEvent(world, event)],
})

/** Opens a stream; that of a session which takes no more events ends at once. */
export const streamEvents: Operation = (world, call) => {
  const { id, status } = findSession(world, param(call, 'session')).facts
  const stream = world.streams.open(id)
  if (status === 'terminated') stream.push('end')
  return stream
}

export const listEvents: Operation = (world, call) => {
  const { query } = call
  const order = query.oneOf('order', ['asc', 'desc'], 'asc')
  const types = query.all('types')
  const isWithin = query.timeRange('created_at')
  const events = findSession(world, param(call, 'session')).events.filter(
    ({ at, event }) => isWithin(at) && (types.length === 0 || types.includes(event.type)),
  )
  const { items, next } = paginate(events, query, { order, limit: 100 })
  return { data: items.map(({ event }) => event), next_page: next }
}
