/** How hard and for how long the service is called. */
export interface RequestLimits {
  /** Requests at the same time. */
  readonly concurrency: number
  /** For everything together. */
  readonly timeoutMs: number
}
