/** How hard, how often and for how long the service is called. */
export interface RequestLimits {
  /** Requests at the same time. */
  readonly concurrency: number
  /** How often one request is sent before it counts as failed. */
  readonly maxAttempts: number
  /** For everything together. */
  readonly timeoutMs: number
}
