import type { DesiredFile } from './desired/files.ts'
import type { DesiredRepository } from './desired/repository/resolve.ts'

/** A file that is on the session. */
export interface MountedFile {
  readonly file: DesiredFile
  /** Where the agent finds it, as the server says. */
  readonly containerPath: string
  readonly resourceId: string
  /** The session's own copy; the upload has another id. */
  readonly fileId: string | undefined
}

/** The repository that is on the session. */
export interface MountedRepository {
  readonly resourceId: string
  /** As the server says; undefined if it does not. */
  readonly mountPath: string | undefined
  readonly repository: DesiredRepository
}

/** What the run has done. With a failure, as far as things got. */
export interface Applied {
  readonly sessionId: string | undefined
  readonly sessionCreated: boolean
  readonly mounted: readonly MountedFile[]
  readonly repository: MountedRepository | undefined
  readonly failure: unknown
}
