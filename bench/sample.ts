/** What one run of a contender took. */
export interface Sample {
  readonly seconds: number
  /** The process's largest resident set, where it was asked for. */
  readonly peakMegabytes?: number | undefined
  /** What reached the emulator. */
  readonly requests?: number | undefined
  readonly connections?: number | undefined
}
