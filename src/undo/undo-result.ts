import { StatusError } from '../api/errors.ts'
import type { Effect } from '../ledger/ledger.ts'
import { Interrupted } from '../stop/interrupted.ts'

/** Something of the run that is still there, or may be. */
export interface Leftover {
  readonly effect: Effect
  readonly reason: string
}

/** A session of the run that stays. */
export interface KeptSession {
  readonly sessionId: string
  readonly why: string
}

/** What undo came to. What was gone already counts as removed. */
export interface Undone {
  readonly removed: readonly Effect[]
  readonly kept: readonly KeptSession[]
  readonly left: readonly Leftover[]
}

/** What undo has come to so far. */
export class Tally implements Undone {
  readonly removed: Effect[] = []
  readonly kept: KeptSession[] = []
  readonly left: Leftover[] = []

  /** Tries to remove something; what cannot be removed is left with the reason, and nothing is thrown. */
  async try(effect: Effect, work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
      this.removed.push(effect)
    } catch (error) {
      this.leave(effect, reasonOf(error))
    }
  }

  leave(effect: Effect, reason: string): void {
    this.left.push({ effect, reason })
  }
}

/** Why something could not be removed, in words for a user. */
export function reasonOf(error: unknown): string {
  if (error instanceof Interrupted) return `cleaning up was ended before: ${error.message}`
  if (error instanceof StatusError && error.details.status === 401) return 'the credential was refused (401)'
  return error instanceof Error ? error.message : String(error)
}
