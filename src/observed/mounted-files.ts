import type { Client } from '../api/client.ts'
import { ApiError, StatusError } from '../api/errors.ts'
import { listFiles, MAX_LISTED_IDS, retrieveFile, type StoredFile } from '../api/files.ts'
import { itemsOf } from '../api/page.ts'
import type { SessionResource } from '../api/resources.ts'
import { mountPathOfReply } from '../paths/mount-path.ts'

/** A file that is mounted on a session. */
export interface SessionFile {
  readonly resourceId: string
  readonly mountPath: string
  /** The path as the server says it. */
  readonly echoedPath: string
  /** The session's copy. */
  readonly fileId: string | undefined
  /** Its upload name; undefined if the server does not return it, or was not asked. */
  readonly name: string | undefined
  /** In bytes; undefined where the server does not tell, or was not asked. */
  readonly size: number | undefined
}

/** The files among the resources of a session. */
export function filesAmong(resources: readonly SessionResource[]): readonly SessionFile[] {
  return resources.flatMap(({ type, id, mount_path, file_id }) => {
    if (type !== 'file' || id === undefined || mount_path === undefined) return []
    const mountPath = mountPathOfReply(mount_path)
    return [{ resourceId: id, mountPath, echoedPath: mount_path, fileId: file_id, name: undefined, size: undefined }]
  })
}

/**
 * The same files with names and sizes. Asked by session, which is one request for up to a thousand files, and by id for
 * what a server has not told so. @throws ApiError
 */
export async function withNames(
  client: Client,
  sessionId: string,
  files: readonly SessionFile[],
): Promise<readonly SessionFile[]> {
  const known = new Map((await listedBySession(client, sessionId)).map((file) => [file.id, file]))
  const ids = files.flatMap(({ fileId }) => (fileId === undefined || known.has(fileId) ? [] : [fileId]))
  for await (const file of filesWithIds(client, ids)) known.set(file.id, file)
  const unknown = ids.filter((id) => !known.has(id))
  for (const file of await Promise.all(unknown.map((id) => retrieveIfTold(client, id)))) known.set(file.id, file)
  return files.map((file) => {
    const listed = file.fileId === undefined ? undefined : known.get(file.fileId)
    return { ...file, name: toldName(listed), size: listed?.size_bytes }
  })
}

/** The files with these ids that there are, in as few requests as it takes. A server may ignore the filter (seen). @throws ApiError */
export async function* filesWithIds(client: Client, ids: readonly string[]): AsyncGenerator<StoredFile> {
  for (let start = 0; start < ids.length; start += MAX_LISTED_IDS) {
    yield* itemsOf(listFiles(client, { ids: ids.slice(start, start + MAX_LISTED_IDS) }))
  }
}

async function retrieveIfTold(client: Client, id: string): Promise<StoredFile> {
  try {
    return await retrieveFile(client, id)
  } catch (error) {
    if (error instanceof ApiError) return { id }
    throw error
  }
}

async function listedBySession(client: Client, sessionId: string): Promise<readonly StoredFile[]> {
  try {
    return await Array.fromAsync(itemsOf(listFiles(client, { scope_id: sessionId })))
  } catch (error) {
    // A server may not know the filter.
    if (error instanceof StatusError && [400, 404, 422].includes(error.details.status)) return []
    throw error
  }
}

/** A server that was sent no name stores `unnamed` and an extension (observed). */
export function toldName(file: StoredFile | undefined): string | undefined {
  return file?.filename === undefined || /^unnamed(\.\w+)?$/.test(file.filename) ? undefined : file.filename
}
