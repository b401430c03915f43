import { connect } from './api/connect.ts'
import { type JobStatus, readJobStatus, readPostCredential } from './inputs/post-inputs.ts'
import type { Effect, Ledger } from './ledger/ledger.ts'
import { readLedger } from './ledger/read-ledger.ts'
import { leftoverText } from './report/leftovers.ts'
import { promptLines, reportKept, reportRemoved } from './report/removal.ts'
import type { Runner } from './runner/runner.ts'
import type { Stopper } from './stop/stop.ts'
import { madeBy, madeNothing } from './undo/made.ts'
import { thingsMade } from './undo/thing.ts'
import { leftBy, undo } from './undo/undo.ts'
import type { UndoResult } from './undo/undo-result.ts'

/** In milliseconds, beside waiting. GitHub kills a cancelled job after five minutes (documented). */
const WORK_MS = 240_000

/** In milliseconds: whoever cancels a job does not want to wait. */
const WAIT_AFTER_CANCEL_MS = 20_000

/**
 * Post: ledger → undo → report. Never fails the job: what cannot be removed is one warning. What to do was decided by
 * main and stands in the ledger; only the key and the state of the job are read from inputs.
 */
export async function post(runner: Runner, stopper: Stopper): Promise<void> {
  const ledger = readLedger(runner.state())
  const jobStatus = readJobStatus(runner.input)
  for (const line of promptLines(ledger?.effects ?? [])) runner.info(line)
  if (ledger === undefined || madeNothing(madeBy(ledger))) {
    runner.info('Nothing to remove: this step created nothing')
    return
  }
  const isKept = keeps(ledger, jobStatus)
  if (isKept) {
    const own = effectsOf(ledger, (kind) => kind !== 'replacement')
    reportKept(runner, thingsMade(madeBy(own).removals), `cleanup: ${ledger.run.cleanup}`)
  }
  // A session that was replaced is archived in every case: the name means the new one.
  const rest = isKept ? effectsOf(ledger, (kind) => kind === 'replacement') : ledger
  if (madeNothing(madeBy(rest))) return
  await reportUndone(runner, await undoLedger(runner, rest, jobStatus, stopper), ledger)
}

function effectsOf(ledger: Ledger, isWanted: (kind: Effect['kind']) => boolean): Ledger {
  return { ...ledger, effects: ledger.effects.filter(({ kind }) => isWanted(kind)) }
}

/**
 * A run that could not mount everything is undone whatever `cleanup` says, unless the part is to be kept. Where nobody
 * says how the job stands, `on-failure` keeps: what is removed does not come back.
 */
function keeps({ run, complete }: Ledger, jobStatus: JobStatus | undefined): boolean {
  if (!complete && run.onPartial === 'undo') return false
  switch (run.cleanup) {
    case 'always':
      return false
    case 'never':
      return true
    case 'on-failure':
      return jobStatus === 'success' || jobStatus === undefined
  }
}

async function undoLedger(
  runner: Runner,
  ledger: Ledger,
  jobStatus: JobStatus | undefined,
  stopper: Stopper,
): Promise<UndoResult> {
  const { run } = ledger
  const access = readPostCredential(runner.input, runner.env, run)
  if (!access.ok) return leftBy(ledger, access.why)
  const waitMs = jobStatus === 'cancelled' ? Math.min(run.cleanupWaitMs, WAIT_AFTER_CANCEL_MS) : run.cleanupWaitMs
  const timeoutMs = WORK_MS + waitMs
  const deadline = performance.now() + timeoutMs
  stopper.after(timeoutMs, `timed out after ${Math.round(timeoutMs / 1000)} s`)
  const { concurrency } = run
  const limits = { concurrency, timeoutMs }
  await using service = await connect(new URL(run.baseUrl), access.credential, limits, runner, stopper)
  const { client } = service
  return await undo(ledger, { client, concurrency, stop: stopper, waitMs, deadline, log: runner.info })
}

async function reportUndone(runner: Runner, result: UndoResult, { run }: Ledger): Promise<void> {
  reportRemoved(runner, result)
  if (result.left.length > 0) runner.warning(await leftoverText(runner, result.left, run, 'post'))
}
