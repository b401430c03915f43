import type { BetaManagedAgentsSessionStatusIdleEvent } from '@anthropic-ai/sdk/resources/beta/sessions/events'
import { recordEvent } from '../events/events.ts'
import { mountPaths } from '../sessions/mount-path.ts'
import { withStatus } from '../sessions/session.ts'
import { primaryThreadId } from '../sessions/threads.ts'
import type { SentEvent } from '../world.ts'
import { usageEvent, withTurn } from './agent-usage.ts'
import { withEvaluation } from './evaluation.ts'
import type { LiveSession } from './live-session.ts'
import { threadStatusEvent } from './thread-acts.ts'

/** A message that had to wait is marked as taken up. */
export function beginTurn(session: LiveSession, message: SentEvent): void {
  session.change((record) => {
    const { events, ...running } = withStatus(session.world, record, 'running')
    const isOutcome = message.type === 'user.define_outcome'
    return {
      ...running,
      facts: isOutcome ? withEvaluation(running.facts, { result: 'running' }) : running.facts,
      events: events.map((each) => (each.event.id === message.id ? { ...each, event: message } : each)),
    }
  })
  session.tell(threadStatusEvent(session, primaryThreadId(session.record.facts.id)))
}

/** @param spent cents since the last idle; `keepsStatus` leaves the status as it is */
export function endTurn(
  session: LiveSession,
  event: BetaManagedAgentsSessionStatusIdleEvent,
  { startedAt, spent, keepsStatus }: { startedAt: number; spent: number; keepsStatus: boolean },
): void {
  const { world } = session
  session.change((record) => {
    const facts = withTurn(world, record.facts, startedAt, spent)
    const thread = threadStatusEvent(session, primaryThreadId(facts.id), event.stop_reason)
    const ended = [thread, usageEvent(world, facts), event].map((each) => recordEvent(world, each))
    const status = keepsStatus ? facts.status : 'idle'
    return { ...record, facts: { ...facts, status }, events: [...record.events, ...ended] }
  })
}

/** Fills in what the agent was told and what is mounted. */
export function fillIn(text: string, { record: { resources } }: LiveSession, message: SentEvent): string {
  const mounted = mountPaths(resources).join(', ') || 'nothing'
  return text.replaceAll('{{mounted}}', () => mounted).replaceAll('{{prompt}}', () => promptOf(message))
}

function promptOf(message: SentEvent): string {
  if (message.type === 'user.define_outcome') return message.description
  if (message.type !== 'user.message') return ''
  return message.content.map((block) => (block.type === 'text' ? block.text : '')).join('\n')
}
