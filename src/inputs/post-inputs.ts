import { credentialOf, type UsableCredential } from '../api/credentials/usable-credential.ts'
import type { RunEntry } from '../ledger/ledger.ts'
import { awsKeyIn, lackOfAwsCredentials } from './aws.ts'
import { flawOf } from './credential.ts'
import { lackOfGoogleCredentials } from './google-cloud.ts'
import { InputReader } from './reader.ts'
import type { Environment, Setting } from './setting.ts'

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
export function readPostCredential(
  input: (name: string) => string,
  env: Environment,
  { identity }: RunEntry,
): PostCredential {
  const read = new InputReader(input)
  const key = read.text('anthropic-api-key')
  switch (identity.kind) {
    case 'api-key':
      return withKey(identity, key === undefined ? undefined : { text: key, source: '' })
    case 'aws-key':
      return withKey(identity, awsKeyIn(read, env))
    case 'aws':
      return unless(lackOfAwsCredentials(env), identity)
    case 'google-cloud':
      return unless(lackOfGoogleCredentials(env), identity)
    case 'federation':
      return { ok: true, credential: identity }
  }
}

function withKey(identity: RunEntry['identity'], key: Setting | undefined): PostCredential {
  if (key === undefined) return { ok: false, why: '`anthropic-api-key` is empty in the post step' }
  const flaw = flawOf(key.text)
  return flaw === undefined
    ? { ok: true, credential: credentialOf(identity, key.text) }
    : { ok: false, why: `\`anthropic-api-key\`${key.source} ${flaw}` }
}

function unless(lack: string | undefined, credential: UsableCredential): PostCredential {
  return lack === undefined ? { ok: true, credential } : { ok: false, why: `in the post step, ${lack}` }
}

/** Undefined where the runner does not say. */
export function readJobStatus(input: (name: string) => string): JobStatus | undefined {
  const text = new InputReader(input).text('job-status')?.toLowerCase()
  return JOB_STATUSES.find((status) => status === text)
}
