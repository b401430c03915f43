import type { Client } from '../api/client.ts'
import { saysGone } from '../api/errors.ts'
import { deleteResource, listResources, type SessionResource } from '../api/resources.ts'
import { inParallel } from '../apply/in-parallel.ts'
import type { SessionCleanup } from '../ledger/cleanup-settings.ts'
import type { Ledger, ResourceEntry, SessionEntry } from '../ledger/ledger.ts'
import { findOwnFileAt } from '../observed/find-session.ts'
import { filesAmong, withNames } from '../observed/mounted-files.ts'
import { endSession, interruptAndWait, waitUntilIdle } from './end-session.ts'
import { backwards, type UndoContext } from './undo.ts'
import { reasonOf, type Tally } from './undo-result.ts'

/** A session of the ledger. */
interface Target {
  readonly sessionId: string
  /** Undefined if the run only mounted onto it. */
  readonly created: SessionEntry | undefined
  readonly mounted: readonly ResourceEntry[]
  /** Where something may be mounted that may be the run's. */
  readonly doubtful: readonly ResourceEntry[]
}

/** What is to become of a session, and why. */
interface Fate {
  readonly end: SessionCleanup
  readonly why: string
}

const SHARED: Fate = { end: 'keep', why: 'others have mounted onto it as well' }

/**
 * Takes back what the run did on one session, and the session itself if the run created it and means to end it. Never
 * pulls files from under a running agent, and never ends a session that others have come to share. Does not throw.
 */
export async function undoSession(
  sessionId: string,
  created: SessionEntry | undefined,
  ledger: Ledger,
  context: UndoContext,
  tally: Tally,
): Promise<void> {
  const entries = backwards(ledger, 'resource').filter((entry) => entry.sessionId === sessionId)
  const mounted = entries.filter(({ ownershipUnknown }) => ownershipUnknown !== true)
  const target = { sessionId, created, mounted, doubtful: entries.filter((entry) => !mounted.includes(entry)) }
  try {
    const fate = await fateOf(target, ledger, context.client)
    const known = await withUnnoted(target, fate, ledger, context.client)
    if (created === undefined || fate.end === 'keep') await keep(known, fate, context, tally)
    else await end(known, created, fate.end, context, tally)
    if (fate.end !== 'delete') await leaveDoubtful(known, context, tally)
  } catch (error) {
    for (const entry of [...entries, ...(created === undefined ? [] : [created])]) tally.leave(entry, reasonOf(error))
  }
}

async function fateOf(target: Target, { run, complete }: Ledger, client: Client): Promise<Fate> {
  const { created } = target
  const byUser = { end: run.sessionCleanup, why: '`session-cleanup: keep`' } as const
  if (created === undefined) return { ...byUser, end: 'keep' }
  // Nobody was told of a session that lost a race, or of that of an unfinished run.
  const isUnfinished = created.lostNameRace === true || (!complete && run.onPartial === 'undo')
  const fate: Fate = isUnfinished ? { end: 'delete', why: 'the run did not come to its end' } : byUser
  return fate.end !== 'keep' && (await isShared(target, created, client)) ? SHARED : fate
}

/**
 * Others find a session by its name. They have mounted onto it if it has more than it was made with, or a file that the
 * run did not put there: in place of one of the run's, that makes as many. Killed early, the run has noted none of its own.
 */
async function isShared({ sessionId, mounted }: Target, created: SessionEntry, client: Client): Promise<boolean> {
  if (!created.isNamed) return false
  const resources = await resourcesOf(sessionId, client)
  const ours = new Set(mounted.map(({ resourceId }) => resourceId))
  const hasOthers = ours.size > 0 && filesAmong(resources).some(({ resourceId }) => !ours.has(resourceId))
  return hasOthers || resources.length > created.resources
}

/**
 * A run that was killed right after its session was created has not noted what is mounted on it. What was uploaded for
 * this mount path under this name is the run's.
 */
