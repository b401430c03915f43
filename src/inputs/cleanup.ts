import type { InputReader } from './reader.ts'

export const CLEANUPS = ['always', 'on-failure', 'never'] as const
export const ON_PARTIAL = ['undo', 'keep'] as const
export const SESSION_CLEANUPS = ['keep', 'archive', 'delete'] as const

/** When post takes away what main mounted and uploaded. */
export type Cleanup = (typeof CLEANUPS)[number]
/** What becomes of a run that could not mount everything. */
export type OnPartial = (typeof ON_PARTIAL)[number]
/** What becomes of a session that the run created. */
export type SessionCleanup = (typeof SESSION_CLEANUPS)[number]

/** What is decided in main about how post takes everything away. */
export interface CleanupPolicy {
  readonly cleanup: Cleanup
  readonly onPartial: OnPartial
  readonly sessionCleanup: SessionCleanup
  readonly cleanupWaitMs: number
}

export function readCleanup(read: InputReader): CleanupPolicy {
  const policy: CleanupPolicy = {
    cleanup: read.oneOf('cleanup', CLEANUPS),
    onPartial: read.oneOf('on-partial', ON_PARTIAL),
    sessionCleanup: read.oneOf('session-cleanup', SESSION_CLEANUPS),
    cleanupWaitMs: readCleanupWait(read),
  }
  if (policy.cleanup === 'never' && policy.sessionCleanup !== 'keep') {
    read.problem(
      'session-cleanup',
      `"${policy.sessionCleanup}" does nothing with \`cleanup: never\`; change one of them`,
    )
  }
  return policy
}

/** In milliseconds. */
export function readCleanupWait(read: InputReader): number {
  const bounds = { min: 0, max: 21_600, allowed: 'a time up to `6h`, like `30s` or `2m`' }
  return read.duration('cleanup-wait', bounds) * 1000
}
