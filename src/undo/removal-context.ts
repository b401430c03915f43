import type { EndingContext } from './end-session.ts'
import type { UndoProgress } from './undo-result.ts'

/** What removing needs of the flow. */
export interface RemovalParts extends EndingContext {
  readonly concurrency: number
  /** In milliseconds: longest wait for a running session to become idle. */
  readonly waitMs: number
  /** Up to when a pause is worth waiting for, on the clock of `performance.now()`. */
  readonly deadline: number
}

/** A removal that is under way. */
export interface RemovalContext extends RemovalParts {
  /** Is told what came of each thing. */
  readonly progress: UndoProgress
  /** Removes what else is to go from a session that cannot be changed any more afterwards. Does not throw. */
  readonly beforeArchive?: (sessionId: string) => Promise<void>
}
