import type { Client } from '../api/client.ts'
import { isAtRest } from '../api/session-status.ts'
import { CLEANUP_METADATA, RUN_KEY_METADATA } from '../ledger/run-key.ts'
import { sessionsOf } from '../observed/find-session.ts'
import type { SessionToUndo } from './thing.ts'

/**
 * The sessions that runs of a repository created before a time, meant to end, and did not: their post step never ran.
 * Sessions that were meant to stay do not say so, and are not among them, nor those that still run. @throws ApiError
 */
export async function findAbandoned(
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
