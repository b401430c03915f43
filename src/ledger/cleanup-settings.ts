export const CLEANUPS = ['always', 'on-failure', 'never'] as const
export const ON_PARTIAL = ['undo', 'keep'] as const
export const SESSION_CLEANUPS = ['keep', 'archive', 'delete'] as const

/** When post removes what main mounted and uploaded. */
type Cleanup = (typeof CLEANUPS)[number]
/** What becomes of a run that could not mount everything. */
export type OnPartial = (typeof ON_PARTIAL)[number]
/** What becomes of a session that the run created. */
export type SessionCleanup = (typeof SESSION_CLEANUPS)[number]

/** How post removes everything, as main's inputs say. */
export interface CleanupSettings {
  readonly cleanup: Cleanup
  readonly onPartial: OnPartial
  readonly sessionCleanup: SessionCleanup
  /** How long post waits for a running session to become idle, in milliseconds. */
  readonly cleanupWaitMs: number
}
