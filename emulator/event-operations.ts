import type { BetaManagedAgentsSendSessionEvents } from '@anthropic-ai/sdk/resources/beta/sessions/events'
import { type Operation, param } from './call.ts'
import { decodeEvent, recordEvent, type SentEvent } from './events.ts'
import { Fields } from './fields.ts'
import { paginate } from './page.ts'
import { invalid } from './problem.ts'
import { findOpenSession, findSession, replaceSession, type SessionRecord, withStatus } from './session.ts'
import type { World } from './world.ts'

const MAX_EVENTS = 50

export const sendEvents: Operation = (world, call): BetaManagedAgentsSendSessionEvents => {
  const session = findOpenSession(world, param(call, 'session'))
  const fields = new Fields(call.json)
  const events = fields.objects('events', MAX_EVENTS).map((event) => decodeEvent(world, event))
  fields.end()
  if (events.length === 0) throw invalid('events: at least one event is expected')
  replaceSession(world, takeEvents(world, session, events))
  return { data: events }
}

/** A message or an outcome sets the session running; an interrupt ends the turn (documented). */
export function takeEvents(world: World, session: SessionRecord, events: readonly SentEvent[]): SessionRecord {
  let current = session
  for (const event of events) {
    current = { ...current, events: [...current.events, recordEvent(world, event)] }
    current = withStatus(world, current, event.type === 'user.interrupt' ? 'idle' : 'running')
  }
  return current
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
