import type { Client } from '../api/client.ts'
import { listResources } from '../api/resources.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { findSessionsOfRun } from '../observed/find-session.ts'
import { findUploads } from '../observed/find-uploads.ts'
import { filesAmong, type SessionFile, withNames } from '../observed/mounted-files.ts'
import { pause } from '../stop/pause.ts'
import { type LookContext, orGone } from './gone.ts'
import { entriesOf, type Made, sessionToUndo } from './made.ts'
import type { LostThing, MountedThing, Removals, SessionToUndo } from './thing.ts'
import { type Leftover, reasonOf } from './undo-result.ts'

/** What was found of a run: what is surely its own, and what may be. */
export interface Found {
  readonly removals: Removals
  readonly doubts: readonly Leftover[]
}

/** A list may lag so far behind what was made. What it never shows would stay without anybody knowing of it. */
const LIST_LAG_MS = 5_500

/**
 * Looks on the server for what lost replies may have made; before anything is removed, since a copy tells no name any more
 * once it is gone. Asks nobody where nothing was lost, but for sessions that something on the way asked for twice.
 * Does not throw: where it cannot look, that something may be there is a doubt.
 */
export async function lookForLost(made: Made, ledger: Ledger, context: LookContext): Promise<Found> {
  const found = await lookOnce(made, ledger, context)
  if (!isMissed(made, found)) return found
  try {
    await pause(LIST_LAG_MS, context.stop.startNothingNew)
  } catch {
    return found
  }
  return lookOnce(made, ledger, context)
}

/** Uploads end by themselves. */
function isMissed({ removals, lost }: Made, found: Found): boolean {
  const count = ({ sessions }: Removals) => sessions.reduce((sum, { files }) => sum + 1 + files.length, 0)
  const doubts = found.doubts.filter(({ thing }) => thing.kind !== 'upload' && thing.kind !== 'lost-upload')
  const most = lost.filter(({ kind }) => kind !== 'lost-upload').length
  return count(found.removals) - count(removals) + doubts.length < most
}

async function lookOnce(made: Made, ledger: Ledger, context: LookContext): Promise<Found> {
  const [uploads, surplus, onSessions] = await Promise.all([
    lookForUploads(made, ledger, context.client),
    lookForSessions(made, ledger, context.client),
    Promise.all(made.removals.sessions.map((session) => lookOnSession(session, made, ledger, context))),
  ])
  return {
    removals: {
      uploads: made.removals.uploads,
      sessions: [...onSessions.map(({ session }) => session), ...surplus.sessions],
    },
    doubts: [...uploads, ...surplus.doubts, ...onSessions.flatMap(({ doubts }) => doubts)],
  }
}

const LOST_UPLOAD =
  'the reply to its upload was lost, and it may be another job’s that uploads the same; delete it if no other job does'

async function lookForUploads({ removals, lost }: Made, { run }: Ledger, client: Client): Promise<readonly Leftover[]> {
  const uploads = lost.filter((each) => each.kind === 'lost-upload')
  if (uploads.length === 0) return []
  const known = new Set(removals.uploads.map(({ fileId }) => fileId))
  try {
    const found = await findUploads(client, new Set(uploads.map(({ name }) => name)), new Date(run.startedAt))
    return found
      .filter(({ id }) => !known.has(id))
      .map(({ id, filename = '' }) => ({
        thing: { kind: 'upload', fileId: id, name: filename },
        ...{ reason: LOST_UPLOAD, isSure: false, isRemovable: false },
      }))
  } catch (error) {
    return uploads.map((each) => notLooked(each, error))
  }
}

/** A session bears the run key: both one whose reply was lost and one that something on the way asked for twice. */
async function lookForSessions(
  { removals, lost }: Made,
  ledger: Ledger,
  client: Client,
): Promise<{ readonly sessions: readonly SessionToUndo[]; readonly doubts: readonly Leftover[] }> {
  const { runKey, startedAt } = ledger.run
  const entry = entriesOf(ledger, 'session').at(-1)
  if (entry === undefined) return { sessions: [], doubts: [] }
  const known = new Set(removals.sessions.map(({ sessionId }) => sessionId))
  try {
    const found = await findSessionsOfRun(client, entry.agentId, runKey, new Date(startedAt))
    const surplus = found.filter(({ id }) => !known.has(id))
    const lostRace = { ...entry, lostNameRace: true }
    return { sessions: surplus.map(({ id }) => sessionToUndo(id, lostRace, [], ledger)), doubts: [] }
  } catch (error) {
    const lostSessions = lost.filter((each) => each.kind === 'lost-session')
    return { sessions: [], doubts: lostSessions.map((each) => notLooked(each, error)) }
  }
}

