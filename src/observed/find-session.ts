import type { Client } from '../api/client.ts'
import { retrieveFile } from '../api/files.ts'
import { itemsOf } from '../api/page.ts'
import { listResources } from '../api/resources.ts'
import { type ListSessionsParams, listSessions, type Session } from '../api/sessions.ts'
import { REPLACES_METADATA, RUN_KEY_METADATA } from '../ledger/run-key.ts'
import { filesAmong, type SessionFile } from './mounted-files.ts'

const PAGE = 100

/** Runners' clocks and the service's are taken to be no further apart than this. */
export const CLOCK_SKEW_MS = 10 * 60_000

/**
 * The sessions of an agent, as the server lists them, fetched as far as they are asked for. It filters neither by title nor
 * by metadata, so the list is walked. No caller relies on the order, which other servers ignore.
 */
export function sessionsOf(
  client: Client,
  agentId: string,
  filter: Pick<ListSessionsParams, 'created_at[gte]' | 'created_at[lt]' | 'order'> = {},
): AsyncGenerator<Session> {
  return itemsOf(listSessions(client, { agent_id: agentId, ...filter, limit: PAGE }))
}

/** The session that a name means. */
export interface NamedSession {
  readonly session: Session
  /** Others of the name, the oldest first, that a run replaced and died before it archived them. */
  readonly replaced: readonly Session[]
}

/**
 * A name means the oldest of the agent's live sessions with that title which no other of them replaces. So it passes to a
 * new session in the moment in which the service creates that, and back if that is deleted.
 */
export async function findNamed(client: Client, agentId: string, title: string): Promise<NamedSession | undefined> {
  const named: Session[] = []
  for await (const session of sessionsOf(client, agentId, { order: 'asc' })) {
    if (session.title === title && !session.archived && session.status !== 'terminated') named.push(session)
  }
  named.sort((a, b) => (isOlder(a, b) ? -1 : 1))
  const replacedIds = new Set(named.map(({ metadata }) => metadata[REPLACES_METADATA]))
  const session = named.find(({ id }) => !replacedIds.has(id))
  return session && { session, replaced: named.filter(({ id }) => replacedIds.has(id)) }
}

/** Which of two sessions the name means that both bear; the same for everybody who asks. */
export function isOlder(a: Session, b: Session): boolean {
  const later = timeOf(a) - timeOf(b)
  return later < 0 || (!(later > 0) && a.id < b.id)
}

/** NaN where the server does not say. */
function timeOf({ createdAt }: Session): number {
  return Date.parse(createdAt)
}

/** The sessions that a run created, as their metadata say. @param startedAt when the run began */
export async function findSessionsOfRun(
  client: Client,
  agentId: string,
  runKey: string,
  startedAt: Date,
): Promise<readonly Session[]> {
  const since = new Date(startedAt.getTime() - CLOCK_SKEW_MS).toISOString()
  const sessions = await Array.fromAsync(sessionsOf(client, agentId, { 'created_at[gte]': since }))
  return sessions.filter(({ metadata }) => metadata[RUN_KEY_METADATA] === runKey)
}

/**
 * The file that is mounted at a path of a session, if it is a copy of an upload with this name. The name carries a
 * fingerprint of the content, so that what somebody else has mounted there meanwhile is not taken for ours.
 */
export async function findOwnFileAt(
  client: Client,
  sessionId: string,
  mountPath: string,
  name: string,
): Promise<SessionFile | undefined> {
  const found = filesAmong(await listResources(client, sessionId)).find((file) => file.mountPath === mountPath)
  if (found?.fileId === undefined) return undefined
  const copy = await retrieveFile(client, found.fileId)
  return copy.filename === name ? found : undefined
}
