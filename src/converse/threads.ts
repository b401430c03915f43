import type { SessionEvent } from '../api/session-event.ts'

/**
 * The same events, without the thread where that is the session's own: what has a thread is another agent's then. The own
 * one begins to run when the session does, and is not announced (documented, observed).
 */
export function withoutOwnThread(
  events: readonly SessionEvent[],
  earlier: readonly SessionEvent[],
): readonly SessionEvent[] {
  const all = [...earlier, ...events]
  const created = new Set(all.flatMap((event) => (event.kind === 'thread-created' ? (event.threadId ?? []) : [])))
  const own = all.find(
    ({ kind, threadId }, index) =>
      kind === 'thread-running' && all[index - 1]?.kind === 'running' && !created.has(threadId ?? ''),
  )?.threadId
  return events.map((event) => (event.threadId === own ? { ...event, threadId: undefined } : event))
}

/** The name of another agent, of whose thread an event is. */
export function agentOf({ threadId }: SessionEvent, events: readonly SessionEvent[]): string | undefined {
  if (threadId === undefined) return undefined
  const named = events.find((event) => event.threadId === threadId && 'agent' in event)
  return named !== undefined && 'agent' in named ? named.agent : 'another agent'
}
