import type { Client } from './api/client.ts'
import { listResources, type SessionResource } from './api/resources.ts'
import { listSessions, type Session } from './api/sessions.ts'
import { mountPathOfReply } from './mount-path.ts'
import { RUN_KEY_METADATA } from './run-key.ts'

const PAGE = 100

/** Runners' clocks and the service's are taken to be no further apart than this. */
const CLOCK_SKEW_MS = 10 * 60_000

/**
 * The first session of an agent, in the order of the list, that the predicate takes. The service filters neither by
 * title nor by metadata, so the list is walked.
 */
export async function findSession(
  client: Client,
  filters: { readonly agentId: string; readonly order: 'asc' | 'desc'; readonly since?: Date },
  predicate: (session: Session) => boolean,
): Promise<Session | undefined> {
  const since = filters.since === undefined ? {} : { 'created_at[gte]': filters.since.toISOString() }
  let page: string | undefined
  do {
    const list = await listSessions(client, {
      agent_id: filters.agentId,
      ...since,
      order: filters.order,
      limit: PAGE,
      page,
    })
    // The order is asked for; sorting again costs nothing where a server does not know it.
    const direction = filters.order === 'asc' ? 1 : -1
    const sorted = [...list.data].sort((a, b) => (a.createdAt < b.createdAt ? -direction : direction))
    const found = sorted.find(predicate)
    if (found !== undefined) return found
    page = list.nextPage
  } while (page !== undefined)
  return undefined
}

/** The session that a run created, whose reply may have been lost. @param startedAt when the run began */
export function findSessionOfRun(
  client: Client,
  agentId: string,
  runKey: string,
  startedAt: Date,
): Promise<Session | undefined> {
  const since = new Date(startedAt.getTime() - CLOCK_SKEW_MS)
  return findSession(client, { agentId, order: 'desc', since }, ({ metadata }) => metadata[RUN_KEY_METADATA] === runKey)
}

/** The file that is mounted at a path of a session. */
export async function findFileAt(
  client: Client,
  sessionId: string,
  mountPath: string,
): Promise<SessionResource | undefined> {
  const resources = await listResources(client, sessionId)
  return resources.find(({ type, mount_path }) => type === 'file' && mountPathOfReply(mount_path ?? '') === mountPath)
}
