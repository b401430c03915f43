import type { EventSendParams } from '@anthropic-ai/sdk/resources/beta/sessions/events'
import type {
  BetaManagedAgentsBudgetLimit,
  BetaManagedAgentsSession,
  SessionCreateParams,
  SessionListParams,
  SessionUpdateParams,
} from '@anthropic-ai/sdk/resources/beta/sessions/sessions'
import * as v from 'valibot'
import { amount, type Fields, jsonObject, lenient, listOf, text } from '../text/json.ts'
import { redact } from '../text/redact.ts'
import type { Client, ReadOptions } from './client.ts'
import { goneIf404 } from './files.ts'
import { id, segment } from './id.ts'
import { fetchPages, pageOf } from './page.ts'
import { jsonBody, sessionCall } from './request.ts'
import { resource } from './resources.ts'
import { cents } from './usage.ts'

/** How far an outcome has come; `iteration` counts from 0. */
const evaluation = v.object({
  outcome_id: text,
  result: text,
  explanation: v.fallback(v.pipe(text, v.transform(redact)), ''),
  iteration: v.fallback(amount, 0),
})

const session = v.pipe(
  v.object({
    id,
    status: v.fallback(text, 'idle'),
    title: lenient(text),
    created_at: v.fallback(text, ''),
    archived_at: lenient(text),
    metadata: v.fallback(v.record(v.string(), lenient(v.string())), {}),
    /** What it has used since it began, as the service counts it. */
    usage: lenient(jsonObject),
    /** The most that it may cost; what it has cost is in its usage. */
    budget: lenient(v.object({ max_list_cost: v.object({ amount: cents }) })),
    outcome_evaluations: v.fallback(listOf(evaluation), []),
    /** Some servers leave these out of a session and give them in the list of resources only. */
    resources: v.fallback(listOf(resource), []),
  } satisfies Fields<BetaManagedAgentsSession>),
  v.transform(({ created_at: createdAt, archived_at, budget, outcome_evaluations: evaluations, ...rest }) => ({
    ...rest,
    budgetCents: budget?.max_list_cost.amount,
    evaluations,
    createdAt,
    archived: archived_at !== undefined,
  })),
  v.readonly(),
)

/** A session, as far as it is needed. */
export type Session = v.InferOutput<typeof session>

export type CreateSessionParams = Omit<SessionCreateParams, 'betas' | 'workspace_id'>

/** Filters of a list; there is none by title or metadata. */
export type ListSessionsParams = Readonly<
  Pick<SessionListParams, 'agent_id' | 'created_at[gte]' | 'created_at[lt]' | 'order' | 'limit'>
>

/** The service mounts the files before it answers (one source says so); a large set takes its time. */
const CREATE_TIMEOUT_MS = 300_000

/** `POST /v1/sessions`. @throws ApiError */
export function createSession(client: Client, params: CreateSessionParams): Promise<Session> {
  const call = { body: jsonBody(params), repeat: 'if-not-acted', timeoutMs: CREATE_TIMEOUT_MS } as const
  return client.send(sessionCall('POST', '', call), session)
}

/** The most that a session may cost, as the service writes it. */
export function budgetOf(cents: number): BetaManagedAgentsBudgetLimit {
  return { type: 'limit', max_list_cost: { amount: String(cents), currency: 'USD' } }
}

/**
 * `POST /v1/sessions/{id}` with a budget: work that has paused at the one before goes on by itself. @throws ApiError
 */
export function changeBudget(client: Client, sessionId: string, cents: number): Promise<Session> {
  const params: Pick<SessionUpdateParams, 'budget'> = { budget: budgetOf(cents) }
  const call = { body: jsonBody(params), repeat: 'if-not-acted' } as const
  return client.send(sessionCall('POST', `/${segment(sessionId)}`, call), session)
}

/** `GET /v1/sessions/{id}`. @throws ApiError, or the reason of the signal */
export function retrieveSession(client: Client, sessionId: string, options: ReadOptions = {}): Promise<Session> {
  const path = `/${segment(sessionId)}`
  return client.send(sessionCall('GET', path, { repeat: 'freely', ...options }), session)
}

/** The pages of `GET /v1/sessions`. @throws ApiError */
export function listSessions(client: Client, params: ListSessionsParams): AsyncGenerator<readonly Session[]> {
  return fetchPages(client, sessionCall('GET', '', { query: { ...params }, repeat: 'freely' }), pageOf(session))
}

/** `POST /v1/sessions/{id}` with metadata, which are merged with those that are there. @throws ApiError */
export function addMetadata(
  client: Client,
  sessionId: string,
  metadata: Readonly<Record<string, string>>,
): Promise<unknown> {
  const params: SessionUpdateParams = { metadata }
  const call = { body: jsonBody(params), repeat: 'freely' } as const
  return client.send(sessionCall('POST', `/${segment(sessionId)}`, call), v.unknown())
}

/** `POST /v1/sessions/{id}/archive`. Archiving twice does no harm. @throws ApiError */
export function archiveSession(client: Client, sessionId: string): Promise<'done' | 'gone'> {
  const path = `/${segment(sessionId)}/archive`
  return goneIf404(client, sessionCall('POST', path, { repeat: 'freely' }))
}

/** `DELETE /v1/sessions/{id}`. Resolves to whether it was still there. @throws ApiError */
export function deleteSession(client: Client, sessionId: string): Promise<'done' | 'gone'> {
  const path = `/${segment(sessionId)}`
  return goneIf404(client, sessionCall('DELETE', path, { repeat: 'freely' }))
}

/**
 * `POST /v1/sessions/{id}/events` with `user.interrupt`, which ends the agent's turn. Twice does no more than once.
 * @throws ApiError
 */
export function interruptSession(client: Client, sessionId: string): Promise<unknown> {
  const params: EventSendParams = { events: [{ type: 'user.interrupt' }] }
  const path = `/${segment(sessionId)}/events`
  return client.send(sessionCall('POST', path, { body: jsonBody(params), repeat: 'freely' }), v.unknown())
}
