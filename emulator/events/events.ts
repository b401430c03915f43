import type { BetaManagedAgentsSessionEvent } from '@anthropic-ai/sdk/resources/beta/sessions/events'
import type { Fields } from '../http/fields.ts'
import { invalid } from '../http/problem.ts'
import type { EventRecord, SentEvent, SessionStatus, World } from '../world.ts'
import { decodeContent, decodeRubric } from './event-content.ts'

export function recordEvent(world: World, event: BetaManagedAgentsSessionEvent): EventRecord {
  return { seq: world.nextSeq(), at: world.now(), event }
}

export function statusEvent(world: World, status: SessionStatus): EventRecord {
  const common = { id: world.newId('sevt'), processed_at: world.timestamp() }
  switch (status) {
    case 'idle':
      return recordEvent(world, {
        ...common,
        type: 'session.status_idle',
        stop_reason: { type: 'end_turn' },
        stop_details: null,
      })
    case 'running':
      return recordEvent(world, { ...common, type: 'session.status_running' })
    case 'rescheduling':
      return recordEvent(world, { ...common, type: 'session.status_rescheduled' })
    case 'terminated':
      return recordEvent(world, { ...common, type: 'session.status_terminated' })
  }
}

const SENDABLE = ['user.message', 'user.interrupt', 'user.define_outcome', 'user.tool_confirmation'] as const

export type SendableType = (typeof SENDABLE)[number]

/** Decodes what a client sends; results of tools are refused, since nothing here takes one. */
export function decodeEvent(world: World, fields: Fields, allowed: readonly SendableType[] = SENDABLE): SentEvent {
  const type = fields.oneOf('type', allowed)
  if (type === undefined) throw invalid(`${fields.name('type')}: Field required`)
  const event = eventOf(world, type, fields)
  fields.end()
  return event
}

function eventOf(world: World, type: SendableType, fields: Fields): SentEvent {
  const common = { id: world.newId('sevt'), processed_at: world.timestamp() }
  switch (type) {
    case 'user.message':
      return { ...common, type, content: decodeContent(fields) }
    case 'user.interrupt':
      return { ...common, type, session_thread_id: fields.optionalText('session_thread_id', { max: 128 }) ?? null }
    case 'user.define_outcome':
      return {
        ...common,
        type,
        outcome_id: world.newId('outc'),
        description: fields.text('description', { max: 1_000_000 }),
        rubric: decodeRubric(fields.object('rubric')),
        max_iterations: fields.wholeNumber('max_iterations', 1, 20) ?? null,
      }
    case 'user.tool_confirmation':
      return { ...common, type, tool_use_id: fields.text('tool_use_id', { max: 128 }), ...resultOf(fields) }
  }
}

function resultOf(fields: Fields) {
  const result = fields.oneOf('result', ['allow', 'deny'])
  const deny_message = fields.optionalText('deny_message', { min: 0, max: 1_000_000 }) ?? null
  if (result === undefined) throw invalid(`${fields.name('result')}: Field required`)
  if (result === 'allow' && deny_message !== null)
    throw invalid(`${fields.name('deny_message')}: only allowed when result is deny`)
  return { result, deny_message }
}
