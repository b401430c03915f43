import type { SessionEvent } from '../api/session-event.ts'
import { type Awaited, toolOf } from './turn.ts'

/**
 * What waits for an answer now. Of what another thread asks while the session runs, no idle of the session tells
 * (documented), so that those of the threads count too.
 */
export function openAsks(events: readonly SessionEvent[]): readonly Awaited[] {
  const waiting = new Map<string, readonly string[]>()
  for (const event of events) {
    const source = event.threadId ?? ''
    if (event.kind === 'thread-idle') waiting.set(source, event.waitsFor)
    if (event.kind === 'idle') waiting.set('', event.stopReason === 'requires_action' ? event.waitsFor : [])
    if (event.kind === 'thread-running') waiting.delete(source)
    if (event.kind === 'running') waiting.delete('')
  }
  const answered = answeredIds(events)
  const open = new Set([...waiting.values()].flat().filter((id) => !answered.has(id)))
  return [...open].map((id) => ({ id, tool: toolOf(id, events) }))
}

/** Each is answered once (documented). */
export function answeredIds(events: readonly SessionEvent[]): ReadonlySet<string> {
  const isAnswer = (event: SessionEvent) => event.kind === 'confirmation' || event.kind === 'tool-result'
  return new Set(events.flatMap((event) => (isAnswer(event) && 'useId' in event ? (event.useId ?? []) : [])))
}

/** The session waited for an answer, and has gone on since or has it. */
export function withoutOldAsks<T extends { readonly event: SessionEvent }>(placed: readonly T[]): readonly T[] {
  const events = placed.map(({ event }) => event)
  const answered = answeredIds(events)
  const lastStatus = events.findLastIndex(({ kind }) => kind === 'idle' || kind === 'running')
  return placed.filter(({ event }, index) => {
    if (event.kind !== 'idle' || event.stopReason !== 'requires_action') return true
    const isAnswered = event.waitsFor.length > 0 && event.waitsFor.every((id) => answered.has(id))
    return index >= lastStatus && !isAnswered
  })
}
