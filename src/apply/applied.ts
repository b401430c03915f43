import type { Session } from '../api/sessions.ts'
import type { Prompt } from '../api/user-event.ts'
import type { Desired } from '../desired/desire.ts'
import type { DesiredFile } from '../desired/files/desired-file.ts'
import type { DesiredRepository } from '../desired/repository/resolve.ts'
import type { SessionFile } from '../observed/mounted-files.ts'
import { containerPath, mountPathOfReply, repositoryPath, UPLOADS_ROOT } from '../paths/mount-path.ts'

/** A wanted file's change: `replaced` took the place of another content, `unchanged` was there already. */
export type Change = 'added' | 'replaced' | 'unchanged'

export interface MountedFile {
  readonly file: DesiredFile
  readonly change: Change
  /** Absolute path in the container, as the server returns it. */
  readonly containerPath: string
  readonly resourceId: string
  /** The session's own copy; the upload has another id. */
  readonly fileId: string | undefined
}

/** Where a file is on a session; its path as the server says it. */
export type Place = Pick<SessionFile, 'resourceId' | 'fileId'> & { readonly echoedPath: string | undefined }

/** A wanted file, as it is on the session. */
export function mountedFile(file: DesiredFile, change: Change, { echoedPath, resourceId, fileId }: Place): MountedFile {
  return { file, change, containerPath: shownPlace(file, echoedPath), resourceId, fileId }
}

/**
 * Servers echo the whole path, the path below `/uploads`, or what was asked for; any other path is the server's choice.
 */
function shownPlace({ mountPath }: DesiredFile, echoed: string | undefined): string {
  if (echoed === undefined) return containerPath(mountPath)
  if (echoed.startsWith(`${UPLOADS_ROOT}/`)) return echoed
  const isBelowRoot = echoed.startsWith('/uploads/') || mountPathOfReply(echoed) === mountPath
  return isBelowRoot ? containerPath(mountPathOfReply(echoed)) : echoed
}

export type ChangeCounts = Readonly<Record<Change | 'removed', number>>

/** Mounted files; an archive counts as the files in it. */
export function fileCount(mounted: readonly MountedFile[]): number {
  return mounted.reduce((sum, { file }) => sum + (file.packed?.length ?? 1), 0)
}

/** Files by change; those in an archive share its change. */
export function changeCounts({ mounted, removed }: Pick<Applied, 'mounted' | 'removed'>): ChangeCounts {
  const of = (change: Change) => fileCount(mounted.filter((each) => each.change === change))
  return { added: of('added'), replaced: of('replaced'), unchanged: of('unchanged'), removed: removed.length }
}

export interface MountedRepository {
  readonly resourceId: string
  /** As the server says; undefined if it does not. */
  readonly mountPath: string | undefined
  readonly repository: DesiredRepository
  /** The commit that it was mounted at, if that is known. */
  readonly mountedSha: string | undefined
  /** The agent is to get to the commit by itself. */
  readonly isFetched: boolean
}

/** What is going to be on a new session, as far as that is known before: the service says where it mounted each file. */
export function expectedOn({ files, repository }: Desired): Pick<Applied, 'mounted' | 'repository'> {
  const nowhere = { echoedPath: undefined, resourceId: '', fileId: undefined }
  const mounted = files.map((file) => mountedFile(file, 'added', nowhere))
  return {
    mounted: sorted(mounted),
    repository: repository && {
      resourceId: '',
      repository,
      mountedSha: repository.sha,
      isFetched: false,
      mountPath: repositoryPath(repository.url, repository.mountPath),
    },
  }
}

export function sorted(mounted: readonly MountedFile[]): readonly MountedFile[] {
  return mounted.toSorted((a, b) => (a.file.mountPath < b.file.mountPath ? -1 : 1))
}

/** What a session was told in the call that created it. */
export interface Opening {
  readonly prompt: Prompt
  /** The session was born at work, as the service says. */
  readonly isRunning: boolean
}

/** A file object that this run has uploaded. */
export interface Upload {
  readonly name: string
  readonly fileId: string
}

/** The run's effects so far, complete unless there is a failure. */
export interface Applied {
  readonly sessionId: string | undefined
  readonly sessionCreated: boolean
  readonly mounted: readonly MountedFile[]
  readonly removed: readonly SessionFile[]
  readonly uploads: readonly Upload[]
  readonly repository: MountedRepository | undefined
  readonly opening: Opening | undefined
  /** Sessions whose name the new one has, to be archived in this order. */
  readonly replaces: readonly string[]
  /** Under which the console shows the session, if that is known. */
  readonly workspace: string | undefined
  readonly failure: unknown
  /** Another job created the session of this name at the same time, and was first. Nothing is mounted yet then. */
  readonly winner: Session | undefined
}
