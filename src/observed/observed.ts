import type { Client } from '../api/client.ts'
import { StatusError, saysGone } from '../api/errors.ts'
import { listResources, type SessionResource } from '../api/resources.ts'
import { retrieveSession, type Session } from '../api/sessions.ts'
import type { Desired } from '../desired/desire.ts'
import { Refusal } from '../text/refusal.ts'
import { findNamed, type NamedSession } from './find-session.ts'
import { filesAmong, type SessionFile, withNames } from './mounted-files.ts'

/** The session before the run, with everything mounted on it, or none yet. */
export type Observed =
  | { readonly kind: 'no-session' }
  | {
      readonly kind: 'session'
      readonly session: Session
      readonly resources: readonly SessionResource[]
      /** The files among the resources; with names if it matters what they are. */
      readonly files: readonly SessionFile[]
      /** Its sandbox has ended or is about to: what is mounted on it may not be there any more. */
      readonly isWornOut: boolean
      /** Sessions that it replaced and that are live all the same, the oldest first. */
      readonly replaced: readonly string[]
    }

/** A sandbox ends 30 days after it was made, whatever happens on it (documented); one day is for the agent's work. */
const LIFE_MS = 29 * 86_400_000

/**
 * Looks up the session to mount onto, in as few requests as that takes.
 * @throws Refusal if it cannot take files, ApiError if the service does not answer
 */
export async function observe(client: Client, { target, files: wanted, refresh }: Desired): Promise<Observed> {
  if (target.kind === 'new') return { kind: 'no-session' }
  const named: NamedSession | undefined =
    target.kind === 'existing'
      ? { session: await existingSession(client, target.sessionId), replaced: [] }
      : await findNamed(client, target.create.agentId, target.name)
  if (named === undefined) return { kind: 'no-session' }
  const { session } = named
  const resources = await listResources(client, session.id)
  const files = filesAmong(resources)
  const paths = new Set(wanted.map(({ mountPath }) => mountPath))
  const matters = files.some(({ mountPath }) => refresh.prune || paths.has(mountPath))
  return {
    kind: 'session',
    session,
    resources,
    files: matters ? await withNames(client, session.id, files) : files,
    isWornOut: Date.parse(session.createdAt) < Date.now() - LIFE_MS,
    replaced: named.replaced.map(({ id }) => id),
  }
}

async function existingSession(client: Client, sessionId: string): Promise<Session> {
  const session = await retrieveSession(client, sessionId).catch((error: unknown) => {
    throw error instanceof StatusError ? sessionRefusal(sessionId, error) : error
  })
  const state = session.archived ? 'archived' : session.status
  if (state === 'archived' || state === 'terminated') {
    throw new Refusal([`session ${sessionId} is ${state}, so it cannot be changed; use another session, or create one`])
  }
  return session
}

/** Turns a refused look at a session into an error for the user. */
export function sessionRefusal(sessionId: string, error: StatusError): Error {
  const { advice, details } = error
  const next = advice === undefined ? '' : `. ${advice}`
  if (saysGone(error)) {
    return new Refusal([
      `session ${sessionId} was not found: it does not exist (any more), or it belongs to another workspace than the credential, or something on the way strips the header \`anthropic-beta\` (${error.message})${next}`,
    ])
  }
  if (details.status === 403) {
    const question = advice === undefined ? '; is it in another workspace?' : ''
    return new Refusal([
      `session ${sessionId} cannot be read with this credential${question} (${error.message})${next}`,
    ])
  }
  return error
}
