import type { SessionEvent } from '../api/session-event.ts'
import type { Placed, PromptPlace } from './prompt-place.ts'

/** The event that a session went idle. */
export type Idle = Extract<SessionEvent, { kind: 'idle' }>

/** An idle event, and the number of the reading that brought it. */
export interface PlacedIdle {
  readonly event: Idle
  readonly reading: number
}

/** A stretch of events in which the session ran: from one `running` behind an idle to the next. */
export interface Span {
  readonly events: readonly SessionEvent[]
  readonly idles: readonly PlacedIdle[]
}

export function spansOf(placed: readonly Placed[]): readonly Span[] {
  const spans: { events: SessionEvent[]; idles: PlacedIdle[] }[] = []
  for (const { event, reading } of placed) {
    const last = spans.at(-1)
    const begins = last === undefined || (event.kind === 'running' && last.idles.length > 0)
    const span = begins ? { events: [], idles: [] } : last
    if (begins) spans.push(span)
    span.events.push(event)
    if (event.kind === 'idle') span.idles.push({ event, reading })
  }
  return spans
}

/**
 * The span in which the agent answers a prompt, as far as that can be told by now. A session may run once more for a
 * moment behind its turn, or be idle for a moment before (observed): a span in which the agent does nothing is passed
 * over.
 */
export function answeringSpan(spans: readonly Span[], { isAlone, takenIn }: PromptPlace): Span | undefined {
  if (isAlone) return spans.find(({ events }) => events.some(isWork)) ?? spans.at(-1)
  const own =
    takenIn === undefined ? -1 : spans.findIndex(({ idles }) => idles.some(({ reading }) => reading > takenIn))
  // Of servers that leave a message at its place in the list, the turn before ours comes behind it.
  const until = own < 0 ? spans : spans.slice(0, own + 1)
  const last = until.at(-1)
  if (last === undefined || last.idles.length === 0) return last
  return until.findLast(({ events }) => events.some(isWork)) ?? last
}

export function isWork({ kind }: SessionEvent): boolean {
  return kind === 'agent-message' || kind === 'tool-use' || kind === 'error'
}

/** True for a message of the session's own agent with text. */
export function saysSomething(event: SessionEvent): event is Extract<SessionEvent, { kind: 'agent-message' }> {
  return event.kind === 'agent-message' && event.threadId === undefined && event.text.trim() !== ''
}

/** Missing from a turn that is over: a message, or the result of its last tool call. */
export type Lack = 'message' | 'tool-result'

export function lackOf(events: readonly SessionEvent[]): Lack | undefined {
  const results = events.flatMap((event) => (event.kind === 'tool-result' ? [event.useId] : []))
  const isOpen = (event: SessionEvent) =>
    event.kind === 'tool-use' && event.threadId === undefined && !results.includes(event.id)
  const said = events.findLastIndex(saysSomething)
  if (events.slice(said + 1).some(isOpen)) return 'tool-result'
  return said < 0 ? 'message' : undefined
}
