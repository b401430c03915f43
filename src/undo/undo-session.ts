import { deleteResource, listResources } from '../api/resources.ts'
import { inParallel } from '../apply/in-parallel.ts'
import { filesAmong } from '../observed/mounted-files.ts'
import { endSession, interruptAndWait, type SessionState, waitUntilIdle } from './end-session.ts'
import { type LookContext, orGone } from './gone.ts'
import type { RemovalContext } from './removal-context.ts'
import { type MountedThing, type SessionThing, type SessionToUndo, sessionThing, type Thing } from './thing.ts'

/**
 * Removes what is to go from one session, and ends it if that is to be. Never removes files under a running agent, and
 * never ends a session that others have come to share. Does not throw.
 */
export async function undoSession(session: SessionToUndo, context: RemovalContext): Promise<void> {
  const { progress } = context
  const thing = sessionThing(session)
  try {
    progress.throwIfHalted()
    if (thing === undefined) await keepSession(session, context)
    else if (await isShared(session, context)) await keepSession(asShared(session, context), context)
    else await endUnlessShared(session, thing, context)
  } catch (error) {
    progress.leaveRest([...session.files, ...(thing === undefined ? [] : [thing])], error)
  }
}

/** Nothing is said of its staying. */
const STAYS = { outcome: { end: 'keep', why: '' }, isCreated: false } as const

/** The session without its end, which depends on whether others are left on it once all files are gone. */
function asShared(session: SessionToUndo, { progress }: RemovalContext): SessionToUndo {
  progress.shared.push(session)
  return { ...session, ...STAYS }
}

/**
 * Others find a session by its name. They have mounted onto it if it has more than it was made with, or a file that the
 * run did not put there: in place of one of the run's, that makes as many. Stopped early, the run has noted none of its
 * own, and the names were looked at.
 */
async function isShared(session: SessionToUndo, context: LookContext): Promise<boolean> {
  const { sessionId, files, resourcesOfItsOwn } = session
  if (resourcesOfItsOwn === undefined) return false
  if (session.hasOthersFiles === true) return true
  const resources = await orGone(() => listResources(context.client, sessionId), context)
  if (resources === 'gone') return false
  const ours = new Set(files.map(({ resourceId }) => resourceId))
  const hasOthers = ours.size > 0 && filesAmong(resources).some(({ resourceId }) => !ours.has(resourceId))
  return hasOthers || resources.length > resourcesOfItsOwn
}

/** Removes files of a session that stays, once it is at rest. @throws ApiError, Interrupted */
export async function removeFromKept(
  session: Pick<SessionToUndo, 'sessionId' | 'files'>,
  context: RemovalContext,
): Promise<void> {
  await keepSession({ ...session, ...STAYS }, context)
}

async function keepSession(session: SessionToUndo, context: RemovalContext): Promise<void> {
  const { sessionId, files } = session
  const state = files.length === 0 ? 'at-rest' : await waitUntilIdle(sessionId, context.waitMs, context)
  await removeFilesFrom(session, state, context)
}

/** Removes the files of a session that stays, as far as its state allows. */
async function removeFilesFrom(session: SessionToUndo, state: SessionState, context: RemovalContext): Promise<void> {
  const { progress, waitMs } = context
  const { sessionId, files, outcome, isCreated } = session
  switch (state) {
    case 'gone':
      progress.goneSessions.add(sessionId)
      progress.remove(files, 'gone')
      return
    case 'archived':
      await recordStaying(session, archived(sessionId), context, false)
      break
    case 'running':
      await recordStaying(session, stillRunning(sessionId, waitMs), context)
      break
    case 'at-rest':
      await removeFiles(session, context)
  }
  if (isCreated) progress.kept.push({ sessionId, why: outcome.why })
}

async function endUnlessShared(session: SessionToUndo, thing: SessionThing, context: RemovalContext): Promise<void> {
  const { progress } = context
  const { sessionId } = session
  const state = await waitUntilIdle(sessionId, context.waitMs, context)
  // Others may have come while that was waited for; their agent's turn is not to be interrupted.
  if (state !== 'gone' && (await isShared(session, context))) {
    await removeFilesFrom(asShared(session, context), state, context)
    return
  }
  const stopped = state === 'running' ? await interruptAndWait(sessionId, context) : state
  if (stopped === 'gone') {
    progress.goneSessions.add(sessionId)
    progress.remove([...session.files, thing], 'gone')
  } else if (thing.end === 'delete') await deleteWhole(session, thing, context)
  else await archiveAfterFiles(session, thing, stopped, context)
}

/** Takes the files on it along, so that they need no call each. */
async function deleteWhole(
  { sessionId, files }: SessionToUndo,
  thing: SessionThing,
  context: RemovalContext,
): Promise<void> {
  const { progress } = context
  const outcome = await progress.try(thing, () => endSession(sessionId, 'delete', context))
  if (outcome === 'left') progress.recordLeft(files, `session ${sessionId} could not be deleted`, false)
  else progress.remove(files, outcome)
  if (outcome === 'gone') progress.goneSessions.add(sessionId)
}

/** Files that are on a session when it is archived stay on it. */
async function archiveAfterFiles(
  session: SessionToUndo,
  thing: SessionThing,
  state: Exclude<SessionState, 'gone'>,
  context: RemovalContext,
): Promise<void> {
  const { progress } = context
  const { sessionId, files } = session
  const things: readonly Thing[] = [...files, thing]
  switch (state) {
    case 'running':
      progress.recordLeft(things, `session ${sessionId} is still running although it was interrupted`)
      return
    case 'archived':
      await recordStaying(session, archived(sessionId), context, false)
      progress.remove([thing], 'gone')
      return
    case 'at-rest':
      if (await removeFiles(session, context)) {
        await context.beforeArchive?.(sessionId)
        await progress.try(thing, () => endSession(sessionId, 'archive', context))
      } else {
        progress.recordLeft(
          [thing],
          'not archived, because files on it could not be removed, and an archived session cannot be changed',
        )
      }
  }
}

/** Resolves to whether all of them are gone. */
async function removeFiles({ sessionId, files }: SessionToUndo, context: RemovalContext): Promise<boolean> {
  const { client, concurrency, progress } = context
  let isWhole = true
  await inParallel(files, concurrency, async (file) => {
    const outcome = await progress.try(file, () =>
      orGone(() => deleteResource(client, sessionId, file.resourceId), context),
    )
    isWhole &&= outcome !== 'left'
  })
  return isWhole
}

/** Says of the files that they stay, but for those that somebody has removed meanwhile. */
async function recordStaying(
  { sessionId, files }: SessionToUndo,
  reason: string,
  { client, progress }: RemovalContext,
  isRemovable = true,
): Promise<void> {
  if (files.length === 0) return
  const there = await listResources(client, sessionId).catch(() => undefined)
  const isThere = ({ resourceId }: MountedThing) => there?.some(({ id }) => id === resourceId) !== false
  progress.remove(
    files.filter((file) => !isThere(file)),
    'gone',
  )
  progress.recordLeft(files.filter(isThere), reason, isRemovable)
}

function archived(sessionId: string): string {
  return `session ${sessionId} has been archived, so it cannot be changed; its files are removed when it is deleted`
}

function stillRunning(sessionId: string, waitMs: number): string {
  return `session ${sessionId} was still running after ${Math.round(waitMs / 1000)} s (\`cleanup-wait\`), and files are not removed under a running agent`
}
