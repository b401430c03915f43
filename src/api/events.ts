import type {
  BetaManagedAgentsSessionEvent,
  EventListParams,
  EventSendParams,
} from '@anthropic-ai/sdk/resources/beta/sessions/events'
import { createParser } from 'eventsource-parser'
import { cut } from '../text/cut.ts'
import { asList, asObject, parseJson } from '../text/json.ts'
import type { Client } from './client.ts'
import { ConnectionError } from './connection-error.ts'
import { segment } from './id.ts'
import { decodePage, type Page } from './page.ts'
import { EVENT_STREAM, jsonBody, MANAGED_AGENTS_BETA } from './request.ts'
import { decodeEvent, type SessionEvent } from './session-event.ts'
import type { StreamReply } from './transport.ts'

/** Filters of a list. Its order is that of `processed_at`, by default the oldest first. */
export type ListEventsParams = Readonly<
  Pick<EventListParams, 'order' | 'limit'> & {
    types?: readonly BetaManagedAgentsSessionEvent['type'][]
    page?: string | undefined
  }
>

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
    (json) => asList(asObject(json)?.data, decodeEvent),
  )
  return sent[0]
}

/** One page of `GET /v1/sessions/{id}/events`. @throws ApiError */
export function listEvents(client: Client, sessionId: string, params: ListEventsParams): Promise<Page<SessionEvent>> {
  return client.send(
    {
      method: 'GET',
      path: eventsPath(sessionId),
      query: { ...params },
      beta: MANAGED_AGENTS_BETA,
      repeat: 'freely',
    },
    decodePage(decodeEvent),
  )
}

/**
 * `GET /v1/sessions/{id}/events/stream`. Resolves once it is open; from then on the events are kept, though not those
 * from before: there is no replay. Not opened again by itself where that failed half-way.
 * @param signal ends it
 * @throws ApiError, also while it is read, when it is cut
 */
export async function streamEvents(
  client: Client,
  sessionId: string,
  signal: AbortSignal,
): Promise<AsyncIterable<SessionEvent>> {
  const path = `${eventsPath(sessionId)}/stream`
  const call = { method: 'GET', path, beta: MANAGED_AGENTS_BETA, accept: EVENT_STREAM, repeat: 'if-not-acted' } as const
  return decodeStream(await client.open(call, signal))
}

async function* decodeStream({ call, chunks }: StreamReply): AsyncGenerator<SessionEvent> {
  const decoder = new TextDecoder()
  let arrived: string[] = []
  const parser = createParser({
    onEvent({ event, data }) {
      // The server's own word for a stream that it has to end.
      if (event === 'error') throw new ConnectionError(call, 'error', { phase: 'sent', atProxy: false }, cut(data, 500))
      arrived.push(data)
    },
  })
  for await (const chunk of chunks) {
    parser.feed(decoder.decode(chunk, { stream: true }))
    const events = arrived.flatMap((data) => decodeEvent(parseJson(data)) ?? [])
    arrived = []
    yield* events
  }
}

function eventsPath(sessionId: string): string {
  return `/v1/sessions/${segment(sessionId)}/events`
}
