import type { Client } from './api/client.ts'
import { Interrupted, StatusError } from './api/errors.ts'
import { deleteFile } from './api/files.ts'
import { deleteResource } from './api/resources.ts'
import { archiveSession, deleteSession, retrieveSession } from './api/sessions.ts'
import type { Effect, Ledger, ResourceEntry, SessionEntry } from './ledger.ts'
import { findOwnFileAt, findSessionsOfRun } from './lookup.ts'
import { inParallel } from './parallel.ts'

/** Something of the run that is still there, or may be. */
export interface Leftover {
  readonly effect: Effect
  readonly reason: string
}

/** What undo came to. What was gone already counts as removed. */
export interface Undone {
  readonly removed: readonly Effect[]
  /** Sessions of this run that stay because they are meant to. */
  readonly kept: readonly SessionEntry[]
  readonly left: readonly Leftover[]
}

/** What undoing needs beside the ledger. */
export interface UndoContext {
  readonly client: Client
  readonly concurrency: number
}

/**
 * Takes back what the ledger says, backwards: resources, then the session, then uploads. Removes nothing else, goes on
 * after a failure, and does not throw. Files under a running agent stay.
 */
export async function undo(ledger: Ledger, context: UndoContext): Promise<Undone> {
  const work = new Undoing(ledger, context)
  await work.resources()
  await work.sessions()
  await work.uploads()
  return { removed: work.removed, kept: work.kept, left: work.left }
}

class Undoing {
  readonly removed: Effect[] = []
  readonly kept: SessionEntry[] = []
  readonly left: Leftover[] = []
  readonly #ledger: Ledger
  readonly #context: UndoContext

  constructor(ledger: Ledger, context: UndoContext) {
    this.#ledger = ledger
    this.#context = context
  }

  async resources(): Promise<void> {
    const entries = this.#resourcesToRemove()
    const running = await this.#runningSessions(entries)
    await inParallel(entries, this.#context.concurrency, async (entry) => {
      if (running.has(entry.sessionId)) {
        this.#leave(entry, `session ${entry.sessionId} is running; its files are not pulled from under the agent`)
        return
      }
      await this.#remove(entry, async ({ sessionId, mountPath, name, resourceId }) => {
        const id = resourceId ?? (await findOwnFileAt(this.#context.client, sessionId, mountPath, name))?.id
        if (id !== undefined) await deleteResource(this.#context.client, sessionId, id)
      })
    })
  }

  async sessions(): Promise<void> {
    const { sessionCleanup } = this.#ledger.run
    const known = new Set(this.#backwards('session').map(({ sessionId }) => sessionId))
    for (const entry of this.#backwards('session')) {
      if (sessionCleanup === 'keep' && entry.sessionId !== undefined) {
        this.kept.push(entry)
        continue
      }
      await this.#remove(entry, ({ agentId, sessionId }) => {
        if (sessionId === undefined) return this.#deleteLost(agentId, known)
        const end = sessionCleanup === 'archive' ? archiveSession : deleteSession
        return end(this.#context.client, sessionId)
      })
    }
  }

  /** A session whose reply was lost: nobody ever learnt of it, so it goes even where sessions are kept. */
  async #deleteLost(agentId: string, known: ReadonlySet<string | undefined>): Promise<void> {
    const { runKey, startedAt } = this.#ledger.run
    const sessions = await findSessionsOfRun(this.#context.client, agentId, runKey, new Date(startedAt))
    for (const { id } of sessions) if (!known.has(id)) await deleteSession(this.#context.client, id)
  }

  async uploads(): Promise<void> {
    await inParallel(this.#backwards('upload'), this.#context.concurrency, async (entry) => {
      const { fileId } = entry
      if (fileId === undefined) this.#leave(entry, 'its reply was lost; if it is there, it ends at its expiry')
      else await this.#remove(entry, () => deleteFile(this.#context.client, fileId))
    })
  }

  #backwards<K extends Effect['kind']>(kind: K): readonly Extract<Effect, { kind: K }>[] {
    const entries = this.#ledger.effects.filter((entry): entry is Extract<Effect, { kind: K }> => entry.kind === kind)
    return entries.reverse()
  }

  /** Deleting a session takes the files on it along, so they need no call each. */
  #resourcesToRemove(): readonly ResourceEntry[] {
    const entries = this.#backwards('resource')
    if (this.#ledger.run.sessionCleanup !== 'delete') return entries
    const deleted = new Set(this.#backwards('session').map(({ sessionId }) => sessionId))
    return entries.filter(({ sessionId }) => !deleted.has(sessionId))
  }

  async #runningSessions(entries: readonly ResourceEntry[]): Promise<ReadonlySet<string>> {
    const running = new Set<string>()
    for (const sessionId of new Set(entries.map((entry) => entry.sessionId))) {
      // An error here will show up, with its words, on the removals themselves.
      const session = await retrieveSession(this.#context.client, sessionId).catch(() => undefined)
      if (session?.status === 'running') running.add(sessionId)
    }
    return running
  }

  async #remove<T extends Effect>(entry: T, call: (entry: T) => Promise<unknown>): Promise<void> {
    try {
      await call(entry)
      this.removed.push(entry)
    } catch (error) {
      this.#leave(entry, reasonOf(error))
    }
  }

  #leave(effect: Effect, reason: string): void {
    this.left.push({ effect, reason })
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Interrupted) return 'the time for cleaning up was over'
  if (error instanceof StatusError && error.details.status === 401) return 'the credential was refused (401)'
  return error instanceof Error ? error.message : String(error)
}
