import { Interrupted } from '../stop/interrupted.ts'
import type { RunEntry } from './ledger.ts'
import { LedgerWriter } from './writer.ts'

type Save = (key: string, value: string) => void

/** What is told to stop. */
interface Stoppable {
  stop(why: string): void
}

/**
 * Begins the ledger of a run. What cannot be recorded cannot be undone: an entry that cannot be written stops the run as a
 * signal does. @throws Interrupted if not even the first one can be written
 */
export function openLedger(save: Save, run: RunEntry, stopper: Stoppable): LedgerWriter {
  const saveOrStop: Save = (key, value) => {
    try {
      save(key, value)
    } catch (error) {
      const why = reasonOf(error as NodeJS.ErrnoException)
      stopper.stop(why)
      throw new Interrupted(why, 'no')
    }
  }
  return new LedgerWriter(saveOrStop, run)
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  const what = `Could not record what this step changes (${message.replace(/, \w+( '.*')?$/, '')}).`
  const isFull = code === 'ENOSPC' || code === 'EDQUOT'
  const advice = isFull ? 'Free disk space on the runner.' : 'Check the file that GITHUB_STATE names.'
  return `${what} Without a record the step could not clean up after itself, so it stopped. ${advice}`
}
