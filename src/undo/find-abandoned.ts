import type { Client } from '../api/client.ts'
import { isAtRest } from '../api/session-status.ts'
import { isSweptBy } from '../desired/files/upload-mark.ts'
import { CLEANUP_METADATA, RUN_KEY_METADATA } from '../ledger/run-key.ts'
import { sessionsOf } from '../observed/find-session.ts'
import { findUploads } from '../observed/find-uploads.ts'
import type { SessionToUndo, UploadThing } from './thing.ts'

/**
 * The sessions that runs of a repository created before a time, meant to end, and did not: their post step never ran.
 * Sessions that were meant to stay do not say so, and are not among them, nor those that still run. @throws ApiError
 */
export async function findAbandonedSessions(
  client: Client,
  agentId: string,
  repository: string,
  before: Date,
): Promise<readonly SessionToUndo[]> {
  const abandoned: SessionToUndo[] = []
  for await (const session of sessionsOf(client, agentId, { 'created_at[lt]': before.toISOString() })) {
    // Asked for, but not every server knows the filter; of one that does not say when, nobody knows whether it is old.
    if (!(Date.parse(session.createdAt) < before.getTime())) continue
    const end = session.metadata[CLEANUP_METADATA]
    const isOurs = session.metadata[RUN_KEY_METADATA]?.startsWith(`${repository}/`) === true
    const isOver = !session.archived && isAtRest(session.status)
    if (isOurs && isOver && (end === 'archive' || end === 'delete')) {
      abandoned.push({ sessionId: session.id, files: [], outcome: { end, why: 'its run died' }, isCreated: true })
    }
  }
  return abandoned
}

/** The service drops every upload after so long at the latest (documented). */
const LONGEST_LIFE_MS = 90 * 86_400_000

/** The uploads that runs of a repository made before a time, and meant to remove. @throws ApiError */
export async function findAbandonedUploads(
  client: Client,
  repository: string,
  before: Date,
): Promise<readonly UploadThing[]> {
  const since = new Date(Date.now() - LONGEST_LIFE_MS)
  const { files } = await findUploads(client, (name) => isSweptBy(name, repository), since)
  return files
    .filter(({ created_at = '' }) => Date.parse(created_at) < before.getTime())
    .map(({ id, filename = '' }) => ({ kind: 'upload', fileId: id, name: filename }))
}