async function lookOnSession(
  session: SessionToUndo,
  { lost, contested }: Made,
  ledger: Ledger,
  context: LookContext,
): Promise<{ readonly session: SessionToUndo; readonly doubts: readonly Leftover[] }> {
  const isHere = ({ sessionId }: { readonly sessionId: string }) => sessionId === session.sessionId
  const lostHere = lost.filter((each) => each.kind === 'lost-resource').filter(isHere)
  const contestedHere = contested.filter(isHere)
  const unnoted = isUnnoted(session, ledger) ? entriesOf(ledger, 'upload') : []
  // What is on a session goes with it, unless others turn out to share it.
  const goesWhole = session.outcome.end === 'delete' && session.resourcesOfItsOwn === undefined
  if (goesWhole || lostHere.length + contestedHere.length + unnoted.length === 0) return { session, doubts: [] }
  try {
    const known = new Set(session.files.map(({ resourceId }) => resourceId))
    const others = (await filesOf(session.sessionId, context)).filter(({ resourceId }) => !known.has(resourceId))
    const own = others.filter((file) => [...lostHere, ...unnoted].some((entry) => isSameMount(entry, file)))
    const contestedFiles = others.filter(
      (file) => !own.includes(file) && contestedHere.some((path) => isSameMount(path, file)),
    )
    const untold = others.filter(
      ({ name, mountPath }) => name === undefined && lostHere.some((each) => each.mountPath === mountPath),
    )
    return {
      session: { ...session, files: [...session.files, ...own.map((file) => mountedThing(session, file))] },
      doubts: [
        ...contestedFiles.map((file) => doubt(session, file, CONTESTED)),
        ...untold.map((file) => doubt(session, file, UNTOLD)),
      ],
    }
  } catch (error) {
    return { session, doubts: lostHere.map((each) => notLooked(each, error)) }
  }
}

const CONTESTED =
  'this step was refused to mount it since it was there already, from another job, or from this step if something on the way sent the request twice; remove it if no other job did'

const UNTOLD =
  'the reply to its mounting was lost, and the service does not tell what is mounted there; remove it if no other job mounted it'

/** A run that was killed right after its session was created has not noted what is mounted on it. */
function isUnnoted({ sessionId, files }: SessionToUndo, ledger: Ledger): boolean {
  const created = entriesOf(ledger, 'session').findLast((entry) => entry.sessionId === sessionId)
  return created !== undefined && created.resources > 0 && files.length === 0
}

/** The name carries a fingerprint of the content, so that what others have mounted there meanwhile is not taken for ours. */
function isSameMount(entry: { readonly mountPath: string; readonly name: string }, file: SessionFile): boolean {
  return entry.mountPath === file.mountPath && entry.name === file.name
}

async function filesOf(sessionId: string, context: LookContext): Promise<readonly SessionFile[]> {
  const { client } = context
  const resources = await orGone(() => listResources(client, sessionId), context)
  return resources === 'gone' ? [] : withNames(client, sessionId, filesAmong(resources))
}

function mountedThing({ sessionId }: SessionToUndo, { resourceId }: SessionFile): MountedThing {
  return { kind: 'resource', sessionId, resourceId }
}

function doubt(session: SessionToUndo, file: SessionFile, reason: string): Leftover {
  return { thing: mountedThing(session, file), reason, isSure: false, isRemovable: false }
}

function notLooked(thing: LostThing, error: unknown): Leftover {
  return {
    thing,
    reason: `its reply was lost, and it could not be looked for: ${reasonOf(error)}`,
    isSure: false,
    isRemovable: false,
  }
}
