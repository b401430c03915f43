import type { Client } from '../api/client.ts'
import { listResources } from '../api/resources.ts'
import { isUploadOf } from '../desired/files/upload-mark.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { findSessionsOfRun } from '../observed/find-session.ts'
import { filesAmong, type SessionFile, withNames } from '../observed/mounted-files.ts'
import { pause } from '../stop/pause.ts'
import { LIST_LAG_MS, type LookContext, orGone } from './gone.ts'
import { entriesOf, type Made, sessionToUndo } from './made.ts'
import { isLost, type LostThing, type MountedThing, type Removals, type SessionToUndo } from './thing.ts'
import { type Leftover, maybe, reasonOf } from './undo-result.ts'

/** What was found of a run: certainly its own, and possibly its own. */
export interface Found {
  readonly removals: Removals
  readonly doubts: readonly Leftover[]
}

/**
 * Looks for sessions and mounted files that lost replies may have made; before anything is removed, since a copy tells
 * no name any more once it is gone. Asks nobody where nothing was lost, but for sessions that something on the way
 * asked for twice. Does not throw: where it cannot look, that something may be there is a doubt.
 */
export async function lookForLost(made: Made, context: LookContext): Promise<Found> {
  const found = await lookOnce(made, context)
  if (!isMissed(made, found)) return found
  try {
    await pause(LIST_LAG_MS, context.stop.startNothingNew)
  } catch {
    return found
  }
  return lookOnce(made, context)
}

/** Also where it could not be looked. Uploads are looked for later. */
function isMissed({ removals, lost }: Made, found: Found): boolean {
  const count = ({ sessions }: Removals) => sessions.reduce((sum, { files }) => sum + 1 + files.length, 0)
  const most = lost.filter(({ kind }) => kind !== 'lost-upload').length
  const seen = found.doubts.filter(({ thing }) => !isLost(thing))
  return count(found.removals) - count(removals) + seen.length < most
}

async function lookOnce(made: Made, context: LookContext): Promise<Found> {
  const look = (session: SessionToUndo) => lookOnSession(session, made, context)
  const [surplus, known] = await Promise.all([
    lookForSessions(made, context.client),
    Promise.all(made.removals.sessions.map(look)),
  ])
  const onSessions = [...known, ...(await Promise.all(surplus.sessions.map(look)))]
  return {
    removals: { uploads: made.removals.uploads, sessions: onSessions.map(({ session }) => session) },
    doubts: [...surplus.doubts, ...onSessions.flatMap(({ doubts }) => doubts)],
  }
}

/** A session bears the run key: both one whose reply was lost and one that something on the way asked for twice. */
async function lookForSessions(
  { ledger, removals, lost }: Made,
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
  { ledger, lost, contested }: Made,
  context: LookContext,
): Promise<{ readonly session: SessionToUndo; readonly doubts: readonly Leftover[] }> {
  const isHere = ({ sessionId }: { readonly sessionId: string }) => sessionId === session.sessionId
  const lostHere = lost.filter((each) => each.kind === 'lost-resource').filter(isHere)
  const contestedHere = contested.filter(isHere)
  // What is on a session goes with it, unless others turn out to share it.
  const goesWhole = session.outcome.end === 'delete' && session.resourcesOfItsOwn === undefined
  if (goesWhole || (!isUnnoted(session, ledger) && [...lostHere, ...contestedHere].length === 0))
    return { session, doubts: [] }
  try {
    const known = new Set(session.files.map(({ resourceId }) => resourceId))
    const others = (await filesOf(session.sessionId, context)).filter(({ resourceId }) => !known.has(resourceId))
    const own = others.filter(({ name = '' }) => isUploadOf(name, ledger.run.runKey))
    const paths = new Set([...lostHere, ...contestedHere].map(({ mountPath }) => mountPath))
    const takenOver = new Set(lostHere.filter((each) => each.hasTakenOver).map(({ mountPath }) => mountPath))
    const ownThings = own.map((file) => ({
      ...mountedThing(session, file),
      hasTakenOver: takenOver.has(file.mountPath),
    }))
    const untold = others.filter(({ name, mountPath }) => name === undefined && paths.has(mountPath))
    const isOthers = others.some((file) => file.name !== undefined && !own.includes(file))
    return {
      session: {
        ...session,
        files: [...session.files, ...ownThings],
        ...(isOthers ? { hasOthersFiles: true } : {}),
      },
      doubts: untold.map((file) => maybe(mountedThing(session, file), UNTOLD)),
    }
  } catch (error) {
    return { session, doubts: lostHere.map((each) => notLooked(each, error)) }
  }
}

const UNTOLD =
  'this step or another job mounted it, and the service does not return its name; remove it if no other job mounted it'

/** A run that was stopped while its session was created, or right after that, has not noted all that is mounted on it. */
function isUnnoted({ isCreated, files }: SessionToUndo, ledger: Ledger): boolean {
  const created = isCreated && !ledger.complete ? entriesOf(ledger, 'session').at(-1) : undefined
  return created !== undefined && files.length < created.resources
}

/** With their names, as far as these are told; none where the session is gone. @throws ApiError */
export async function filesOf(sessionId: string, context: LookContext): Promise<readonly SessionFile[]> {
  const { client } = context
  const resources = await orGone(() => listResources(client, sessionId), context)
  return resources === 'gone' ? [] : withNames(client, sessionId, filesAmong(resources))
}

function mountedThing({ sessionId }: SessionToUndo, { resourceId }: SessionFile): MountedThing {
  return { kind: 'resource', sessionId, resourceId }
}

function notLooked(thing: LostThing, error: unknown): Leftover {
  return maybe(thing, `its reply was lost, and it could not be looked for: ${reasonOf(error)}`)
}
