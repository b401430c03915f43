import type { Effect } from '../ledger/ledger.ts'
import type { Runner } from '../runner/runner.ts'
import { count } from '../text/format.ts'
import type { Undone } from '../undo/undo-result.ts'

const NOUNS = [
  ['resource', 'mounted file'],
  ['session', 'session'],
  ['upload', 'upload'],
] as const

/** Tells what was taken away, and what stays because it is meant to. What is left is the caller's to tell. */
export function reportUndone(runner: Runner, { removed, kept }: Undone): void {
  if (removed.length > 0) runner.info(`Took away ${amounts(removed)}`)
  for (const { sessionId, why } of kept) runner.info(`Session ${sessionId} stays: ${why}`)
}

/** What there is of each kind: `3 mounted files, 1 session, 3 uploads`. */
export function amounts(effects: readonly Effect[]): string {
  return NOUNS.map(([kind, noun]) => [noun, effects.filter((effect) => effect.kind === kind).length] as const)
    .filter(([, number]) => number > 0)
    .map(([noun, number]) => count(number, noun))
    .join(', ')
}

/** Whether an effect is something that is there, and not that something was taken away, or said. */
export function isThere(effect: Effect): boolean {
  return effect.kind !== 'removal' && effect.kind !== 'prompt'
}
