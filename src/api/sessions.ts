import type { EventSendParams } from '@anthropic-ai/sdk/resources/beta/sessions/events'
import type {
  BetaManagedAgentsSession,
  SessionCreateParams,
  SessionListParams,
} from '@anthropic-ai/sdk/resources/beta/sessions/sessions'
import { asList, asObject, asText, type JsonObject } from '../text/json.ts'
import type { Client } from './client.ts'
import { type ApiRequest, MANAGED_AGENTS_BETA, type ReadOptions } from './client.ts'
import { acceptAny, goneIf404 } from './files.ts'
import { readId, segment } from './id.ts'
import { decodePage, type Page } from './page.ts'
import { jsonBody } from './request.ts'
import { decodeResource, type SessionResource } from './resources.ts'

/** A session, as far as it is needed. */
export interface Session {
  readonly id: string
  readonly status: BetaManagedAgentsSession['status'] | (string & {})
  readonly title: string | undefined
  readonly createdAt: string
  readonly archived: boolean
  readonly metadata: Readonly<Record<string, string>>
  /** What it has used since it began, as the service counts it. */
  readonly usage: JsonObject | undefined
  /** Some servers leave these out of a session and give them in the list of resources only. */
  readonly resources: readonly SessionResource[]
}

/** The body of a create. */
export type CreateSessionParams = Omit<SessionCreateParams, 'betas' | 'workspace_id'>

/** Filters of a list; there is none by title or metadata. */
export type ListSessionsParams = Readonly<
  Pick<SessionListParams, 'agent_id' | 'created_at[gte]' | 'created_at[lt]' | 'order' | 'limit'> & {
    page?: string | undefined
  }
>

/** The service mounts the files before it answers (one source says so); a large set takes its time. */
const CREATE_TIMEOUT_MS = 300_000

/** `POST /v1/sessions`. @throws ApiError */
export function createSession(client: Client, params: CreateSessionParams): Promise<Session> {
  const call = { body: jsonBody(params), repeat: 'if-not-acted', timeoutMs: CREATE_TIMEOUT_MS } as const
  return client.send(sessionCall('POST', '', call), decodeSession)
}

/** `GET /v1/sessions/{id}`. @throws ApiError, or the reason of the signal */
export function retrieveSession(client: Client, sessionId: string, options: ReadOptions = {}): Promise<Session> {
  const path = `/${segment(sessionId)}`
  return client.send(sessionCall('GET', path, { repeat: 'freely', ...options }), decodeSession)
}

/** One page of `GET /v1/sessions`. @throws ApiError */
export function listSessions(client: Client, params: ListSessionsParams): Promise<Page<Session>> {
  return client.send(sessionCall('GET', '', { query: { ...params }, repeat: 'freely' }), decodePage(decodeSession))
}

/** `POST /v1/sessions/{id}/archive`. Archiving twice does no harm. @throws ApiError */
export async function archiveSession(client: Client, sessionId: string): Promise<'archived' | 'gone'> {
  const path = `/${segment(sessionId)}/archive`
  const outcome = await goneIf404(client.send(sessionCall('POST', path, { repeat: 'freely' }), acceptAny))
  return outcome === 'gone' ? 'gone' : 'archived'
}

/** `DELETE /v1/sessions/{id}`. Resolves to whether it was still there. @throws ApiError */
export function deleteSession(client: Client, sessionId: string): Promise<'deleted' | 'gone'> {
  const path = `/${segment(sessionId)}`
  return goneIf404(client.send(sessionCall('DELETE', path, { repeat: 'freely' }), acceptAny))
}

/**
 * `POST /v1/sessions/{id}/events` with `user.interrupt`, which ends the agent's turn. Twice does no more than once.
 * @throws ApiError
 */
export function interruptSession(client: Client, sessionId: string): Promise<true> {
  const params: EventSendParams = { events: [{ type: 'user.interrupt' }] }
  const path = `/${segment(sessionId)}/events`
  return client.send(sessionCall('POST', path, { body: jsonBody(params), repeat: 'freely' }), acceptAny)
}

function sessionCall(
  method: ApiRequest['method'],
  path: string,
  rest: Omit<ApiRequest, 'method' | 'path' | 'beta'>,
): ApiRequest {
  return { method, path: `/v1/sessions${path}`, beta: MANAGED_AGENTS_BETA, ...rest }
}

function decodeSession(json: unknown): Session | undefined {
  const session = asObject(json)
  const id = readId(session?.id)
  if (session === undefined || id === undefined) return undefined
  return {
    id,
    status: asText(session.status) ?? 'idle',
    title: asText(session.title),
    createdAt: asText(session.created_at) ?? '',
    archived: asText(session.archived_at) !== undefined,
    metadata: decodeMetadata(session.metadata),
    usage: asObject(session.usage),
    resources: asList(session.resources, decodeResource) ?? [],
  }
}

function decodeMetadata(json: unknown): Readonly<Record<string, string>> {
  const pairs = Object.entries(asObject(json) ?? {})
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
}
