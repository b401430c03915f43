import type { Client } from '../api/client.ts'
import { deleteFile } from '../api/files.ts'
import { inParallel } from '../apply/in-parallel.ts'
import type { Effect, Ledger, SessionEntry } from '../ledger/ledger.ts'
import { findSessionsOfRun } from '../observed/find-session.ts'
import type { Stop } from '../stop/stop.ts'
import { Tally, type Undone } from './undo-result.ts'
import { undoSession } from './undo-session.ts'

/** What undoing needs beside the ledger. */
export interface UndoContext {
  readonly client: Client
  readonly concurrency: number
  readonly stop: Stop
  /** How long to wait for a running session to become idle, in milliseconds. */
  readonly waitMs: number
  /** Told what is waited for. */
  readonly log: (line: string) => void
}

/**
 * Takes back what the ledger says: on each session what is mounted, then the session itself; beside that the uploads,
 * which the session's copies do not need (documented). Removes nothing else, goes on after a failure, does not throw.
 */
export async function undo(ledger: Ledger, context: UndoContext): Promise<Undone> {
  const tally = new Tally()
  await Promise.all([undoUploads(ledger, context, tally), undoSessions(ledger, context, tally)])
  return tally
}

/** The entries of a kind, the last one first. */
export function backwards<K extends Effect['kind']>(ledger: Ledger, kind: K) {
  return entriesOf(ledger, kind).reverse()
}

function entriesOf<K extends Effect['kind']>({ effects }: Ledger, kind: K) {
  return effects.filter((entry): entry is Extract<Effect, { kind: K }> => entry.kind === kind)
}

async function undoUploads(ledger: Ledger, { client, concurrency }: UndoContext, tally: Tally): Promise<void> {
  await inParallel(backwards(ledger, 'upload'), concurrency, async (entry) => {
    const { fileId } = entry
    if (fileId === undefined) tally.leave(entry, 'its reply was lost; if it is there, it ends at its expiry')
    else await tally.try(entry, () => deleteFile(client, fileId))
  })
}

async function undoSessions(ledger: Ledger, context: UndoContext, tally: Tally): Promise<void> {
  const created = await createdSessions(ledger, context, tally)
  const mountedOn = backwards(ledger, 'resource').map(({ sessionId }) => sessionId)
  const ids = [...new Set([...created.keys(), ...mountedOn])]
  await Promise.all(ids.map((id) => undoSession(id, created.get(id), ledger, context, tally)))
}

/** The sessions that the run created, by id. What was noted of one later holds. */
async function createdSessions(
  ledger: Ledger,
  { client }: UndoContext,
  tally: Tally,
): Promise<ReadonlyMap<string, SessionEntry>> {
  const entries = entriesOf(ledger, 'session')
  const known = new Map(entries.flatMap((entry) => (entry.sessionId === undefined ? [] : [[entry.sessionId, entry]])))
  const lost = entries.find(({ sessionId }) => sessionId === undefined)
  const any = lost ?? entries[0]
  // A manifest, unlike the state, does not name the agent.
  if (any === undefined || any.agentId === '') return known
  // One whose reply was lost bears the run key, if it is there; so does one that something on the way asked for twice.
  const { runKey, startedAt } = ledger.run
  const look = async () => {
    for (const { id } of await findSessionsOfRun(client, any.agentId, runKey, new Date(startedAt))) {
      if (!known.has(id)) known.set(id, { ...any, sessionId: id, lostNameRace: true })
    }
  }
  if (lost === undefined) await look().catch(() => {})
  else await tally.try(lost, look)
  return known
}
