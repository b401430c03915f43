import type { Ledger } from '../ledger/ledger.ts'
import { endShared } from './end-shared.ts'
import { findGone } from './gone.ts'
import { type Found, lookForLost } from './look-for-lost.ts'
import { type Made, madeBy } from './made.ts'
import type { RemovalContext, RemovalParts } from './removal-context.ts'
import { remove } from './remove.ts'
import { removeShared, withoutShared } from './shared-files.ts'
import { isLost, type SessionToUndo, sessionThing } from './thing.ts'
import { type Leftover, maybe, surely, UndoProgress, type UndoResult } from './undo-result.ts'
import { removeUnknownUploads } from './uploads-of-run.ts'

/** However long a list is: what is known is to be removed in time. */
const LOOK_MS = 60_000

/** Undoes what the ledger says: looks for what was lost, and removes what is the run's. Does not throw. */
export async function undo(ledger: Ledger, parts: RemovalParts): Promise<UndoResult> {
  const made = madeBy(ledger)
  const { removals, doubts } = await Promise.race([lookForLost(made, parts), foundInVain(made)])
  const progress = new UndoProgress(parts.deadline)
  const context: RemovalContext = {
    ...parts,
    progress,
    beforeArchive: (sessionId) => removeShared(removals, ledger, context, sessionId),
  }
  await remove(withoutShared(removals), context)
  progress.doubts.push(...(await stillThere(doubts, context)))
  await removeUnknownUploads(made, context)
  await removeShared(removals, ledger, context)
  await endShared(removals, ledger, context)
  return progress
}

/** The ledger's record alone, for when there is no time left to look. */
function foundInVain({ removals, lost }: Made): Promise<Found> {
  const why = `its reply was lost, and looking for it took longer than ${LOOK_MS / 1000} s`
  const doubts = lost.filter(({ kind }) => kind !== 'lost-upload').map((thing) => maybe(thing, why))
  return new Promise((resolve) => void setTimeout(() => resolve({ removals, doubts }), LOOK_MS).unref())
}

/** Leaves everything in the ledger. @param reason why there is none */
export function leftBy(ledger: Ledger, reason: string): UndoResult {
  const { removals, lost } = madeBy(ledger)
  const { uploads, sessions } = removals
  const kept = sessions.filter(({ isCreated, outcome }) => isCreated && outcome.end === 'keep')
  return {
    removed: [],
    gone: [],
    kept: kept.map(({ sessionId, outcome }) => ({ sessionId, why: outcome.why })),
    left: [
      ...uploads.map((upload) => surely(upload, reason)),
      ...sessions.flatMap((session) => leftOf(session, reason)),
      ...lost.map((thing) => maybe(thing, `its reply was lost, and ${reason}`)),
    ],
  }
}

/** Files on a session go with it. It is not known whether others share one by its name. */
function leftOf(session: SessionToUndo, reason: string): readonly Leftover[] {
  const { files, outcome, resourcesOfItsOwn } = session
  const thing = sessionThing(session)
  const isShareable = resourcesOfItsOwn !== undefined
  const goWithIt = outcome.end === 'delete' && !isShareable
  const left = goWithIt ? [] : files.map((file) => surely(file, reason))
  if (thing === undefined) return left
  return [...left, isShareable ? maybe(thing, `${reason}; others may share it by its name`) : surely(thing, reason)]
}

/** Of what may be the run's, what is not gone with what was removed. */
async function stillThere(doubts: readonly Leftover[], context: RemovalContext): Promise<readonly Leftover[]> {
  const things = doubts.flatMap(({ thing }) => (isLost(thing) ? [] : [thing]))
  const gone: ReadonlySet<Leftover['thing']> = new Set(await findGone(things, context))
  return doubts.filter(({ thing }) => !gone.has(thing))
}
