import { decodeEntry } from './codec.ts'
import type { Effect, Ledger } from './ledger.ts'
import { LedgerError } from './ledger-error.ts'
import { withOverflow } from './state-overflow.ts'
import { COMPLETE_KEY, EFFECT_KEY, RUN_KEY } from './writer.ts'

/**
 * Reads the ledger from the action's state. Undefined when main wrote none (it sent nothing).
 * @throws LedgerError when the state was not written by this version of the action, or is damaged
 */
export function readLedger(given: ReadonlyMap<string, string>): Ledger | undefined {
  const state = withOverflow(given)
  const text = state.get(RUN_KEY)
  const effects = [...state].flatMap(([key, value]): [number, string][] => {
    const number = EFFECT_KEY.exec(key)?.[1]
    return number === undefined || value === '' ? [] : [[Number(number), value]]
  })
  if (text === undefined) {
    if (effects.length > 0) throw new LedgerError("the beginning of this step's record is missing")
    return undefined
  }
  const run = decodeEntry(text)
  if (run?.kind !== 'run')
    throw new LedgerError("this step's record cannot be read (was it written by another version of the action?)")
  return {
    run,
    effects: effects.sort(([a], [b]) => a - b).map(([number, value]) => readEffect(number, value)),
    complete: state.has(COMPLETE_KEY),
  }
}

function readEffect(number: number, text: string): Effect {
  const entry = decodeEntry(text)
  if (entry === undefined || entry.kind === 'run' || entry.kind === 'complete') {
    throw new LedgerError(`entry ${number} of this step's record cannot be read`)
  }
  return entry
}
