/**
 * A signal that fires when the runner cancels the job (SIGINT, 7.5 s later SIGTERM, 2.5 s later a kill), or after a
 * deadline in milliseconds.
 */
export function stopSignal(deadlineMs?: number): AbortSignal {
  const cancelled = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => cancelled.abort())
  if (deadlineMs === undefined) return cancelled.signal
  return AbortSignal.any([cancelled.signal, AbortSignal.timeout(deadlineMs)])
}
