import { StatusError } from '../api/errors.ts'
import { addFile, deleteResource, listResources } from '../api/resources.ts'
import type { DesiredFile } from '../desired/files/desired-file.ts'
import type { ResourceEntry } from '../ledger/ledger.ts'
import { findOwnFileAt } from '../observed/find-session.ts'
import { filesAmong, type SessionFile } from '../observed/mounted-files.ts'
import { quote } from '../text/escape.ts'
import type { Place, Upload } from './applied.ts'
import { type EffectContext, EffectError, performEffect } from './effect.ts'

/**
 * Mounts an uploaded file on a session that is there.
 * @param tookOver upload name of the same content, in whose place it is
 * @throws EffectError, or an Error that names who was faster
 */
export async function mountFile(
  context: EffectContext,
  sessionId: string,
  file: DesiredFile,
  { name, fileId }: Upload,
  tookOver?: string,
): Promise<Place> {
  const { client } = context
  const { mountPath } = file
  const params = { type: 'file', file_id: fileId, mount_path: mountPath } as const
  const intent: ResourceEntry = { kind: 'resource', sessionId, mountPath, name, tookOver }
  return performEffect(context, {
    intent,
    failed: `${quote(file.path)} could not be mounted at ${quote(mountPath)} of session ${sessionId}`,
    call: async (): Promise<Place> => {
      const { id, mount_path, file_id } = await addFile(client, sessionId, params)
      return { resourceId: id, echoedPath: mount_path, fileId: file_id }
    },
    outcome: ({ resourceId }) => ({ ...intent, resourceId }),
    find: () => findOwnFileAt(client, sessionId, mountPath, name),
  }).catch((error: unknown) => settleConflict(context, error, intent, file))
}

/**
 * Servers refuse a taken path with 400 or 409, each in its own words. Who is there tells what happened: this run's own file,
 * if something on the way delivered the request twice, or another job's.
 */
async function settleConflict(
  { client, ledger }: EffectContext,
  error: unknown,
  intent: ResourceEntry,
  { path }: DesiredFile,
): Promise<Place> {
  const { sessionId, mountPath, name } = intent
  const status = error instanceof EffectError && error.cause instanceof StatusError ? error.cause.details.status : 0
  if (status !== 400 && status !== 409) throw error
  const own = await findOwnFileAt(client, sessionId, mountPath, name).catch(() => 'unknown' as const)
  if (own === 'unknown') ledger.note({ ...intent, ownershipUnknown: true })
  else if (own !== undefined) {
    ledger.note({ ...intent, resourceId: own.resourceId })
    return own
  }
  const resources = await listResources(client, sessionId).catch(() => undefined)
  const other = filesAmong(resources ?? []).find((file) => file.mountPath === mountPath)
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
