import { deleteFile } from '../api/files.ts'
import { inParallel } from '../apply/in-parallel.ts'
import { findGone, orGone } from './gone.ts'
import type { RemovalContext } from './removal-context.ts'
import type { Removals } from './thing.ts'
import { undoSession } from './undo-session.ts'

/**
 * Removes the things: on each session what is mounted, then the session itself; beside that the uploads, which the
 * session's copies do not need (documented). Removes nothing else, goes on after a failure, does not throw.
 */
export async function remove({ uploads, sessions }: Removals, context: RemovalContext): Promise<void> {
  const { progress } = context
  await Promise.all([removeUploads(uploads, context), ...sessions.map((session) => undoSession(session, context))])
  // A call that failed may have been carried out all the same.
  const gone = await findGone(progress.ambiguous, context)
  const deleted = new Set(
    gone.flatMap((thing) => (thing.kind === 'session' && thing.end === 'delete' ? [thing.sessionId] : [])),
  )
  const filesOnThem = sessions.filter(({ sessionId }) => deleted.has(sessionId)).flatMap(({ files }) => files)
  progress.remove([...gone, ...filesOnThem], 'removed')
}

/** Removes uploads, so many at a time. Does not throw. */
export async function removeUploads(uploads: Removals['uploads'], context: RemovalContext): Promise<void> {
  const { client, concurrency, progress } = context
  await inParallel(uploads, concurrency, async (upload) => {
    await progress.try(upload, () => orGone(() => deleteFile(client, upload.fileId), context))
  })
}
