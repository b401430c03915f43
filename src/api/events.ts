import type { EventListParams, EventSendParams } from '@anthropic-ai/sdk/resources/beta/sessions/events'
import { asList, asObject } from '../text/json.ts'
import type { Client } from './client.ts'
import { MANAGED_AGENTS_BETA, type ReadOptions } from './client.ts'
import { segment } from './id.ts'
import { decodePage, type Page } from './page.ts'
import { jsonBody } from './request.ts'
import { decodeEvent, type SessionEvent } from './session-event.ts'

/** These answers need no body: another server takes an event and says no more (seen). */
const TAKEN_WITHOUT_A_WORD = [202, 204]

/** Filters of a list. Its order is that of `processed_at`, by default the oldest first. */
export type ListEventsParams = Readonly<Pick<EventListParams, 'order' | 'limit'> & { page?: string | undefined }>

/**
 * `POST /v1/sessions/{id}/events` with a `user.message`. Not sent again where the reply was lost: the agent would be told
 * twice. Resolves to the message as the service took it, if it says so.
 * @throws ApiError
 */
export async function sendMessage(client: Client, sessionId: string, text: string): Promise<SessionEvent | undefined> {
  const params: Pick<EventSendParams, 'events'> = {
    events: [{ type: 'user.message', content: [{ type: 'text', text }] }],
  }
  const sent = await client.send(
    {
      method: 'POST',
      path: eventsPath(sessionId),
      beta: MANAGED_AGENTS_BETA,
      body: jsonBody(params),
      repeat: 'if-not-acted',
    },
    (json, _call, status) => {
      if (json === undefined && TAKEN_WITHOUT_A_WORD.includes(status)) return []
      return asList(asObject(json)?.data, decodeEvent)
    },
  )
  return sent[0]
}

/** One page of `GET /v1/sessions/{id}/events`. @throws ApiError, or the reason of the signal */
export function listEvents(
  client: Client,
  sessionId: string,
  params: ListEventsParams,
  options: ReadOptions = {},
): Promise<Page<SessionEvent>> {
  return client.send(
    {
      method: 'GET',
      path: eventsPath(sessionId),
      query: { ...params },
      beta: MANAGED_AGENTS_BETA,
      repeat: 'freely',
      ...options,
    },
    decodePage(decodeEvent),
  )
}

function eventsPath(sessionId: string): string {
  return `/v1/sessions/${segment(sessionId)}/events`
}
