import type { Client } from '../api/client.ts'
import { isAtRest } from '../api/session-status.ts'
import type { Session } from '../api/sessions.ts'
import { CLEANUP_METADATA, RUN_KEY_METADATA } from '../ledger/run-key.ts'
import { sessionsOf } from '../observed/find-session.ts'

/** A session that a run left behind, and what it meant to do with it. */
export interface DeadSession {
  readonly session: Session
  readonly how: 'archive' | 'delete'
}

/**
 * The sessions that runs of a repository created before a time, meant to end, and did not: their post step never ran.
 * Sessions that were meant to stay do not say so, and are not among them, nor those that still run. @throws ApiError
 */
export async function findDead(
  client: Client,
  agentId: string,
  repository: string,
  before: Date,
): Promise<readonly DeadSession[]> {
  const dead: DeadSession[] = []
  for await (const session of sessionsOf(client, agentId, { 'created_at[lt]': before.toISOString() })) {
    // Asked for, but not every server knows the filter; of one that does not say when, nobody knows whether it is old.
    if (!(Date.parse(session.createdAt) < before.getTime())) continue
    const how = session.metadata[CLEANUP_METADATA]
    const isOurs = session.metadata[RUN_KEY_METADATA]?.startsWith(`${repository}/`) === true
    const isOver = !session.archived && isAtRest(session.status)
    if (isOurs && isOver && (how === 'archive' || how === 'delete')) dead.push({ session, how })
  }
  return dead
}
