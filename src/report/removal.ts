import type { Effect } from '../ledger/ledger.ts'
import type { Runner } from '../runner/runner.ts'
import { count } from '../text/format.ts'
import { idOf, type Thing } from '../undo/thing.ts'
import type { UndoResult } from '../undo/undo-result.ts'

const NOUNS = [
  ['resource', 'mounted file'],
  ['session', 'session'],
  ['upload', 'upload'],
] as const

/** So many ids stand in one line of the log. */
const IDS_A_LINE = 20

/** All outputs of the unmount action; unmount/action.yml lists the same. */
export function removalOutputs({ removed, left }: Pick<UndoResult, 'removed' | 'left'>) {
  return { 'removed-count': String(removed.length), 'left-count': String(left.length) }
}

export function setRemovalOutputs(runner: Runner, result: UndoResult): void {
  for (const [name, value] of Object.entries(removalOutputs(result))) runner.output(name, value)
}

/** Tells what was removed, and what stays because it is meant to. What is left is the caller's to tell. */
export function reportRemoved(runner: Runner, { removed, gone, kept }: UndoResult): void {
  const before = new Set(gone)
  const removedNow = removed.filter((thing) => !before.has(thing))
  if (removedNow.length > 0) runner.info(`Removed ${amounts(removedNow)}`)
  if (gone.length > 0) runner.info(`Already gone: ${amounts(gone)}`)
  for (const { sessionId, why } of kept) runner.info(`Session ${sessionId} stays: ${why}`)
}

/** Tells what stays of a run, by id: its outputs may be lost. */
export function reportKept(runner: Runner, things: readonly Thing[], setting: string): void {
  runner.info(`Kept, as \`${setting}\` says: ${amounts(things)}`)
  for (const [kind, noun] of NOUNS) {
    const ids = things.filter((thing) => thing.kind === kind).map(idOf)
    for (let start = 0; start < ids.length; start += IDS_A_LINE) {
      runner.info(`- ${noun}: ${ids.slice(start, start + IDS_A_LINE).join(', ')}`)
    }
  }
}

/** Amounts by kind: `3 mounted files, 1 session, 3 uploads`; `nothing` if there is none. */
function amounts(things: readonly Thing[]): string {
  const parts = NOUNS.flatMap(([kind, noun]) => {
    const { length } = things.filter((thing) => thing.kind === kind)
    return length === 0 ? [] : [count(length, noun)]
  })
  return parts.join(', ') || 'nothing'
}

/** Lines about prompts that this step sent; they cannot be undone. */
export function promptLines(effects: readonly Effect[]): readonly string[] {
  const prompts = effects.flatMap((effect) => {
    if (effect.kind === 'prompt') return [{ to: `session ${effect.sessionId}`, isSure: effect.eventId !== undefined }]
    if (effect.kind !== 'session' || effect.isTold !== true) return []
    const { sessionId } = effect
    return [{ to: sessionId === undefined ? 'a session' : `session ${sessionId}`, isSure: sessionId !== undefined }]
  })
  const [first] = prompts.toSorted((a, b) => Number(b.isSure) - Number(a.isSure))
  if (first === undefined) return []
  return first.isSure
    ? [`This step sent a prompt to ${first.to}`]
    : [`It is not known whether the prompt of this step reached ${first.to}`]
}
