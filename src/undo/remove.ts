import { findGone } from './find-gone.ts'
import type { RemovalContext } from './removal-context.ts'
import { removeUploads } from './remove-uploads.ts'
import type { Removals } from './thing.ts'
import { UndoProgress } from './undo-result.ts'
import { undoSession } from './undo-session.ts'

/**
 * Removes the things: on each session what is mounted, then the session itself; beside that the uploads, which the
 * session's copies do not need (documented). Removes nothing else, goes on after a failure, does not throw.
 */
export async function remove({ uploads, sessions }: Removals, context: RemovalContext): Promise<UndoProgress> {
  const progress = new UndoProgress(context.deadline)
  await Promise.all([
    removeUploads(uploads, context, progress),
    ...sessions.map((session) => undoSession(session, context, progress)),
  ])
  // A call that failed may have been carried out all the same.
  progress.remove(await findGone(context, context.concurrency, progress.ambiguous), 'removed')
  return progress
}
