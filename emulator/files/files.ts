import type { BetaFileMetadata, BetaFileScope } from '@anthropic-ai/sdk/resources/beta/files'
import type { Blob } from '../http/blob.ts'
import { FILES_BETA, MANAGED_AGENTS_BETA } from '../http/call.ts'
import { missing } from '../http/problem.ts'
import type { FileRecord, World } from '../world.ts'

/** Documented: metadata stays readable for up to 30 days after expiry. */
const REMEMBERED_MS = 30 * 24 * 3600 * 1000

export function addFile(world: World, file: Omit<FileRecord, 'seq' | 'id' | 'createdAt'>): FileRecord {
  const record = { seq: world.nextSeq(), id: world.newId('file'), createdAt: world.now(), ...file }
  world.files.set(record.id, record)
  return record
}

/** Makes the session's own copy: new id, scoped to the session, never expiring, not downloadable (documented). */
export function copyFile(world: World, original: FileRecord, sessionId: string): FileRecord {
  const { filename, mimeType, blob } = original
  const scope: BetaFileScope = { type: 'session', id: sessionId }
  const kind = { origin: 'copy', copyOf: original.id, downloadable: false, expiresAt: null } as const
  return addFile(world, { filename, mimeType, blob, scope, ...kind })
}

/** The agent writes a file: the only kind that can be downloaded. */
export function addOutput(world: World, sessionId: string, filename: string, blob: Blob): FileRecord {
  const scope: BetaFileScope = { type: 'session', id: sessionId }
  const kind = { origin: 'output', copyOf: null, downloadable: true, expiresAt: null } as const
  return addFile(world, { filename, mimeType: mimeTypeOf(filename), blob, scope, ...kind })
}

const mimeTypeOf = (filename: string): string =>
  /\.(txt|md|log|csv|py|ts|js)$/i.test(filename) ? 'text/plain' : 'application/octet-stream'

export const isExpired = (world: World, file: FileRecord): boolean =>
  file.expiresAt !== null && file.expiresAt <= world.now()

const isForgotten = (world: World, file: FileRecord): boolean =>
  file.expiresAt !== null && file.expiresAt + REMEMBERED_MS <= world.now()

/** In the order of making, without those whose metadata is gone too. */
export function listedFiles(world: World): readonly FileRecord[] {
  return [...world.files.values()].filter((file) => !isForgotten(world, file))
}

export function findFile(world: World, id: string): FileRecord {
  const file = world.files.get(id)
  if (file === undefined || isForgotten(world, file)) throw missing(`File not found: ${id}`)
  return file
}

/** A file whose content is still there. */
export function findLiveFile(world: World, id: string): FileRecord {
  const file = findFile(world, id)
  if (isExpired(world, file)) throw missing(`File has expired: ${id}`, 'file_expired')
  return file
}

export function removeFile(world: World, id: string): void {
  const file = world.files.get(id)
  if (file === undefined) return
  world.files.delete(id)
  dropUnused(world, file.blob)
}

/** Removes bytes from the disk once no file is made of them. */
export function dropUnused(world: World, { path }: Blob): void {
  if (path === null || [...world.files.values()].some(({ blob }) => blob.path === path)) return
  world.settings.blobs.drop(path)
}

/** Documented: `expires_at` is absent under the old files beta, `scope` appears on the beta surface only. */
export function fileMetadata(world: World, file: FileRecord, betas: ReadonlySet<string>): BetaFileMetadata {
  const isOld = betas.has(FILES_BETA)
  return {
    id: file.id,
    type: 'file',
    filename: file.filename,
    mime_type: file.mimeType,
    size_bytes: file.blob.sizeBytes,
    created_at: world.timestamp(file.createdAt),
    downloadable: file.downloadable,
    ...(isOld ? {} : { expires_at: file.expiresAt === null ? null : world.timestamp(file.expiresAt) }),
    ...(isOld || betas.has(MANAGED_AGENTS_BETA) ? { scope: file.scope } : {}),
  }
}
