import { StatusError } from '../api/errors.ts'
import { Interrupted } from '../stop/interrupted.ts'
import { EffectError } from './effect.ts'

/** Failures listed in the message. */
const MOST = 20

/** Several files failed, the rest went well. */
export class PartialFailure extends Error {
  readonly failures: readonly unknown[]

  constructor(failures: readonly unknown[]) {
    const lines = failures.map((failure) => `- ${failure instanceof Error ? failure.message : String(failure)}`)
    const more = lines.length > MOST ? [`- and ${lines.length - MOST} more`] : []
    super([`${lines.length} files could not be mounted:`, ...lines.slice(0, MOST), ...more].join('\n'))
    this.name = 'PartialFailure'
    this.failures = failures
  }
}

/** True if the other files would fail too: the run was stopped, or the credential refused. */
export function isFatal(failure: unknown): boolean {
  if (failure instanceof Interrupted) return true
  const cause = failure instanceof EffectError ? failure.cause : failure
  return cause instanceof StatusError && [401, 402, 403].includes(cause.details.status)
}
