import type { BetaManagedAgentsSendSessionEvents } from '@anthropic-ai/sdk/resources/beta/sessions/events'
import { optional } from 'valibot'
import { openOutcome, withEvaluation, withOutcome } from '../agent/evaluation.ts'
import { type Operation, param } from '../http/call.ts'
import { paginate } from '../http/page.ts'
import { invalid } from '../http/problem.ts'
import { decodeQuery, isWithin, order, range, words } from '../http/query.ts'
import { decode, object, someOf } from '../http/schema.ts'
import { isAtCap } from '../sessions/budget.ts'
import { findOpenSession, findSession, replaceSession, withStatus } from '../sessions/session.ts'
import type { SentEvent, SessionRecord, World } from '../world.ts'
import { recordEvent } from './events.ts'
import { sendable, sentEventOf } from './sent-event.ts'

const SENDING = object({ events: someOf(sendable, 50, 'event') })

export const sendEvents: Operation = (world, call): BetaManagedAgentsSendSessionEvents => {
  const session = findOpenSession(world, param(call, 'session'))
  const events = decode(SENDING, call.json).events.map((event) => sentEventOf(world, event))
  checkConfirmations(world, session, events)
  checkCap(session, events)
  const told = replaceSession(world, takeEvents(world, session, events))
  for (const event of events)
    if (event.type === 'user.tool_confirmation') world.scripted.confirm(session.facts.id, event)
  const ids = new Set(events.map(({ id }) => id))
  const isSent = (event: { readonly id: string }): event is SentEvent => ids.has(event.id)
  return { data: told.events.map(({ event }) => event).filter(isSent) }
}

/** A message or an outcome sets the session running; an interrupt ends the turn (documented). */
export function takeEvents(world: World, session: SessionRecord, events: readonly SentEvent[]): SessionRecord {
  let current = session
  for (const event of events) current = takeEvent(world, current, event)
  return current
}

function takeEvent(world: World, session: SessionRecord, event: SentEvent): SessionRecord {
  switch (event.type) {
    case 'user.interrupt':
      return takeInterrupt(world, session, event)
    case 'user.tool_confirmation':
      return withEvent(world, session, event)
    default:
      return takeMessage(world, session, event)
  }
}

/** Documented: only a tool that asks can be answered, and once. */
function checkConfirmations(world: World, session: SessionRecord, events: readonly SentEvent[]): void {
  const ids = events.flatMap((event) => (event.type === 'user.tool_confirmation' ? [event.tool_use_id] : []))
  const asking = world.scripted.asking(session.facts.id)
  const wrong = ids.find((id, index) => !asking.includes(id) || ids.indexOf(id) !== index)
  if (wrong !== undefined) throw invalid(`tool_use_id: ${wrong} is not waiting for a confirmation`)
}

/** Documented: at its budget a session takes no message and no outcome. */
function checkCap({ facts }: SessionRecord, events: readonly SentEvent[]): void {
  if (isAtCap(facts) && events.some(isTask)) throw invalid(`Session ${facts.id} has reached its budget`)
  const outcomes = events.filter(({ type }) => type === 'user.define_outcome').length
  if (outcomes > 1 || (outcomes > 0 && openOutcome(facts) !== undefined))
    throw invalid('user.define_outcome: another outcome is not finished')
}

const isTask = ({ type }: SentEvent): boolean => type === 'user.message' || type === 'user.define_outcome'

function takeInterrupt(world: World, session: SessionRecord, event: SentEvent): SessionRecord {
  const heard = withEvent(world, session, event)
  const end = { result: 'interrupted', completed_at: world.timestamp() }
  const told = { ...heard, facts: withEvaluation(heard.facts, end) }
  const isIdle = session.facts.status === 'idle'
  if (isIdle) world.scripted.drop(session.facts.id)
  return !isIdle && world.scripted.interrupt(session.facts.id) ? told : withStatus(world, told, 'idle')
}

/** Documented: `processed_at` is null while a message waits. */
function takeMessage(world: World, session: SessionRecord, event: SentEvent): SessionRecord {
  const { id, status } = session.facts
  const waits = world.scripted.hear(id, event, status === 'idle')
  const told = waits && event.type === 'user.message' ? { ...event, processed_at: null } : event
  const current =
    event.type === 'user.define_outcome' ? { ...session, facts: withOutcome(session.facts, event) } : session
  const heard = withEvent(world, current, told)
  // What waits for an answer goes on waiting for it.
  return waits && status === 'idle' ? heard : withStatus(world, heard, 'running')
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
  const wanted = decodeQuery({ order: optional(order, 'asc'), 'types[]': words, ...range }, query)
  const types = wanted['types[]']
  const events = findSession(world, param(call, 'session')).events.filter(
    ({ at, event }) => isWithin(wanted, at) && (types.length === 0 || types.includes(event.type)),
  )
  const { items, next } = paginate(events, query, { order: wanted.order, size: 100 })
  return { data: items.map(({ event }) => event), next_page: next }
}
