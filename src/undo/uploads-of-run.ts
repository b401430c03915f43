import { isUploadOf } from '../desired/files/upload-mark.ts'
import { findUploads } from '../observed/find-uploads.ts'
import { pause } from '../stop/pause.ts'
import { LIST_LAG_MS } from './gone.ts'
import { entriesOf, type Made } from './made.ts'
import type { RemovalContext } from './removal-context.ts'
import { removeUploads } from './remove.ts'
import type { LostThing, UploadThing } from './thing.ts'
import { maybe, reasonOf } from './undo-result.ts'

/**
 * Removes the uploads of the run that its ledger does not know: the reply was lost, something on the way delivered the
 * request twice, or the process was killed. Looked for after all else was removed, since a list may lag. Does not
 * throw.
 */
export async function removeUnknownUploads(made: Made, context: RemovalContext): Promise<void> {
  const { ledger } = made
  if (!entriesOf(ledger, 'upload').some(({ name }) => isUploadOf(name, ledger.run.runKey))) return
  let look = await lookForUploads(made, context)
  if (look.isWorthAgain && look.missing.length > 0) {
    await pause(LIST_LAG_MS, context.stop.startNothingNew).catch(() => {})
    look = await lookForUploads(made, context)
  }
  await removeUploads(look.found, context)
  if (!look.isComplete) context.progress.doubts.push(...look.missing.map((upload) => maybe(upload, look.why)))
}

interface UploadLook {
  readonly found: readonly UploadThing[]
  /** Lost and not found. */
  readonly missing: readonly LostThing[]
  /** It would have been seen. */
  readonly isComplete: boolean
  /** A later look may tell more. */
  readonly isWorthAgain: boolean
  /** In words, why something may be there that is not found. */
  readonly why: string
}

async function lookForUploads({ ledger, removals, lost }: Made, { client }: RemovalContext): Promise<UploadLook> {
  const known = new Set(removals.uploads.map(({ fileId }) => fileId))
  const lostUploads = lost.filter((each) => each.kind === 'lost-upload')
  const isOwn = (name: string) => isUploadOf(name, ledger.run.runKey)
  try {
    const { files, isComplete } = await findUploads(client, isOwn, new Date(ledger.run.startedAt))
    const found = files
      .filter(({ id }) => !known.has(id))
      .map(({ id, filename = '' }): UploadThing => ({ kind: 'upload', fileId: id, name: filename }))
    const missing = lostUploads.filter((each) => !found.some(({ name }) => name === each.name))
    const why = 'its reply was lost, and the list of files is too long to find it in, or has no names'
    return { found, missing, isComplete, isWorthAgain: isComplete, why }
  } catch (error) {
    const why = `its reply was lost, and it could not be looked for: ${reasonOf(error)}`
    return { found: [], missing: lostUploads, isComplete: false, isWorthAgain: true, why }
  }
}
