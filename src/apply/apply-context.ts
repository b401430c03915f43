import type { OnPartial } from '../ledger/cleanup-settings.ts'
import type { CreationContext } from './create-session.ts'

/** Is told of each file that is done. */
export interface ApplyProgress {
  uploaded(bytes: number): void
  mounted(): void
}

export interface ApplyContext extends CreationContext {
  /** Of the run, in the names of its uploads. */
  readonly mark: string
  readonly expiresInSeconds: number
  readonly concurrency: number
  readonly onPartial: OnPartial
  readonly progress: ApplyProgress
}
