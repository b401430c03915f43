import type { EndingContext } from './end-session.ts'
import type { UndoProgress } from './undo-result.ts'

export interface RemovalContext extends EndingContext {
  readonly concurrency: number
  /** In milliseconds: longest wait for a running session to become idle. */
  readonly waitMs: number
  /** Up to when a pause is worth waiting for, on the clock of `performance.now()`. */
  readonly deadline: number
  /** Removes what else is to go from a session that cannot be changed any more afterwards. Does not throw. */
  readonly beforeArchive?: (sessionId: string, progress: UndoProgress) => Promise<void>
}
