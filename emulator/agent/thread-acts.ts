import type {
  BetaManagedAgentsSessionEvent,
  BetaManagedAgentsSessionStatusIdleEvent,
} from '@anthropic-ai/sdk/resources/beta/sessions/events'
import { primaryThreadId } from '../sessions/threads.ts'
import type { Act } from './agent-script.ts'
import type { LiveSession } from './live-session.ts'

/** That a thread runs, or has stopped and why. */
export function threadStatusEvent(
  session: LiveSession,
  id: string,
  stop_reason?: BetaManagedAgentsSessionStatusIdleEvent['stop_reason'],
): BetaManagedAgentsSessionEvent {
  const { facts, threads } = session.record
  const agent_name = threads.find((thread) => thread.id === id)?.name ?? facts.agent.name
  const of = { ...session.head(), agent_name, session_thread_id: id }
  return stop_reason === undefined
    ? { ...of, type: 'session.thread_status_running' }
    : { ...of, type: 'session.thread_status_idle', stop_reason, stop_details: null }
}

/** The latest thread of an agent. */
export function threadIdOf({ record: { threads, facts } }: LiveSession, name: string): string {
  return threads.findLast((thread) => thread.name === name)?.id ?? primaryThreadId(facts.id)
}

/** What the session is shown of another thread: that it began, what it handed over, that it ended. */
export function actOfThread(session: LiveSession, { name, does, text = '' }: Extract<Act, { act: 'thread' }>): void {
  if (does === 'begins') {
    const id = session.world.newId('sthr')
    session.change((record) => ({ ...record, threads: [...record.threads, { id, name, status: 'running' }] }))
    const of = { agent_name: name, session_thread_id: id, workflow_run_id: null }
    session.tell({ ...session.head(), type: 'session.thread_created', ...of }, threadStatusEvent(session, id))
    return
  }
  const id = threadIdOf(session, name)
  if (does === 'says') {
    const said = { from_session_thread_id: id, from_agent_name: name, content: [{ type: 'text' as const, text }] }
    session.tell({ ...session.head(), type: 'agent.thread_message_received', ...said })
    return
  }
  session.change((record) => ({
    ...record,
    threads: record.threads.map((thread) => (thread.id === id ? { ...thread, status: 'idle' } : thread)),
  }))
  session.tell(threadStatusEvent(session, id, { type: 'end_turn' }))
}
