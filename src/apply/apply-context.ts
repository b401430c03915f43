import type { Prompt } from '../api/user-event.ts'
import type { MarkedRun } from '../desired/files/upload-mark.ts'
import type { OnPartial } from '../ledger/cleanup-settings.ts'
import type { CreationContext } from './create-session.ts'

/** Is told of each file that is done. */
export interface ApplyProgress {
  uploaded(bytes: number): void
  mounted(): void
}

export interface ApplyContext extends CreationContext {
  /** For the names of its uploads. */
  readonly marked: MarkedRun
  readonly expiresInSeconds: number
  readonly concurrency: number
  readonly onPartial: OnPartial
  /** What a new session is told in the call that creates it, if everything is uploaded. */
  readonly opening: Prompt | undefined
  readonly progress: ApplyProgress
}
