import type { UsableCredential } from '../api/credentials/usable-credential.ts'
import type { RunEntry } from '../ledger/ledger.ts'
import { flawOf } from './credential.ts'
import { InputReader } from './reader.ts'

export type JobStatus = 'success' | 'failure' | 'cancelled'

const JOB_STATUSES: readonly JobStatus[] = ['success', 'failure', 'cancelled']

/** As whom post calls the service, or why it cannot. */
export type PostCredential =
  | { readonly ok: true; readonly credential: UsableCredential }
  | { readonly ok: false; readonly why: string }

/**
 * Reads the credential. All else stands in the ledger: the runner evaluates the inputs anew for post, where another
 * step may have changed what they come from, and in nested actions hands over none or others.
 */
export function readPostCredential(input: (name: string) => string, { federation }: RunEntry): PostCredential {
  if (federation !== undefined) return { ok: true, credential: { kind: 'federation', ...federation } }
  const key = new InputReader(input).text('anthropic-api-key')
  if (key === undefined) return { ok: false, why: '`anthropic-api-key` is empty in the post step' }
  const flaw = flawOf(key)
  return flaw === undefined
    ? { ok: true, credential: { kind: 'api-key', key } }
    : { ok: false, why: `\`anthropic-api-key\` ${flaw}` }
}

/** Undefined where the runner does not say. */
export function readJobStatus(input: (name: string) => string): JobStatus | undefined {
  const text = new InputReader(input).text('job-status')?.toLowerCase()
  return JOB_STATUSES.find((status) => status === text)
}
