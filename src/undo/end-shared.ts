import { listResources } from '../api/resources.ts'
import { isAtRest } from '../api/session-status.ts'
import { addMetadata, retrieveSession, type Session } from '../api/sessions.ts'
import type { SessionCleanup } from '../ledger/cleanup-settings.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { LAST_ENDS_METADATA } from '../ledger/run-key.ts'
import { filesAmong } from '../observed/mounted-files.ts'
import { endSession } from './end-session.ts'
import { orGone } from './gone.ts'
import type { RemovalContext } from './removal-context.ts'
import type { Removals, SessionToUndo } from './thing.ts'
import { reasonOf } from './undo-result.ts'

/**
 * Ends what several runs have used by its name, once no file is left on it: the run that created it, or, where that is done
 * already and has said so in the metadata, the last of the others, if it says the same. Does not throw.
 */
export async function endShared({ sessions }: Removals, ledger: Ledger, context: RemovalContext): Promise<void> {
  const { sessionCleanup } = ledger.run
  for (const session of context.progress.shared) await endOrLeaveToOthers(session, sessionCleanup, context)
  if (sessionCleanup === 'keep') return
  for (const { sessionId, isCreated } of sessions) {
    if (!isCreated) await endAsLast(sessionId, sessionCleanup, context)
  }
}

async function endOrLeaveToOthers(
  { sessionId, outcome: { end } }: SessionToUndo,
  sessionCleanup: SessionCleanup,
  context: RemovalContext,
): Promise<void> {
  const { progress } = context
  try {
    if (end !== 'keep' && (await findUnused(sessionId, context)) !== undefined) {
      await progress.try({ kind: 'session', sessionId, end }, () => endSession(sessionId, end, context))
      return
    }
    if (sessionCleanup !== 'keep') {
      await addMetadata(context.client, sessionId, { [LAST_ENDS_METADATA]: sessionCleanup })
    }
  } catch (error) {
    context.log(`The last job that uses session ${sessionId} will not end it: ${reasonOf(error)}`)
  }
  progress.kept.push({ sessionId, why: 'other jobs have mounted onto it too' })
}

async function endAsLast(sessionId: string, end: 'archive' | 'delete', context: RemovalContext): Promise<void> {
  try {
    const session = await findUnused(sessionId, context)
    if (session?.metadata[LAST_ENDS_METADATA] !== end) return
    await context.progress.try({ kind: 'session', sessionId, end }, () => endSession(sessionId, end, context))
  } catch (error) {
    context.log(`Session ${sessionId} stays, whether it is still in use or not: ${reasonOf(error)}`)
  }
}

/** A session that is at rest and has no file on it. @throws ApiError, Interrupted */
async function findUnused(sessionId: string, context: RemovalContext): Promise<Session | undefined> {
  const session = await orGone(() => retrieveSession(context.client, sessionId), context)
  if (session === 'gone' || session.archived || !isAtRest(session.status)) return undefined
  const resources = await orGone(() => listResources(context.client, sessionId), context)
  return resources !== 'gone' && filesAmong(resources).length === 0 ? session : undefined
}
