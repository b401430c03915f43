import type { BetaManagedAgentsSessionEvent } from '@anthropic-ai/sdk/resources/beta/sessions/events'
import type { EventRecord, SessionStatus, World } from '../world.ts'

/** What every event begins with. */
export const eventHead = (world: World) => ({ id: world.newId('sevt'), processed_at: world.timestamp() })

export function recordEvent(world: World, event: BetaManagedAgentsSessionEvent): EventRecord {
  return { seq: world.nextSeq(), at: world.now(), event }
}

export function statusEvent(world: World, status: SessionStatus): EventRecord {
  const head = eventHead(world)
  switch (status) {
    case 'idle':
      return recordEvent(world, {
        ...head,
        type: 'session.status_idle',
        stop_reason: { type: 'end_turn' },
        stop_details: null,
      })
    case 'running':
      return recordEvent(world, { ...head, type: 'session.status_running' })
    case 'rescheduling':
      return recordEvent(world, { ...head, type: 'session.status_rescheduled' })
    case 'terminated':
      return recordEvent(world, { ...head, type: 'session.status_terminated' })
  }
}
