import { listResources } from '../api/resources.ts'
import { createSession, deleteSession, type Session } from '../api/sessions.ts'
import type { SessionEntry } from '../ledger/ledger.ts'
import { RUN_KEY_METADATA } from '../ledger/run-key.ts'
import { findNamed, findSessionsOfRun, isOlder } from '../observed/find-session.ts'
import { type EffectContext, performEffect } from './effect.ts'
import { type Creation, type CreationDetails, sessionParams } from './session-params.ts'

export interface CreationContext extends EffectContext, CreationDetails {
  readonly startedAt: Date
}

/** A session that was created, and the one of the same name that was first, if there is such a one. */
export interface Created {
  readonly session: Session
  readonly winner: Session | undefined
}

/**
 * Creates a session with all its resources. Where it has a name, another job may have created one of the same name at
 * the same time: all of them look after creating, the oldest stays, and the others are deleted by who made them.
 * @throws EffectError, ApiError
 */
export async function createAndSettleRace(creation: Creation, context: CreationContext): Promise<Created> {
  const { client, runKey, startedAt } = context
  const { agentId, environmentId, title } = creation.create
  const params = sessionParams(creation, context)
  const resources = params.resources?.length ?? 0
  const isTold = creation.opening !== undefined
  const intent: SessionEntry = { kind: 'session', agentId, resources, isNamed: creation.isNamed, isTold }
  const session = await performEffect(context, {
    intent,
    failed: `no session of agent ${agentId} in environment ${environmentId} could be created`,
    call: () => createSession(client, params),
    outcome: ({ id }) => ({ ...intent, sessionId: id }),
    find: async () => (await findSessionsOfRun(client, agentId, runKey, startedAt)).at(0),
  })
  if (!creation.isNamed || title === undefined) return { session, winner: undefined }
  const oldest = (await findNamed(client, agentId, title))?.session
  // A list that lags behind does not tell yet that it is replaced.
  const isFirst = oldest === undefined || oldest.id === session.id || oldest.id === creation.replaces
  if (isFirst || !isOlder(oldest, session)) {
    return { session, winner: undefined }
  }
  return yieldTo(oldest, session, intent, context)
}

/** Deletes a session that came second, unless others are on it already. */
async function yieldTo(
  oldest: Session,
  session: Session,
  intent: SessionEntry,
  { client, ledger, runKey }: CreationContext,
): Promise<Created> {
  // Something on the way may have asked for it twice; the first is as good then, and others may be on it by now.
  const isOurs = oldest.metadata[RUN_KEY_METADATA] === runKey
  if (isOurs) ledger.note({ ...intent, sessionId: oldest.id })
  const lost: SessionEntry = { ...intent, sessionId: session.id, lostNameRace: true }
  ledger.note(lost)
  const onIt = await listResources(client, session.id)
  if (onIt.length <= intent.resources) {
    await deleteSession(client, session.id)
    ledger.note({ ...lost, isDeleted: true })
  }
  return isOurs ? { session: oldest, winner: undefined } : { session, winner: oldest }
}
