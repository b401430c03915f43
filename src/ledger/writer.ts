import { encodeEntry } from './codec.ts'
import type { Effect, RunEntry } from './ledger.ts'

export const RUN_KEY = 'run'
export const COMPLETE_KEY = 'complete'
export const EFFECT_KEY = /^effect_(\d{1,6})$/

/** An effect that was begun. */
export interface OpenEntry {
  /** The reply is there. */
  finish(outcome: Effect): void
  /** It is certain that nothing came of it. */
  withdraw(): void
}

/** Writes the ledger into the action's state: one key an effect, written when it begins and again when it is known. */
export class LedgerWriter {
  readonly #save: (key: string, value: string) => void
  #next = 1

  constructor(save: (key: string, value: string) => void, run: RunEntry) {
    this.#save = save
    save(RUN_KEY, encodeEntry(run))
  }

  /** Writes the intent, before the call. What came of it is written over it: the last write of a key wins. */
  begin(intent: Effect): OpenEntry {
    const key = `effect_${this.#next++}`
    this.#save(key, encodeEntry(intent))
    return { finish: (outcome) => this.#save(key, encodeEntry(outcome)), withdraw: () => this.#save(key, '') }
  }

  /** Writes an effect that is known at once. */
  note(effect: Effect): void {
    this.#save(`effect_${this.#next++}`, encodeEntry(effect))
  }

  complete(): void {
    this.#save(COMPLETE_KEY, encodeEntry({ kind: 'complete' }))
  }
}
