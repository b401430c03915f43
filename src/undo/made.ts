import type { Effect, Ledger, ResourceEntry, SessionEntry } from '../ledger/ledger.ts'
import type { LostThing, MountedThing, Removals, SessionOutcome, SessionToUndo, UploadThing } from './thing.ts'

/** The ledger's record of what a run created, and what it may have created. */
export interface Made {
  readonly ledger: Ledger
  readonly removals: Removals
  readonly lost: readonly LostThing[]
  /** Files that the run could not mount because something was there. */
  readonly contested: readonly ResourceEntry[]
}

/** Reads the ledger only, not the server. */
export function madeBy(ledger: Ledger): Made {
  const known = entriesOf(ledger, 'session').flatMap((entry): [string, SessionEntry][] =>
    entry.sessionId === undefined ? [] : [[entry.sessionId, entry]],
  )
  const created = new Map([...new Map(known)].filter(([, { isDeleted }]) => isDeleted !== true))
  const mounted = entriesOf(ledger, 'resource')
  const ids = new Set([...created.keys(), ...mounted.map(({ sessionId }) => sessionId)])
  const sessions = [...ids].map((id) => sessionToUndo(id, created.get(id), filesOn(id, mounted), ledger))
  return {
    ledger,
    removals: { uploads: uploadsOf(ledger), sessions: [...sessions, ...replacedBy(ledger)] },
    lost: lostOf(ledger),
    contested: mounted.filter(({ ownershipUnknown }) => ownershipUnknown === true),
  }
}

/** A run may have said something to the agent, or removed files, and created nothing. */
export function madeNothing({ removals, lost, contested }: Made): boolean {
  return removals.uploads.length + removals.sessions.length + lost.length + contested.length === 0
}

/** The entries of a kind, in the order they were begun. */
export function entriesOf<K extends Effect['kind']>({ effects }: Ledger, kind: K) {
  return effects.filter((entry): entry is Extract<Effect, { kind: K }> => entry.kind === kind)
}

/** A session of the run. What was noted of one later holds. @param created undefined if the run only mounted onto it */
export function sessionToUndo(
  sessionId: string,
  created: SessionEntry | undefined,
  files: readonly MountedThing[],
  ledger: Ledger,
): SessionToUndo {
  const session = { sessionId, files, outcome: outcomeOf(created, ledger), isCreated: created !== undefined }
  return created?.isNamed === true ? { ...session, resourcesOfItsOwn: created.resources } : session
}

function outcomeOf(created: SessionEntry | undefined, { run, complete }: Ledger): SessionOutcome {
  if (created === undefined) return { end: 'keep', why: 'it was there before' }
  // Nobody was told of a session that lost the race for its name, or of that of an unfinished run.
  const isUnfinished = created.lostNameRace === true || (!complete && run.onPartial === 'undo')
  if (isUnfinished) return { end: 'delete', why: 'the run did not finish' }
  return { end: run.sessionCleanup, why: `\`session-cleanup: ${run.sessionCleanup}\`` }
}

/** Sessions that a complete run replaced, and has not archived for sure. */
function replacedBy(ledger: Ledger): readonly SessionToUndo[] {
  const entries = ledger.complete ? entriesOf(ledger, 'replacement') : []
  const archived = new Set(entries.filter(({ isArchived }) => isArchived === true).map(({ sessionId }) => sessionId))
  const ids = new Set(entries.map(({ sessionId }) => sessionId).filter((id) => !archived.has(id)))
  const outcome = { end: 'archive', why: 'this step replaced it' } as const
  return [...ids].map((sessionId) => ({ sessionId, files: [], outcome, isCreated: false }))
}

/** The last one first; the same one may have been noted twice. */
function uploadsOf(ledger: Ledger): readonly UploadThing[] {
  const uploads = entriesOf(ledger, 'upload').flatMap(({ fileId, name }): UploadThing[] =>
    fileId === undefined ? [] : [{ kind: 'upload', fileId, name }],
  )
  return [...new Map(uploads.map((upload) => [upload.fileId, upload])).values()].reverse()
}

function filesOn(id: string, mounted: readonly ResourceEntry[]): readonly MountedThing[] {
  const files = mounted.flatMap(({ sessionId, resourceId, tookOver }): MountedThing[] =>
    sessionId === id && resourceId !== undefined
      ? [{ kind: 'resource', sessionId, resourceId, hasTakenOver: tookOver !== undefined }]
      : [],
  )
  return [...new Map(files.map((file) => [file.resourceId, file])).values()].reverse()
}

/** Each once, however often its call was made. */
function lostOf(ledger: Ledger): readonly LostThing[] {
  const uploads = entriesOf(ledger, 'upload').flatMap(({ fileId, name }): LostThing[] =>
    fileId === undefined ? [{ kind: 'lost-upload', name }] : [],
  )
  const sessions = entriesOf(ledger, 'session').flatMap(({ sessionId, agentId }): LostThing[] =>
    sessionId === undefined ? [{ kind: 'lost-session', agentId, runKey: ledger.run.runKey }] : [],
  )
  const resources = entriesOf(ledger, 'resource').flatMap((entry): LostThing[] => {
    const { sessionId, mountPath, name, resourceId, ownershipUnknown, tookOver } = entry
    const isLost = resourceId === undefined && ownershipUnknown !== true
    return isLost ? [{ kind: 'lost-resource', sessionId, mountPath, name, hasTakenOver: tookOver !== undefined }] : []
  })
  return [...new Map([...uploads, ...sessions, ...resources].map((lost) => [JSON.stringify(lost), lost])).values()]
}
