import type { FilesRequest } from '../../inputs/mount-inputs.ts'
import { Refusal, refuseIf } from '../../text/refusal.ts'
import { type Arranged, arrange, type Room } from './arrange.ts'
import type { HashedFile } from './desired-file.ts'
import { type Gathered, gather } from './gather.ts'
import type { Guard } from './guard.ts'
import { type LeftOut, leftOutWarnings } from './left-out.ts'
import type { PlacedFile } from './place.ts'
import { type PassOptions, readPass } from './read-pass.ts'

/** Files that were found and have their places, and of which nothing has been read yet. */
export interface FoundFiles {
  readonly files: readonly PlacedFile[]
  readonly request: FilesRequest
  readonly gathered: Gathered
  readonly arranged: Arranged
}

/** The files that were read, by mount path, and what to tell about how they were found. */
export interface ReadFiles {
  readonly files: readonly HashedFile[]
  /** One line for each pattern: what it came to. */
  readonly lines: readonly string[]
  readonly warnings: readonly string[]
}

/**
 * Finds the files of `files`: contained in the root, and checked against the limits.
 * @throws Refusal naming everything that cannot be mounted; the reason of the signal
 */
export async function findFiles(
  request: FilesRequest,
  room: Room,
  guard: Guard,
  signal: AbortSignal,
): Promise<FoundFiles> {
  const gathered = await gather(request, room.maxResources, guard, signal)
  const arranged = arrange(gathered.files, request, room)
  refuseIf([...gathered.problems, ...arranged.problems])
  return { files: arranged.files, request, gathered, arranged }
}

/**
 * Reads and hashes the files that were found, and leaves out what holds a secret or cannot be read.
 * @throws Refusal naming everything that must not be mounted; the reason of the signal
 */
export async function readFiles(found: FoundFiles, options: PassOptions): Promise<ReadFiles> {
  const { request, gathered, arranged } = found
  const read = await readPass(arranged.files, options)
  refuseIf(read.problems)
  if (request.ifNoFilesFound === 'error' && arranged.files.length > 0 && read.files.length === 0) {
    throw new Refusal([`Nothing to mount is left. ${leftOutWarnings(read.leftOut).join('. ')}`])
  }
  const aliases = arranged.aliases.map((name): LeftOut => ({ reason: 'alias', name }))
  return {
    files: read.files,
    lines: gathered.lines,
    warnings: [
      ...gathered.warnings,
      ...leftOutWarnings([...gathered.leftOut, ...aliases, ...read.leftOut]),
      ...arranged.warnings,
      ...read.warnings,
    ],
  }
}
