import type { Client } from '../api/client.ts'
import { ApiError } from '../api/errors.ts'
import type { SessionResource } from '../api/resources.ts'
import type { DesiredFile } from '../desired/files/desired-file.ts'
import type { DesiredRepository } from '../desired/repository/resolve.ts'
import { filesAmong, type SessionFile, withNames } from '../observed/mounted-files.ts'
import { findRepository } from '../plan/create-only.ts'
import { quote } from '../text/escape.ts'
import { truncateList } from '../text/format.ts'
import type { MountedRepository } from './applied.ts'

/** A file that was asked for, and what of the session is it. */
interface MatchedFile {
  readonly file: DesiredFile
  readonly there: SessionFile
}

/** The files of a new session, as far as they were found on it. */
export interface Matching {
  readonly matched: readonly MatchedFile[]
  readonly missing: readonly DesiredFile[]
  /** Mounted files that are none of those asked for, as far as can be told. */
  readonly strange: readonly SessionFile[]
}

/**
 * Finds the files that a session was created with among its resources: by mount path; where a server mounts elsewhere
 * than it was asked to, by the upload's name or the size, as far as these tell one from the others. Never by position.
 */
export async function matchCreated(
  client: Client,
  sessionId: string,
  files: readonly DesiredFile[],
  resources: readonly SessionResource[],
  nameOf: (file: DesiredFile) => string,
): Promise<Matching> {
  const byPath = pairUp({ matched: [], missing: files, strange: filesAmong(resources) }, mountPathOf, mountPathOf)
  if (byPath.missing.length === 0 || byPath.strange.length === 0) return byPath
  const strange = await withNames(client, sessionId, byPath.strange).catch((error: unknown) => {
    if (error instanceof ApiError) return byPath.strange
    throw error
  })
  const byName = pairUp({ ...byPath, strange }, nameOf, ({ name }) => name)
  return pairUp(
    byName,
    ({ size }) => String(size),
    ({ size }) => size?.toString(),
  )
}

/** The repository that a session was created with. @throws Error if it is not on it */
export function findCreatedRepository(
  sessionId: string,
  repository: DesiredRepository,
  resources: readonly SessionResource[],
): MountedRepository {
  const found = findRepository(repository, resources)
  if (found === undefined) {
    throw new Error(`session ${sessionId} was created, but ${repository.url} is not mounted on it as requested`)
  }
  return { resourceId: found.id, mountPath: found.mountPath, repository, mountedSha: repository.sha, isFetched: false }
}

/** Error text for files that the server mounted elsewhere or not at all. */
export function missingFilesText(sessionId: string, { matched, missing, strange }: Matching): string {
  const all = matched.length + missing.length
  const are = missing.length === 1 ? 'is' : 'are'
  const paths = truncateList(missing.map(({ mountPath }) => quote(mountPath)))
  const what = `session ${sessionId} was created, but ${missing.length} of ${all} files ${are} not where`
  const others = truncateList(strange.map(({ echoedPath }) => quote(echoedPath)))
  const instead = strange.length === 0 ? '' : `. The server mounted something at ${others}`
  return `${what} ${missing.length === 1 ? 'it was' : 'they were'} asked for: ${paths}${instead}`
}

const mountPathOf = ({ mountPath }: { readonly mountPath: string }): string => mountPath

/** Pairs the missing with the strange that have the same key, where nothing else has it. */
function pairUp(
  { matched, missing, strange }: Matching,
  keyOfFile: (file: DesiredFile) => string,
  keyOfThere: (there: SessionFile) => string | undefined,
): Matching {
  const fileOf = unique(missing, keyOfFile)
  const thereOf = unique(strange, keyOfThere)
  const pairs = [...fileOf].flatMap(([key, file]) => {
    const there = thereOf.get(key)
    return there === undefined ? [] : [{ file, there }]
  })
  const [files, taken] = [new Set(pairs.map(({ file }) => file)), new Set(pairs.map(({ there }) => there))]
  return {
    matched: [...matched, ...pairs],
    missing: missing.filter((file) => !files.has(file)),
    strange: strange.filter((there) => !taken.has(there)),
  }
}

/** The items by their key, without those that share it, and those that have none. */
function unique<T>(items: readonly T[], keyOf: (item: T) => string | undefined): ReadonlyMap<string, T> {
  const groups = Map.groupBy(items, keyOf)
  return new Map(
    [...groups].flatMap(([key, [item, ...more]]) =>
      key === undefined || item === undefined || more.length > 0 ? [] : [[key, item]],
    ),
  )
}
