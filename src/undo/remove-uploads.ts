import { deleteFile } from '../api/files.ts'
import { inParallel } from '../apply/in-parallel.ts'
import { orGone } from './gone.ts'
import type { RemovalContext } from './removal-context.ts'
import type { UploadThing } from './thing.ts'
import type { UndoProgress } from './undo-result.ts'

/** Removes uploads, so many at a time. Does not throw. */
export async function removeUploads(
  uploads: readonly UploadThing[],
  context: RemovalContext,
  progress: UndoProgress,
): Promise<void> {
  await inParallel(uploads, context.concurrency, async (upload) => {
    await progress.try(upload, () => orGone(() => deleteFile(context.client, upload.fileId), context))
  })
}
