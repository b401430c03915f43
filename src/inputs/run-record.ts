import type { FederationEntry, RunEntry } from '../ledger/ledger.ts'
import type { Inputs } from './mount-inputs.ts'

/** The beginning of the ledger: all that post goes by but the key. */
export function runEntry({ access, cleanup, limits }: Inputs, runKey: string, startedAt: Date): RunEntry {
  const { credential } = access
  return {
    kind: 'run',
    version: 3,
    runKey,
    startedAt: startedAt.toISOString(),
    baseUrl: access.baseUrl.href,
    ...cleanup,
    concurrency: limits.concurrency,
    maxAttempts: limits.maxAttempts,
    ...(credential.kind === 'federation' ? { federation: federationEntry(credential) } : {}),
  }
}

function federationEntry({ kind: _, ...ids }: FederationEntry & { readonly kind: 'federation' }): FederationEntry {
  return ids
}
