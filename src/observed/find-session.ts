import type { Client } from '../api/client.ts'
import { retrieveFile } from '../api/files.ts'
import { itemsOf } from '../api/page.ts'
import { listResources, type SessionResource } from '../api/resources.ts'
import { listSessions, type Session } from '../api/sessions.ts'
import { RUN_KEY_METADATA } from '../ledger/run-key.ts'
import { mountPathOfReply } from '../paths/mount-path.ts'

const PAGE = 100

/** Runners' clocks and the service's are taken to be no further apart than this. */
const CLOCK_SKEW_MS = 10 * 60_000

/**
 * The sessions of an agent, in order of their creation, fetched as far as they are asked for. The service filters
 * neither by title nor by metadata, so the list is walked.
 */
export function sessionsOf(
  client: Client,
  filters: { readonly agentId: string; readonly order: 'asc' | 'desc'; readonly since?: Date },
): AsyncGenerator<Session> {
  const since = filters.since === undefined ? {} : { 'created_at[gte]': filters.since.toISOString() }
  // The order is asked for; sorting again costs nothing where a server does not know it.
  const direction = filters.order === 'asc' ? 1 : -1
  return itemsOf(async (page) => {
    const params = { agent_id: filters.agentId, ...since, order: filters.order, limit: PAGE, page }
    const found = await listSessions(client, params)
    return { ...found, data: [...found.data].sort((a, b) => (isOlder(a, b) ? -direction : direction)) }
  })
}

/** The oldest live session of the agent with this title: the one that its name means. */
export async function findOldest(client: Client, agentId: string, title: string): Promise<Session | undefined> {
  for await (const session of sessionsOf(client, { agentId, order: 'asc' })) {
    if (session.title === title && !session.archived && session.status !== 'terminated') return session
  }
  return undefined
}

/** Which of two sessions the name means that both bear; the same for everybody who asks. */
export function isOlder(a: Session, b: Session): boolean {
  const later = Date.parse(a.createdAt) - Date.parse(b.createdAt)
  return later < 0 || (!(later > 0) && a.id < b.id)
}

/** The sessions that a run created, as their metadata say. @param startedAt when the run began */
export async function findSessionsOfRun(
  client: Client,
  agentId: string,
  runKey: string,
  startedAt: Date,
): Promise<readonly Session[]> {
  const since = new Date(startedAt.getTime() - CLOCK_SKEW_MS)
  const sessions = await Array.fromAsync(sessionsOf(client, { agentId, order: 'desc', since }))
  return sessions.filter(({ metadata }) => metadata[RUN_KEY_METADATA] === runKey)
}

type FileResource = SessionResource & { readonly id: string }

/**
 * The file that is mounted at a path of a session, if it is a copy of an upload with this name. The name carries a
 * fingerprint of the content, so that what somebody else has mounted there meanwhile is not taken for ours.
 */
export async function findOwnFileAt(
  client: Client,
  sessionId: string,
  mountPath: string,
  name: string,
): Promise<FileResource | undefined> {
  const resources = await listResources(client, sessionId)
  const found = resources.find(
    (resource): resource is FileResource =>
      resource.type === 'file' &&
      resource.id !== undefined &&
      mountPathOfReply(resource.mount_path ?? '') === mountPath,
  )
  if (found?.file_id === undefined) return undefined
  const copy = await retrieveFile(client, found.file_id)
  return copy.filename === name ? found : undefined
}
