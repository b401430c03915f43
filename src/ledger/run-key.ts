import { randomBytes } from 'node:crypto'

/** Metadata key under which a session that was created by the action carries its run key. */
export const RUN_KEY_METADATA = 'session-mount-run'

/** Metadata key under which such a session says that its run means to `archive` or `delete` it; for a sweep. */
export const CLEANUP_METADATA = 'session-mount-cleanup'

/** Metadata key under which a session says which one of its name it takes the place of. */
export const REPLACES_METADATA = 'session-mount-replaces'

/**
 * Metadata key under which the creator of a session that others share by its name says that it is done with it, and that the
 * last of them is to `archive` or `delete` it.
 */
export const LAST_ENDS_METADATA = 'session-mount-last-job'

/**
 * What tells the sessions of this very step from all others: `repository/run_id/attempt/job/random`. It is written to
 * the metadata of a session that the run creates; metadata values have at most 512 characters.
 */
export function newRunKey(env: Readonly<Record<string, string | undefined>>): string {
  const { GITHUB_REPOSITORY, GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT, GITHUB_JOB } = env
  const parts = [GITHUB_REPOSITORY, GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT, GITHUB_JOB]
  const name = parts.map((part) => part || 'none').join('/')
  return `${name.slice(0, 480)}/${randomBytes(8).toString('hex')}`
}
