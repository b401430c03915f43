import type { Client, ReadOptions } from '../api/client.ts'
import { listEvents } from '../api/events.ts'
import type { SessionEvent } from '../api/session-event.ts'

const PAGE = 50

/**
 * So many known events end the walk back through the list. One does not: an event may be listed late, with a time
 * before that of others (observed).
 */
const ENOUGH_KNOWN = 20

export interface EventSource {
  readonly client: Client
  readonly sessionId: string
  readonly options: ReadOptions
}

/**
 * Tells events apart. A message is news twice: when it is queued, and when the agent has taken it up. Some servers
 * leave an event without an id.
 */
export function eventKey(event: SessionEvent): string {
  const { id, kind, processedAt } = event
  if (id === undefined) return JSON.stringify(event)
  return kind === 'user-message' && processedAt === undefined ? `${id} queued` : id
}

/**
 * The latest events of a session, the oldest first: a page of them, or more.
 * @throws ApiError, or the reason of the signal
 */
export function readLatest(source: EventSource): Promise<readonly SessionEvent[]> {
  let read = 0
  return walkBack(source, () => ++read >= PAGE)
}

/**
 * A session's new events, oldest first. The list is walked from its newest event, since its times do not
 * tell what is new. @throws ApiError, or the reason of the signal
 */
export async function readNew(source: EventSource, known: ReadonlySet<string>): Promise<readonly SessionEvent[]> {
  let met = 0
  const isKnown = (event: SessionEvent) => known.has(eventKey(event))
  const events = await walkBack(source, (event) => isKnown(event) && ++met >= ENOUGH_KNOWN)
  const news = new Map(events.filter((event) => !isKnown(event)).map((event) => [eventKey(event), event]))
  return [...news.values()]
}

/** The events back to the last one that is wanted, the oldest first; all of them from a server that knows no order. */
async function walkBack(
  { client, sessionId, options }: EventSource,
  isLastWanted: (event: SessionEvent) => boolean,
): Promise<readonly SessionEvent[]> {
  const events: SessionEvent[] = []
  let isBackwards = true
  for await (const page of listEvents(client, sessionId, { order: 'desc', limit: PAGE }, options)) {
    if (events.length === 0) isBackwards = !isOldestFirst(page)
    for (const event of page) {
      events.push(event)
      if (isLastWanted(event) && isBackwards) return events.reverse()
    }
  }
  return isBackwards ? events.reverse() : events
}

/** By most neighbours: single events may be out of order. */
function isOldestFirst(events: readonly SessionEvent[]): boolean {
  const times = events.map(({ processedAt }) => Date.parse(processedAt ?? '')).filter((time) => !Number.isNaN(time))
  const steps = times.slice(1).map((time, index) => Math.sign(time - (times[index] ?? time)))
  return steps.length > 1 && steps.reduce((sum, step) => sum + step, 0) > 0
}
