import path from 'node:path'
import type { FilesRequest } from '../../inputs/mount-inputs.ts'
import { parseMountPath } from '../../paths/mount-path.ts'
import { ARCHIVE_NAME } from '../archive/member.ts'
import { checkLimits, checkPacked } from './check-limits.ts'
import type { FoundFile } from './inspect.ts'
import { type PlacedFile, place } from './place.ts'

/** How many resources a session takes, and how many the run wants on it beside the files. */
export interface Room {
  readonly maxResources: number
  readonly others: number
}

/** Files with their mount paths, and what is wrong or odd about that. */
export interface Arranged {
  readonly files: readonly PlacedFile[]
  /** Where they are to be mounted as one archive; undefined if each is mounted by itself. */
  readonly archiveMountPath: string | undefined
  /** Second names of files that are mounted already, left out. */
  readonly aliases: readonly string[]
  readonly problems: readonly string[]
  readonly warnings: readonly string[]
}

/** Decides whether the files are mounted one by one or in an archive, and where, and checks them against the limits. */
export function arrange(files: readonly FoundFile[], request: FilesRequest, room: Room): Arranged {
  const isAlways = request.archive === 'always' && files.length > 0
  const apart = isAlways ? undefined : place(files, request.mountPath, 'leave-out')
  if (apart !== undefined && !isTooMany(request, apart.files.length, room)) {
    const limits = checkLimits(apart.files, room.maxResources)
    return { ...apart, archiveMountPath: undefined, ...joined(apart, limits) }
  }
  const together = place(files, request.mountPath, 'keep')
  const archive = parseMountPath(path.posix.join(request.mountPath, ARCHIVE_NAME))
  const { problems, warnings } = joined(together, checkPacked(together.files))
  if (archive.ok) return { ...together, archiveMountPath: archive.path, problems, warnings }
  const noRoom = `mount-path: no room for the archive's name: ${archive.reason}`
  return { ...together, archiveMountPath: undefined, problems: [...problems, noRoom], warnings }
}

function isTooMany({ archive }: FilesRequest, files: number, { maxResources, others }: Room): boolean {
  return files > 0 && archive === 'auto' && files + others > maxResources
}

type Report = Pick<Arranged, 'problems' | 'warnings'>

function joined(a: Report, b: Report): Report {
  return { problems: [...a.problems, ...b.problems], warnings: [...a.warnings, ...b.warnings] }
}
