import { uploadFile } from '../api/files.ts'
import { type DesiredFile, sourceOf } from '../desired/files/desired-file.ts'
import { markFor } from '../desired/files/upload-mark.ts'
import { uploadName } from '../desired/files/upload-name.ts'
import type { UploadEntry } from '../ledger/ledger.ts'
import { quote } from '../text/escape.ts'
import type { Upload } from './applied.ts'
import type { ApplyContext } from './apply-context.ts'
import { performEffect } from './effect.ts'

/** Uploads a file. @param sessionId undefined for a session that is still to be created. @throws EffectError, Error */
export async function uploadDesired(
  context: ApplyContext,
  file: DesiredFile,
  sessionId: string | undefined,
): Promise<Upload> {
  const { client, ledger, marked, expiresInSeconds } = context
  const name = uploadName(file, markFor(marked, sessionId, file.mountPath))
  const intent: UploadEntry = { kind: 'upload', name, mountPath: file.mountPath }
  const lost = () => ledger.note(intent)
  const { id, size_bytes: stored } = await performEffect(context, {
    intent,
    failed: `${quote(file.path)} could not be uploaded`,
    call: () => uploadFile(client, sourceOf(file, name), expiresInSeconds, lost),
    outcome: (upload) => ({ ...intent, fileId: upload.id }),
  })
  if (stored !== undefined && stored !== file.size) {
    throw new Error(`${quote(file.path)} has ${file.size} bytes, but the service stored ${stored}; run the job again`)
  }
  return { name, fileId: id }
}
