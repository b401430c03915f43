import type { EventListParams, EventSendParams } from '@anthropic-ai/sdk/resources/beta/sessions/events'
import * as v from 'valibot'
import type { Client, ReadOptions } from './client.ts'
import { sessionEvent } from './decode-event.ts'
import { segment } from './id.ts'
import { fetchPages, pageOf } from './page.ts'
import { jsonBody, sessionCall } from './request.ts'
import type { SessionEvent } from './session-event.ts'
import { type Prompt, userEvent } from './user-event.ts'

/** Filters of a list. Its order is that of `processed_at`, by default the oldest first. */
export type ListEventsParams = Readonly<Pick<EventListParams, 'order' | 'limit'>>

/**
 * `POST /v1/sessions/{id}/events` with a message or an outcome. Not sent again where the reply was lost: the agent would be
 * told twice. Resolves to the event as the service took it, if it says so.
 * @throws ApiError
 */
export async function tellAgent(client: Client, sessionId: string, prompt: Prompt): Promise<SessionEvent | undefined> {
  const params: Pick<EventSendParams, 'events'> = { events: [userEvent(prompt)] }
  const call = { body: jsonBody(params), repeat: 'if-not-acted' } as const
  const sent = await client.send(sessionCall('POST', eventsPath(sessionId), call), v.optional(pageOf(sessionEvent)))
  return sent?.data[0]
}

/** An answer to a tool that asks. */
export interface Confirmation {
  /** Of the event of its use. */
  readonly useId: string
  readonly result: 'allow' | 'deny'
  /** Told to the agent, with a denial. */
  readonly reason?: string
}

/**
 * `POST /v1/sessions/{id}/events` with answers to tools that ask. Not sent again where the reply was lost: a second answer
 * is refused. @throws ApiError
 */
export function confirmTools(client: Client, sessionId: string, answers: readonly Confirmation[]): Promise<unknown> {
  const events = answers.map(({ useId, result, reason }) => ({
    type: 'user.tool_confirmation' as const,
    tool_use_id: useId,
    result,
    ...(reason === undefined ? {} : { deny_message: reason }),
  }))
  const params: Pick<EventSendParams, 'events'> = { events }
  const call = { body: jsonBody(params), repeat: 'if-not-acted' } as const
  return client.send(sessionCall('POST', eventsPath(sessionId), call), v.unknown())
}

/** The pages of `GET /v1/sessions/{id}/events`. @throws ApiError, or the reason of the signal */
export function listEvents(
  client: Client,
  sessionId: string,
  params: ListEventsParams,
  options: ReadOptions = {},
): AsyncGenerator<readonly SessionEvent[]> {
  const call = { query: { ...params }, repeat: 'freely', ...options } as const
  return fetchPages(client, sessionCall('GET', eventsPath(sessionId), call), pageOf(sessionEvent))
}

function eventsPath(sessionId: string): string {
  return `/${segment(sessionId)}/events`
}
