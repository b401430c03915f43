import { retrieveSession } from '../api/sessions.ts'
import { isRemovedByItsRun, isUploadFor, isUploadOf, withoutMark } from '../desired/files/upload-mark.ts'
import type { Ledger, ResourceEntry } from '../ledger/ledger.ts'
import { RUN_KEY_METADATA } from '../ledger/run-key.ts'
import { findUploads } from '../observed/find-uploads.ts'
import type { SessionFile } from '../observed/mounted-files.ts'
import { waitUntilIdle } from './end-session.ts'
import { findGone } from './find-gone.ts'
import { orGone } from './gone.ts'
import { filesOf } from './look-for-lost.ts'
import { entriesOf } from './made.ts'
import type { RemovalContext } from './removal-context.ts'
import type { MountedThing, Removals, Thing } from './thing.ts'
import type { UndoProgress } from './undo-result.ts'
import { removeFiles } from './undo-session.ts'

/** Runs that mount at the same time began no longer ago than this; a job takes six hours where nothing else is set. */
const LOOK_BACK_MS = 86_400_000

/** The ids of the run's files that took the place of another run's with the same content. */
function takenOver(ledger: Ledger): ReadonlySet<string> {
  const entries = entriesOf(ledger, 'resource').filter(({ tookOver }) => tookOver !== undefined)
  return new Set(entries.flatMap(({ resourceId }) => resourceId ?? []))
}

/** What can go at once: nobody else has mounted the same in its place. */
export function withoutShared({ uploads, sessions }: Removals, ledger: Ledger): Removals {
  const shared = takenOver(ledger)
  const own = sessions.map((session) =>
    session.outcome.end === 'keep'
      ? { ...session, files: session.files.filter(({ resourceId }) => !shared.has(resourceId)) }
      : session,
  )
  return { uploads, sessions: own }
}

/**
 * Of files that several runs have mounted one over the other with the same content, the last run removes what is there. A run
 * is done when its upload is gone; so this comes after the run's own uploads were removed. Does not throw.
 * @param only this session, which is about to be archived; otherwise all that have not ended
 */
export async function removeShared(
  ledger: Ledger,
  context: RemovalContext,
  progress: UndoProgress,
  only?: string,
): Promise<void> {
  const shared = takenOver(ledger)
  const gone = new Set(progress.gone.flatMap((thing) => (thing.kind === 'resource' ? [thing.resourceId] : [])))
  const ended = new Set(progress.removed.flatMap((thing) => (thing.kind === 'session' ? [thing.sessionId] : [])))
  const isAsked = (id: string) => (only === undefined ? !progress.goneSessions.has(id) && !ended.has(id) : id === only)
  const noted = entriesOf(ledger, 'resource').filter(
    ({ resourceId = '' }) => shared.has(resourceId) || gone.has(resourceId),
  )
  const entries = [...noted, ...unnoted(ledger, progress)].filter(({ sessionId }) => isAsked(sessionId))
  for (const [sessionId, those] of Map.groupBy(entries, (entry) => entry.sessionId)) {
    const things = those.flatMap(({ resourceId }) => (resourceId === undefined ? [] : thingOf(sessionId, resourceId)))
    try {
      await removeSharedOn(sessionId, those, ledger, context, progress)
    } catch (error) {
      progress.fail(
        things.filter(({ resourceId }) => shared.has(resourceId)),
        error,
      )
    }
  }
}

/** What a run that was stopped early had mounted on the session that it created and not noted, as its uploads tell. */
function unnoted(ledger: Ledger, { shared }: UndoProgress): readonly ResourceEntry[] {
  return shared.flatMap(({ sessionId }) => {
    const noted = entriesOf(ledger, 'resource').filter((entry) => entry.sessionId === sessionId)
    const paths = new Set(noted.map(({ mountPath }) => mountPath))
    return entriesOf(ledger, 'upload')
      .filter(({ mountPath }) => !paths.has(mountPath))
      .map(({ name, mountPath }): ResourceEntry => ({ kind: 'resource', sessionId, name, mountPath }))
  })
}

async function removeSharedOn(
  sessionId: string,
  entries: readonly ResourceEntry[],
  ledger: Ledger,
  context: RemovalContext,
  progress: UndoProgress,
): Promise<void> {
  const { waitMs, log } = context
  const own = new Set(entries.map(({ resourceId }) => resourceId ?? ''))
  const wanted = new Map(entries.map((entry) => [entry.mountPath, withoutMark(entry.name)]))
  const there = (await filesOf(sessionId, context)).filter(
    ({ resourceId, mountPath, name = '' }) =>
      wanted.get(mountPath) === withoutMark(name) && (own.has(resourceId) || isRemovedByItsRun(name)),
  )
  if (there.length === 0) return
  const isInUse = await findUse(sessionId, there, entries, ledger, context)
  const last = there.filter((file) => !isInUse(file))
  if (last.length < there.length) {
    log(
      `Left ${there.length - last.length} of the files on session ${sessionId}: other runs have mounted the same there`,
    )
  }
  if (last.length === 0) return
  const files = last.flatMap(({ resourceId }) => thingOf(sessionId, resourceId))
  if ((await waitUntilIdle(sessionId, waitMs, context)) === 'running') {
    progress.recordLeft(
      files,
      `session ${sessionId} was still running, and files are not removed under a running agent`,
    )
    return
  }
  await removeFiles({ sessionId, files }, context, progress)
}

/** Tells of each of these files whether another run that is not done has uploaded the same for the same place. */
async function findUse(
  sessionId: string,
  there: readonly SessionFile[],
  entries: readonly ResourceEntry[],
  ledger: Ledger,
  context: RemovalContext,
): Promise<(file: SessionFile) => boolean> {
  const names = new Set(there.map(({ name = '' }) => withoutMark(name)))
  const isSame = (name: string) =>
    names.has(withoutMark(name)) && isRemovedByItsRun(name) && !isUploadOf(name, ledger.run.runKey)
  const since = new Date(Date.parse(ledger.run.startedAt) - LOOK_BACK_MS)
  const { files } = await findUploads(context.client, isSame, since)
  const uploads = files.map(({ id, filename = '' }) => ({ kind: 'upload', fileId: id, name: filename }) as const)
  // The list may lag behind.
  const gone: ReadonlySet<Thing> = new Set(await findGone(context, context.concurrency, uploads))
  const alive = uploads.filter((upload) => !gone.has(upload)).map(({ name }) => name)
  const createdBy = alive.length === 0 ? undefined : await creatorOf(sessionId, context)
  // One that lost the race for the session's name was uploaded for another session.
  const tookOver = new Set(entries.map((entry) => entry.tookOver))
  return ({ mountPath, name = '' }) =>
    alive.some(
      (other) =>
        withoutMark(other) === withoutMark(name) &&
        (tookOver.has(other) || isUploadFor(other, sessionId, mountPath, createdBy)),
    )
}

/** The key of the run that created a session. */
async function creatorOf(sessionId: string, context: RemovalContext): Promise<string | undefined> {
  const session = await orGone(() => retrieveSession(context.client, sessionId), context)
  return session === 'gone' ? undefined : session.metadata[RUN_KEY_METADATA]
}

function thingOf(sessionId: string, resourceId: string): MountedThing[] {
  return [{ kind: 'resource', sessionId, resourceId }]
}
