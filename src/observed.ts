import type { Client } from './api/client.ts'
import { StatusError } from './api/errors.ts'
import { listResources, type SessionResource } from './api/resources.ts'
import { retrieveSession, type Session } from './api/sessions.ts'
import { Refusal } from './desired/refusal.ts'
import type { SessionTarget } from './inputs/session-target.ts'
import { sessionsOf } from './lookup.ts'

/** What is there before the run: the session with all that is mounted on it, or none yet. */
export type Observed =
  | { readonly kind: 'no-session' }
  | { readonly kind: 'session'; readonly session: Session; readonly resources: readonly SessionResource[] }

/**
 * Looks up the session to mount onto.
 * @throws Refusal if it cannot take files, ApiError if the service does not answer
 */
export async function observe(client: Client, target: SessionTarget): Promise<Observed> {
  if (target.kind === 'new') return { kind: 'no-session' }
  const session =
    target.kind === 'existing'
      ? await existingSession(client, target.sessionId)
      : await findByTitle(client, target.create.agentId, target.name)
  if (session === undefined) return { kind: 'no-session' }
  return { kind: 'session', session, resources: await listResources(client, session.id) }
}

async function existingSession(client: Client, sessionId: string): Promise<Session> {
  const session = await retrieveSession(client, sessionId).catch((error: unknown) => {
    throw error instanceof StatusError ? sessionRefusal(sessionId, error) : error
  })
  if (session.archived) {
    throw new Refusal([`session ${sessionId} is archived, which is final; mount onto another, or create one`])
  }
  if (session.status === 'terminated') {
    throw new Refusal([
      `session ${sessionId} is terminated and takes nothing any more; mount onto another, or create one`,
    ])
  }
  return session
}

function sessionRefusal(sessionId: string, error: StatusError): Error {
  const { status } = error.details
  if (status === 404) {
    return new Refusal([
      `session ${sessionId} was not found: it does not exist (any more), or it belongs to another workspace than the credential, or something on the way strips the header \`anthropic-beta\` (${error.message})`,
    ])
  }
  if (status === 403) {
    return new Refusal([
      `session ${sessionId} is not open to this credential; is it of another workspace? (${error.message})`,
    ])
  }
  return error
}

/** The oldest live session of the agent with this title. */
async function findByTitle(client: Client, agentId: string, title: string): Promise<Session | undefined> {
  for await (const session of sessionsOf(client, { agentId, order: 'asc' })) {
    if (session.title === title && !session.archived && session.status !== 'terminated') return session
  }
  return undefined
}
