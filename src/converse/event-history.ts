import type { Client } from '../api/client.ts'
import { type ListEventsParams, listEvents } from '../api/events.ts'
import { itemsOf } from '../api/page.ts'
import type { SessionEvent } from '../api/session-event.ts'

const PAGE = 100

/** The type of what users say. */
export const MESSAGES = ['user.message'] as const

/** What has happened in a session up to a moment: enough to tell what came after it. */
export interface EventHistory {
  /** Of the latest events. */
  readonly ids: ReadonlySet<string>
  /** Of those that keep their place in the list; a message that waits in the queue does not. */
  readonly settled: ReadonlySet<string>
}

/** The history of a session in which nothing has happened yet. */
export const NO_HISTORY: EventHistory = { ids: new Set(), settled: new Set() }

/** @throws ApiError */
export async function readHistory(client: Client, sessionId: string): Promise<EventHistory> {
  // The messages once more by themselves: the last of them may be far back.
  const pages = await Promise.all(
    [undefined, MESSAGES].map((types) => listEvents(client, sessionId, params(undefined, types))),
  )
  const events = pages.flatMap(({ data }) => data)
  return { ids: idsOf(events), settled: idsOf(events.filter(({ processedAt }) => processedAt !== undefined)) }
}

/** The events since a history, the latest first, fetched as far as they are asked for. @throws ApiError */
export async function* eventsSince(
  client: Client,
  sessionId: string,
  { ids, settled }: EventHistory,
  types?: ListEventsParams['types'],
): AsyncGenerator<SessionEvent> {
  const fetchPage = (page: string | undefined) => listEvents(client, sessionId, params(page, types))
  for await (const event of itemsOf(fetchPage)) {
    if (event.id !== undefined && settled.has(event.id)) return
    if (event.id === undefined || !ids.has(event.id)) yield event
  }
}

function params(page: string | undefined, types: ListEventsParams['types']): ListEventsParams {
  return { order: 'desc', limit: PAGE, page, ...(types === undefined ? {} : { types }) }
}

function idsOf(events: readonly SessionEvent[]): ReadonlySet<string> {
  return new Set(events.flatMap(({ id }) => id ?? []))
}
