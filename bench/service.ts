import type { JournalEntry } from '../emulator/emulator.ts'

/** What contenders are measured against: an emulator, or a line that leads to one. */
export interface Service {
  readonly url: string
  /** The certificate of the authority that a client has to know. */
  readonly caFile?: string
  /** How many connections there have been, where they are counted. */
  readonly connections?: number
  /** Every request since the last reset. */
  journal(): Promise<readonly JournalEntry[]>
  reset(): Promise<void>
  /** Makes an empty session; returns its id. */
  newSession(): Promise<string>
}
