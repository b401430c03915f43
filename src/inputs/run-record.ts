import { identityOf, type UsableCredential } from '../api/credentials/usable-credential.ts'
import type { RunEntry } from '../ledger/ledger.ts'
import { openLedger } from '../ledger/open-ledger.ts'
import { newRunKey } from '../ledger/run-key.ts'
import { BoundedState } from '../ledger/state-overflow.ts'
import type { LedgerWriter } from '../ledger/writer.ts'
import type { Runner } from '../runner/runner.ts'
import type { Stopper } from '../stop/stop.ts'
import type { Inputs } from './mount-inputs.ts'

/** The beginning of the ledger: all that post goes by but the key. */
function runEntry(
  { access, cleanup, limits }: Inputs,
  credential: UsableCredential,
  runKey: string,
  startedAt: Date,
): RunEntry {
  return {
    kind: 'run',
    version: 3,
    runKey,
    startedAt: startedAt.toISOString(),
    baseUrl: access.baseUrl.href,
    identity: identityOf(credential),
    ...cleanup,
    concurrency: limits.concurrency,
  }
}

/** What tells the run from all others, and the ledger of what it changes. */
export interface RunRecord {
  readonly runKey: string
  readonly startedAt: Date
  readonly ledger: LedgerWriter
}

/** @throws Interrupted if nothing can be recorded: nothing is to be sent then */
export function openRecord(runner: Runner, inputs: Inputs, credential: UsableCredential, stopper: Stopper): RunRecord {
  const [runKey, startedAt] = [newRunKey(runner.env), new Date()]
  const { save } = new BoundedState(runner.saveState, runner.env)
  return { runKey, startedAt, ledger: openLedger(save, runEntry(inputs, credential, runKey, startedAt), stopper) }
}
