import type { BetaManagedAgentsSessionEvent } from '@anthropic-ai/sdk/resources/beta/sessions/events'
import { eventHead, recordEvent } from '../events/events.ts'
import { replaceSession, withStatus } from '../sessions/session.ts'
import type { SessionRecord, SessionStatus, World } from '../world.ts'

/** Thrown to leave a turn whose session takes no more. */
export class SessionOver extends Error {}

/** A session that an agent works in. Each access throws SessionOver when it is gone or closed. */
export class LiveSession {
  readonly world: World
  readonly #id: string

  constructor(world: World, id: string) {
    this.world = world
    this.#id = id
  }

  get record(): SessionRecord {
    const session = this.world.sessions.get(this.#id)
    if (session === undefined || session.facts.status === 'terminated') throw new SessionOver()
    return session
  }

  change(change: (session: SessionRecord) => SessionRecord): void {
    replaceSession(this.world, change(this.record))
  }

  changeFacts(facts: Partial<SessionRecord['facts']>): void {
    this.change((session) => ({ ...session, facts: { ...session.facts, ...facts } }))
  }

  tell(...events: readonly BetaManagedAgentsSessionEvent[]): void {
    const records = events.map((event) => recordEvent(this.world, event))
    this.change((session) => ({ ...session, events: [...session.events, ...records] }))
  }

  turnTo(status: SessionStatus): void {
    this.change((session) => withStatus(this.world, session, status))
  }

  /** What every event begins with. */
  head(): ReturnType<typeof eventHead> {
    return eventHead(this.world)
  }
}
