import { StatusError } from '../api/errors.ts'
import { addFile, deleteResource, listResources, type SessionResource } from '../api/resources.ts'
import type { DesiredFile } from '../desired/files/desired-file.ts'
import { uploadName } from '../desired/files/upload-name.ts'
import type { ResourceEntry } from '../ledger/ledger.ts'
import { findOwnFileAt } from '../observed/find-session.ts'
import { filesAmong, type SessionFile } from '../observed/mounted-files.ts'
import { quote } from '../text/escape.ts'
import { type EffectContext, EffectError, performEffect } from './effect.ts'

/** Mounts an uploaded file on a session that is there. @throws EffectError, or an Error that names who was faster */
export async function mountFile(
  context: EffectContext,
  sessionId: string,
  file: DesiredFile,
  fileId: string,
): Promise<SessionResource & { readonly id: string }> {
  const { client } = context
  const { mountPath } = file
  const params = { type: 'file', file_id: fileId, mount_path: mountPath } as const
  const intent: ResourceEntry = { kind: 'resource', sessionId, mountPath, name: uploadName(file) }
  return performEffect(context, {
    intent,
    failed: `${quote(file.path)} could not be mounted at ${quote(mountPath)} of session ${sessionId}`,
    call: () => addFile(client, sessionId, params),
    outcome: ({ id }) => ({ ...intent, resourceId: id }),
    find: () => findOwnFileAt(client, sessionId, mountPath, intent.name),
  }).catch((error: unknown) => explainConflict(context, error, intent, file))
}

/** Servers refuse a taken path with 400 or 409, each in its own words; who is there tells what happened. */
async function explainConflict(
  { client, ledger }: EffectContext,
  error: unknown,
  intent: ResourceEntry,
  { path }: DesiredFile,
): Promise<never> {
  const { sessionId, mountPath } = intent
  const status = error instanceof EffectError && error.cause instanceof StatusError ? error.cause.details.status : 0
  if (status !== 400 && status !== 409) throw error
  const resources = await listResources(client, sessionId).catch(() => undefined)
  const other = filesAmong(resources ?? []).find((file) => file.mountPath === mountPath)
  if (resources === undefined || other !== undefined) ledger.note({ ...intent, ownershipUnknown: true })
  if (other === undefined) throw error
  throw new Error(
    `session ${sessionId}: ${quote(path)} cannot be mounted at ${quote(mountPath)}: another job has just mounted a file there (${other.resourceId}); give each job a \`mount-path\` of its own`,
    { cause: error },
  )
}

/** Removes a mounted file from a session. @throws EffectError */
export async function removeMountedFile(
  context: EffectContext,
  sessionId: string,
  { mountPath, resourceId }: SessionFile,
): Promise<void> {
  const intent = { kind: 'removal', sessionId, mountPath, resourceId } as const
  await performEffect(context, {
    intent,
    failed: `${resourceId}, mounted at ${quote(mountPath)} of session ${sessionId}, could not be removed`,
    call: () => deleteResource(context.client, sessionId, resourceId),
    outcome: () => intent,
  })
}
