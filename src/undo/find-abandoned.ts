import type { Client } from '../api/client.ts'
import { isAtRest } from '../api/session-status.ts'
import { isSweptBy, isUploadOf } from '../desired/files/upload-mark.ts'
import { CLEANUP_METADATA, RUN_KEY_METADATA } from '../ledger/run-key.ts'
import { sessionsOf } from '../observed/find-session.ts'
import { findUploads } from '../observed/find-uploads.ts'
import type { Removals, SessionToUndo, UploadThing } from './thing.ts'

/** The service drops every upload after so long at the latest (documented). */
const LONGEST_LIFE_MS = 90 * 86_400_000

/**
 * What runs of a repository made before a time, meant to remove, and did not. Left out is what was meant to stay, each
 * session that still runs, the uploads of the run that created it, and uploads that have expired. @throws ApiError
 */
export async function findAbandoned(
  client: Client,
  agentId: string,
  repository: string,
  before: Date,
): Promise<Removals> {
  const sessions: SessionToUndo[] = []
  const runsAtWork: string[] = []
  for await (const session of sessionsOf(client, agentId, { 'created_at[lt]': before.toISOString() })) {
    // Asked for, but not every server knows the filter; of one that does not say when, nobody knows whether it is old.
    if (!(Date.parse(session.createdAt) < before.getTime())) continue
    const runKey = session.metadata[RUN_KEY_METADATA]
    if (runKey?.startsWith(`${repository}/`) !== true || session.archived) continue
    const end = session.metadata[CLEANUP_METADATA]
    if (!isAtRest(session.status)) runsAtWork.push(runKey)
    else if (end === 'archive' || end === 'delete')
      sessions.push({ sessionId: session.id, files: [], outcome: { end, why: 'its run died' }, isCreated: true })
  }
  const since = new Date(Date.now() - LONGEST_LIFE_MS)
  const isAbandoned = (name: string) =>
    isSweptBy(name, repository) && !runsAtWork.some((runKey) => isUploadOf(name, runKey))
  const { files } = await findUploads(client, isAbandoned, since)
  const uploads = files
    .filter(({ created_at = '' }) => Date.parse(created_at) < before.getTime())
    .filter(({ expires_at = '' }) => !(Date.parse(expires_at) < Date.now()))
    .map(({ id, filename = '' }): UploadThing => ({ kind: 'upload', fileId: id, name: filename }))
  return { sessions, uploads }
}
