import type { BetaManagedAgentsSession } from '@anthropic-ai/sdk/resources/beta/sessions/sessions'
import { isExpired } from './files/files.ts'
import { sessionObject } from './sessions/session.ts'
import type { FileRecord, World } from './world.ts'

/** A file that exists. Uploads have no scope; copies and outputs have that of their session. */
export interface FileSnapshot
  extends Pick<FileRecord, 'id' | 'filename' | 'downloadable' | 'scope' | 'origin' | 'copyOf'> {
  readonly size_bytes: number
  readonly sha256: string
  readonly created_at: string
  readonly expires_at: string | null
  /** Where the bytes lie when the store is `disk`. */
  readonly path: string | null
}

/** What is there now: deleted objects and expired files are not. */
export interface Snapshot {
  readonly files: readonly FileSnapshot[]
  readonly sessions: readonly BetaManagedAgentsSession[]
}

export function snapshotOf(world: World): Snapshot {
  const files = [...world.files.values()].filter((file) => !isExpired(world, file))
  return {
    files: files.map((file) => fileSnapshot(world, file)),
    sessions: [...world.sessions.values()].map(sessionObject),
  }
}

function fileSnapshot(world: World, file: FileRecord): FileSnapshot {
  const { id, filename, downloadable, scope, origin, copyOf, blob } = file
  return {
    id,
    filename,
    downloadable,
    scope,
    origin,
    copyOf,
    size_bytes: blob.sizeBytes,
    sha256: blob.sha256,
    created_at: world.timestamp(file.createdAt),
    expires_at: file.expiresAt === null ? null : world.timestamp(file.expiresAt),
    path: blob.path,
  }
}
