import type { SessionEvent } from '../api/session-event.ts'

/**
 * The session's own thread: what has another is another agent's. It begins to run when the session does, and is not
 * announced (documented, observed). Undefined while it has not been seen.
 */
export function ownThread(events: readonly SessionEvent[]): string | undefined {
  const created = new Set(events.flatMap((event) => (event.kind === 'thread-created' ? (event.threadId ?? []) : [])))
  return events.find(
    ({ kind, threadId }, index) =>
      kind === 'thread-running' && events[index - 1]?.kind === 'running' && !created.has(threadId ?? ''),
  )?.threadId
}

/** The same events, without the thread where it is the session's own. */
export function withoutThread(events: readonly SessionEvent[], own: string | undefined): readonly SessionEvent[] {
  return events.map((event) => (event.threadId === own ? { ...event, threadId: undefined } : event))
}

/** The name of another agent, of whose thread an event is. */
export function agentOf({ threadId }: SessionEvent, events: readonly SessionEvent[]): string | undefined {
  if (threadId === undefined) return undefined
  const named = events.find((event) => event.threadId === threadId && 'agent' in event)
  return named !== undefined && 'agent' in named ? named.agent : 'another agent'
}
