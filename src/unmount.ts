import { count } from './amounts.ts'
import { readAccessOnly, readJobStatus } from './inputs/inputs.ts'
import { type Ledger, readLedger } from './ledger.ts'
import { explain } from './report/explain.ts'
import { leftoverText } from './report/leftovers.ts'
import type { Runner } from './runner.ts'
import { connect } from './service.ts'
import { undo } from './undo.ts'

const CONCURRENCY = 8

/**
 * Post: ledger → undo → report. Never fails the job: what cannot be taken away is one warning. What to do was decided
 * by main and stands in the ledger; only the credential and the state of the job are read from inputs.
 */
export async function unmount(runner: Runner, signal: AbortSignal): Promise<void> {
  try {
    const ledger = readLedger(runner.state())
    if (ledger === undefined || ledger.effects.length === 0) {
      runner.info('Nothing to take away: this step made nothing')
    } else if (keeps(ledger, readJobStatus(runner.input))) {
      runner.info(
        `Kept as \`cleanup: ${ledger.run.cleanup}\` says: ${count(ledger.effects.length, 'effect')} of this step`,
      )
    } else {
      await takeAway(runner, ledger, signal)
    }
  } catch (error) {
    runner.warning(`Cleaning up did not work: ${explain(error)}`)
  }
}

/** A run that could not mount everything is taken back whatever `cleanup` says. */
function keeps(ledger: Ledger, jobStatus: string): boolean {
  if (!ledger.complete) return false
  switch (ledger.run.cleanup) {
    case 'always':
      return false
    case 'never':
      return true
    case 'on-failure':
      return jobStatus === 'success'
  }
}

async function takeAway(runner: Runner, ledger: Ledger, signal: AbortSignal): Promise<void> {
  const { baseUrl } = ledger.run
  const access = { ...readAccessOnly(runner.input, runner.env), baseUrl: new URL(baseUrl) }
  const service = connect(access, CONCURRENCY, runner, signal)
  try {
    const { removed, left } = await undo(ledger, { client: service.client, concurrency: CONCURRENCY })
    for (const kind of ['resource', 'session', 'upload'] as const) {
      const number = removed.filter((effect) => effect.kind === kind).length
      if (number > 0) runner.info(`Took away ${count(number, kind)}`)
    }
    if (left.length > 0) runner.warning(leftoverText(left, baseUrl))
  } finally {
    await service.close()
  }
}
