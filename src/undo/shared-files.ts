import { addFile } from '../api/resources.ts'
import { retrieveSession } from '../api/sessions.ts'
import { isRemovedByItsRun, isUploadFor, isUploadOf, withoutMark } from '../desired/files/upload-mark.ts'
import type { Ledger, ResourceEntry } from '../ledger/ledger.ts'
import { RUN_KEY_METADATA } from '../ledger/run-key.ts'
import { findUploads } from '../observed/find-uploads.ts'
import type { SessionFile } from '../observed/mounted-files.ts'
import { quote } from '../text/escape.ts'
import { findGone, orGone } from './gone.ts'
import { filesOf } from './look-for-lost.ts'
import { entriesOf } from './made.ts'
import type { RemovalContext } from './removal-context.ts'
import { idOf, type MountedThing, type Removals, type Thing, type UploadThing } from './thing.ts'
import { reasonOf } from './undo-result.ts'
import { removeFromKept } from './undo-session.ts'

/** Runs that mount at the same time began no longer ago than this; a job takes six hours where nothing else is set. */
const LOOK_BACK_MS = 86_400_000

/** What can go at once: nobody else has mounted the same in its place. */
export function withoutShared({ uploads, sessions }: Removals): Removals {
  const own = sessions.map((session) => ({ ...session, files: session.files.filter((file) => !isShared(file)) }))
  return { uploads, sessions: own }
}

function isShared({ hasTakenOver }: MountedThing): boolean {
  return hasTakenOver === true
}

/**
 * Of files that several runs have mounted one over the other with the same content, the last run removes what is there. A run
 * is done when its upload is gone; so this comes after the run's own uploads were removed. Does not throw.
 * @param only this session, which is about to be archived; otherwise all that have not ended
 */
export async function removeShared(
  { sessions }: Removals,
  ledger: Ledger,
  context: RemovalContext,
  only?: string,
): Promise<void> {
  const { progress } = context
  const gone = new Set(progress.gone.flatMap((thing) => (thing.kind === 'resource' ? [thing.resourceId] : [])))
  const ended = new Set(progress.removed.flatMap((thing) => (thing.kind === 'session' ? [thing.sessionId] : [])))
  const isAsked = (id: string) => (only === undefined ? !progress.goneSessions.has(id) && !ended.has(id) : id === only)
  const noted = entriesOf(ledger, 'resource').filter(
    ({ tookOver, resourceId = '' }) => tookOver !== undefined || gone.has(resourceId),
  )
  const entries = [...noted, ...unnoted(ledger, context)].filter(({ sessionId }) => isAsked(sessionId))
  for (const [sessionId, those] of Map.groupBy(entries, (entry) => entry.sessionId)) {
    try {
      await removeSharedOn(sessionId, those, ledger, context)
    } catch (error) {
      const things = sessions.flatMap(({ files }) => files).filter((file) => file.sessionId === sessionId)
      progress.fail(things.filter(isShared), error)
    }
  }
}

/** What a run that was stopped early had mounted on the session that it created and not noted, as its uploads tell. */
function unnoted(ledger: Ledger, { progress }: RemovalContext): readonly ResourceEntry[] {
  return progress.shared.flatMap(({ sessionId }) => {
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
): Promise<void> {
  const { progress } = context
  const wanted = new Map(entries.map((entry) => [entry.mountPath, withoutMark(entry.name)]))
  const there = (await filesOf(sessionId, context)).filter(
    ({ mountPath, name = '' }) =>
      wanted.get(mountPath) === withoutMark(name) && (isUploadOf(name, ledger.run.runKey) || isRemovedByItsRun(name)),
  )
  if (there.length === 0) return
  const otherFor = await findOthers(sessionId, there, entries, ledger, context)
  // One that is named to stay is nobody's to remove once this run is undone.
  const staying = there.filter((file) => otherFor(file) !== undefined && isRemovedByItsRun(file.name ?? ''))
  if (staying.length > 0) {
    context.log(`Left ${staying.length} of the files on session ${sessionId}: other runs have mounted the same there`)
  }
  const going = there.filter((file) => !staying.includes(file))
  const files = going.map(({ resourceId }): MountedThing => ({ kind: 'resource', sessionId, resourceId }))
  await removeFromKept({ sessionId, files }, context)
  const removed = new Set(progress.removed.filter((thing) => !progress.gone.includes(thing)).map(idOf))
  for (const file of going.filter(({ resourceId }) => removed.has(resourceId))) {
    const other = otherFor(file)
    if (other !== undefined) await handBack(sessionId, file, other, context)
  }
}

/** Mounts what the other run had mounted before this one. Should that be done meanwhile, its upload is gone, and nothing comes of it. */
async function handBack(
  sessionId: string,
  { mountPath }: SessionFile,
  { fileId }: UploadThing,
  { client, log }: RemovalContext,
): Promise<void> {
  const place = `${quote(mountPath)} of session ${sessionId}`
  try {
    await addFile(client, sessionId, { type: 'file', file_id: fileId, mount_path: mountPath })
    log(`Mounted upload ${fileId} of another run at ${place} again, which this run had replaced with the same content`)
  } catch (error) {
    log(`Could not mount upload ${fileId} of another run at ${place} again: ${reasonOf(error)}`)
  }
}

/** Finds for each of these files the upload of another run that is not done and has uploaded the same for the same place. */
async function findOthers(
  sessionId: string,
  there: readonly SessionFile[],
  entries: readonly ResourceEntry[],
  ledger: Ledger,
  context: RemovalContext,
): Promise<(file: SessionFile) => UploadThing | undefined> {
  const names = new Set(there.map(({ name = '' }) => withoutMark(name)))
  const isSame = (name: string) =>
    names.has(withoutMark(name)) && isRemovedByItsRun(name) && !isUploadOf(name, ledger.run.runKey)
  const since = new Date(Date.parse(ledger.run.startedAt) - LOOK_BACK_MS)
  const { files } = await findUploads(context.client, isSame, since)
  const uploads = files.map(({ id, filename = '' }) => ({ kind: 'upload', fileId: id, name: filename }) as const)
  // The list may lag behind.
  const gone: ReadonlySet<Thing> = new Set(await findGone(uploads, context))
  const alive = uploads.filter((upload) => !gone.has(upload))
  const createdBy = alive.length === 0 ? undefined : await creatorOf(sessionId, context)
  // One that lost the race for the session's name was uploaded for another session.
  const tookOver = new Set(entries.map((entry) => entry.tookOver))
  return ({ mountPath, name = '' }) =>
    alive.find(
      (other) =>
        withoutMark(other.name) === withoutMark(name) &&
        (tookOver.has(other.name) || isUploadFor(other.name, sessionId, mountPath, createdBy)),
    )
}

/** The key of the run that created a session. */
async function creatorOf(sessionId: string, context: RemovalContext): Promise<string | undefined> {
  const session = await orGone(() => retrieveSession(context.client, sessionId), context)
  return session === 'gone' ? undefined : session.metadata[RUN_KEY_METADATA]
}
