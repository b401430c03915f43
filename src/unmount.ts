import { count } from './amounts.ts'
import { readEvent } from './desired/repository/event.ts'
import { readAccessOnly } from './inputs/access.ts'
import { readJobStatus } from './inputs/inputs.ts'
import { InputError } from './inputs/reader.ts'
import { type Effect, type Ledger, readLedger } from './ledger.ts'
import { explain } from './report/explain.ts'
import { leftoverText } from './report/leftovers.ts'
import type { Runner } from './runner.ts'
import { maskSecrets } from './secrets.ts'
import { connect, type UsableCredential } from './service.ts'
import { undo } from './undo.ts'

const CONCURRENCY = 8

/**
 * Post: ledger → undo → report. Never fails the job: what cannot be taken away is one warning. What to do was decided
 * by main and stands in the ledger; only the credential and the state of the job are read from inputs.
 */
export async function unmount(runner: Runner, signal: AbortSignal): Promise<void> {
  try {
    maskSecrets(runner)
    const ledger = readLedger(runner.state())
    if (ledger === undefined || ledger.effects.length === 0) {
      runner.info('Nothing to take away: this step made nothing')
    } else if (keeps(ledger, readJobStatus(runner.input))) {
      runner.info(`Kept, as \`cleanup: ${ledger.run.cleanup}\` says: ${amounts(ledger.effects)}`)
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
  const credential = await credentialOf(runner)
  if (typeof credential === 'string') {
    const left = ledger.effects.map((effect) => ({ effect, reason: credential }))
    runner.warning(leftoverText(left, ledger.run))
    return
  }
  const service = await connect(new URL(ledger.run.baseUrl), credential, CONCURRENCY, runner, signal)
  try {
    const { removed, kept, left } = await undo(ledger, { client: service.client, concurrency: CONCURRENCY })
    if (removed.length > 0) runner.info(`Took away ${amounts(removed)}`)
    for (const { sessionId } of kept) runner.info(`Session ${sessionId} stays, as \`session-cleanup: keep\` says`)
    if (left.length > 0) runner.warning(leftoverText(left, ledger.run))
  } finally {
    await service.close()
  }
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

/** What there is of each kind: `3 mounted files, 1 session, 3 uploads`. */
function amounts(effects: readonly Effect[]): string {
  const nouns = { resource: 'mounted file', session: 'session', upload: 'upload' } as const
  return (['resource', 'session', 'upload'] as const)
    .map((kind) => [nouns[kind], effects.filter((effect) => effect.kind === kind).length] as const)
    .filter(([, number]) => number > 0)
    .map(([noun, number]) => count(number, noun))
    .join(', ')
}