async function withUnnoted(target: Target, { end }: Fate, ledger: Ledger, client: Client): Promise<Target> {
  const { sessionId, created, mounted } = target
  if (created === undefined || created.resources === 0 || mounted.length > 0 || end === 'delete') return target
  const there = await withNames(client, sessionId, filesAmong(await resourcesOf(sessionId, client)))
  const unnoted = there.flatMap(({ mountPath, name, resourceId }): ResourceEntry[] => {
    const isOurs = ledger.effects.some(
      (effect) => effect.kind === 'upload' && effect.mountPath === mountPath && effect.name === name,
    )
    return isOurs && name !== undefined ? [{ kind: 'resource', sessionId, mountPath, name, resourceId }] : []
  })
  return { ...target, mounted: unnoted }
}

async function resourcesOf(sessionId: string, client: Client): Promise<readonly SessionResource[]> {
  return listResources(client, sessionId).catch((error: unknown) => {
    if (saysGone(error)) return []
    throw error
  })
}

async function keep(target: Target, fate: Fate, context: UndoContext, tally: Tally): Promise<void> {
  const isIdle = target.mounted.length === 0 || (await waitUntilIdle(target.sessionId, context.waitMs, context))
  await leave(target, fate, isIdle, context, tally)
}

/** Leaves a session as it is but for the run's files, which go if it is idle. */
async function leave(
  target: Target,
  { why }: Fate,
  isIdle: boolean,
  context: UndoContext,
  tally: Tally,
): Promise<void> {
  const { sessionId, created, mounted } = target
  if (isIdle) await takeOff(target, context, tally)
  for (const entry of isIdle ? [] : mounted) tally.leave(entry, stillRunning(sessionId, context.waitMs))
  if (created !== undefined) tally.kept.push({ sessionId, why })
}

async function end(
  target: Target,
  created: SessionEntry,
  how: 'archive' | 'delete',
  context: UndoContext,
  tally: Tally,
): Promise<void> {
  const { sessionId, mounted } = target
  const isIdle = await waitUntilIdle(sessionId, context.waitMs, context)
  // Others may have come while that was waited for; their agent's turn is not to be interrupted.
  if (await isShared(target, created, context.client)) return leave(target, SHARED, isIdle, context, tally)
  const hasStopped = isIdle || (await interruptAndWait(sessionId, context))
  if (how === 'archive' && !hasStopped) {
    for (const entry of [...mounted, created]) tally.leave(entry, `session ${sessionId} runs on although interrupted`)
    return
  }
  if (how === 'archive') await takeOff(target, context, tally)
  const before = tally.left.length
  await tally.try(created, () => endSession(sessionId, how, context))
  if (how === 'archive') return
  // Deleting a session takes the files on it along, so that they need no call each.
  if (tally.left.length === before) tally.removed.push(...mounted)
  else for (const entry of mounted) tally.leave(entry, `session ${sessionId} could not be deleted`)
}

async function takeOff({ sessionId, mounted }: Target, context: UndoContext, tally: Tally): Promise<void> {
  const { client, concurrency } = context
  await inParallel(mounted, concurrency, (entry) =>
    tally.try(entry, async () => {
      const { mountPath, name, resourceId } = entry
      const id = resourceId ?? (await findOwnFileAt(client, sessionId, mountPath, name))?.id
      if (id !== undefined) await deleteResource(client, sessionId, id)
    }),
  )
}

/** Says what stands where the run was refused, if it is what the run wanted to mount there. */
async function leaveDoubtful({ sessionId, doubtful }: Target, { client }: UndoContext, tally: Tally): Promise<void> {
  for (const entry of doubtful) {
    const there = await findOwnFileAt(client, sessionId, entry.mountPath, entry.name)
    if (there !== undefined) tally.leave({ ...entry, resourceId: there.id }, DOUBT)
  }
}

const DOUBT =
  'this step was refused to mount it since it was there already, from another job, or from this step if something on the way sent the request twice; remove it if no other job did'

function stillRunning(sessionId: string, waitMs: number): string {
  return `session ${sessionId} was still running after ${Math.round(waitMs / 1000)} s (\`cleanup-wait\`); its files are not pulled from under the agent`
}
