import { connect } from './api/connect.ts'
import type { UsableCredential } from './api/credentials/usable-credential.ts'
import { readAccessOnly } from './inputs/access.ts'
import { readJobStatus } from './inputs/mount-inputs.ts'
import { InputError } from './inputs/reader.ts'
import type { Ledger } from './ledger/ledger.ts'
import { readLedger } from './ledger/read-ledger.ts'
import { explain } from './report/explain.ts'
import { leftoverText } from './report/leftovers.ts'
import { amounts, isThere, reportUndone } from './report/removal.ts'
import type { Runner } from './runner/runner.ts'
import { readEvent } from './runner/workflow-event.ts'
import type { Stopper } from './stop/stop.ts'
import { undo } from './undo/undo.ts'

/** What post needs beside waiting. GitHub ends a cancelled job by force after five minutes (documented). */
const WORK_MS = 240_000

/** Who cancels a job does not want to wait. */
const WAIT_AFTER_CANCEL_MS = 20_000

/**
 * Post: ledger → undo → report. Never fails the job: what cannot be taken away is one warning. What to do was decided
 * by main and stands in the ledger; only the credential and the state of the job are read from inputs.
 */
export async function post(runner: Runner, stopper: Stopper): Promise<void> {
  const ledger = readLedger(runner.state())
  const jobStatus = readJobStatus(runner.input)
  if (ledger === undefined || ledger.effects.length === 0) {
    runner.info('Nothing to take away: this step made nothing')
  } else if (keeps(ledger, jobStatus)) {
    runner.info(`Kept, as \`cleanup: ${ledger.run.cleanup}\` says: ${amounts(ledger.effects)}`)
  } else {
    await takeAway(runner, ledger, jobStatus, stopper)
  }
}

/** A run that could not mount everything is taken back whatever `cleanup` says, unless the part is to be kept. */
function keeps({ run, complete }: Ledger, jobStatus: string): boolean {
  if (!complete && run.onPartial === 'undo') return false
  switch (run.cleanup) {
    case 'always':
      return false
    case 'never':
      return true
    case 'on-failure':
      return jobStatus === 'success'
  }
}

async function takeAway(runner: Runner, ledger: Ledger, jobStatus: string, stopper: Stopper): Promise<void> {
  const credential = await credentialOf(runner)
  if (typeof credential === 'string') {
    const left = ledger.effects.filter(isThere).map((effect) => ({ effect, reason: credential }))
    runner.warning(leftoverText(left, ledger.run))
    return
  }
  const { run } = ledger
  const waitMs = jobStatus === 'cancelled' ? Math.min(run.cleanupWaitMs, WAIT_AFTER_CANCEL_MS) : run.cleanupWaitMs
  const timeoutMs = WORK_MS + waitMs
  stopper.after(timeoutMs, 'the time for cleaning up was over')
  const { concurrency, maxAttempts } = run
  const limits = { concurrency, maxAttempts, timeoutMs }
  await using service = await connect(new URL(run.baseUrl), credential, limits, runner, stopper)
  const log = (line: string) => runner.info(line)
  const undone = await undo(ledger, { client: service.client, concurrency, stop: stopper, waitMs, log })
  reportUndone(runner, undone)
  if (undone.left.length > 0) runner.warning(leftoverText(undone.left, run))
}

/** As whom to call the service, or why that is not known any more. */
async function credentialOf(runner: Runner): Promise<UsableCredential | string> {
  try {
    const { credential } = readAccessOnly(runner.input, runner.env, await readEvent(runner.env))
    return credential.kind === 'skip' ? credential.why : credential
  } catch (error) {
    return error instanceof InputError
      ? error.problems.map(({ input, message }) => `${input}: ${message}`).join('; ')
      : explain(error)
  }
}
