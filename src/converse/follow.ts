import type { Client } from '../api/client.ts'
import { ApiError, StatusError } from '../api/errors.ts'
import { listEvents } from '../api/events.ts'
import { isTransient } from '../api/retry.ts'
import type { SessionEvent } from '../api/session-event.ts'
import { retrieveSession } from '../api/sessions.ts'
import { type EventFeed, QUIET } from './event-feed.ts'
import { type EventHistory, eventsSince, MESSAGES } from './event-history.ts'
import type { SentPrompt } from './send-prompt.ts'
import type { Ending } from './turn.ts'

/** What is followed. */
export interface Followed {
  readonly client: Client
  readonly sessionId: string
  /** Before the prompt. */
  readonly history: EventHistory
  /** Undefined when nothing was sent: then whatever ends next is the end. */
  readonly prompt: SentPrompt | undefined
  readonly signal: AbortSignal
}

/** The event that a session went idle. */
export type Idle = Extract<SessionEvent, { kind: 'idle' }>

/** How long after an idle that may not be the last the session is asked how it stands, in milliseconds. */
const SETTLE_MS = 1_000

/** How long until it is asked again, if it is idle but has not taken up the prompt. */
const UNTAKEN_MS = 5_000

/**
 * Follows a session until the turn that answers the prompt is over. A session that was at work when the prompt came
 * goes idle, or wants something, before it takes the prompt up; that idle is not the end.
 * @param see gets each event, in order, and whether it belongs to that turn
 * @throws the reason of the signal when that fires, ApiError if the service will not tell any more
 */
export async function follow(
  followed: Followed,
  feed: EventFeed,
  see: (event: SessionEvent, isOurs: boolean) => Promise<void>,
): Promise<Ending> {
  const watch = new Watch(followed, feed)
  try {
    for await (const item of feed.events()) {
      followed.signal.throwIfAborted()
      const ending = item === QUIET ? await watch.quiet() : await watch.take(item)
      if (item !== QUIET) await see(item, watch.isOurs)
      if (ending !== undefined) return ending
    }
  } catch (error) {
    if (error instanceof StatusError && error.details.status === 404) return { kind: 'deleted' }
    throw error
  }
  throw followed.signal.reason
}

/** Why a session that is idle is so; undefined if it has not been told anything yet. @throws ApiError */
export async function lastIdle(client: Client, sessionId: string): Promise<Idle | undefined> {
  const { data } = await listEvents(client, sessionId, { order: 'desc', limit: 1, types: ['session.status_idle'] })
  const [last] = data
  return last?.kind === 'idle' ? last : undefined
}

/** Decides what ends the turn. */
class Watch {
  readonly #followed: Followed
  readonly #feed: EventFeed
  /** When the agent took the prompt up. */
  #takenAt: string | undefined
  /** An idle that may not be the end. */
  #idle: Idle | undefined
  #quietIdles = 0

  constructor(followed: Followed, feed: EventFeed) {
    this.#followed = followed
    this.#feed = feed
    this.#takenAt = followed.prompt?.takenAt
  }

  /** Whether what happens belongs to our turn, and not to one before. */
  get isOurs(): boolean {
    const { prompt } = this.#followed
    return prompt === undefined || prompt.wasIdle || this.#takenAt !== undefined
  }

  async take(event: SessionEvent): Promise<Ending | undefined> {
    this.#quietIdles = 0
    switch (event.kind) {
      case 'user-message':
        this.#noteTaken(event)
        return undefined
      case 'running':
        return this.#goOn()
      case 'idle':
        return this.#goIdle(event)
      case 'terminated':
      case 'deleted':
        return { kind: event.kind }
      case 'error':
        return event.error.type.startsWith('repository_') ? { kind: 'no-repository', error: event.error } : undefined
      default:
        return undefined
    }
  }

  /** Nothing has happened for a while: the session itself is asked. */
  async quiet(): Promise<Ending | undefined> {
    const { client, sessionId } = this.#followed
    const session = await orUndefined(retrieveSession(client, sessionId))
    if (session === undefined) return undefined
    if (session.archived || session.status === 'terminated') return { kind: 'terminated' }
    if (session.status !== 'idle') {
      this.#quietIdles = 0
      this.#feed.expectQuiet()
      return undefined
    }
    this.#quietIdles++
    await this.#lookForPrompt()
    const isTaken = this.#followed.prompt === undefined || this.#takenAt !== undefined
    // A server may never say that it has taken a message up; that it stays idle says enough.
    if (isTaken || this.#quietIdles > 1) return this.#idle ?? (await lastIdle(client, sessionId)) ?? UNEXPLAINED
    this.#feed.expectQuiet(UNTAKEN_MS)
    return undefined
  }

  async #goOn(): Promise<undefined> {
    this.#idle = undefined
    this.#feed.expectQuiet()
    if (!this.isOurs) await this.#lookForPrompt()
  }

  #goIdle(event: Idle): Ending | undefined {
    // What blocks the turn before ours blocks ours.
    if (this.#isAfterPrompt(event) || event.stopReason === 'requires_action') return event
    this.#idle = event
    this.#feed.expectQuiet(SETTLE_MS)
    return undefined
  }

  /** Not certain where the session was at work: some servers set the time when a message came, not when it was taken up. */
  #isAfterPrompt({ processedAt }: Idle): boolean {
    const { prompt } = this.#followed
    if (prompt === undefined) return true
    if (!prompt.wasIdle || this.#takenAt === undefined) return false
    return processedAt === undefined || !(Date.parse(processedAt) < Date.parse(this.#takenAt))
  }

  #noteTaken(event: SessionEvent): void {
    const { prompt } = this.#followed
    if (prompt?.isSame(event) === true) this.#takenAt ??= event.processedAt
  }

  /** Servers do not all tell on the stream that a message was taken up. */
  async #lookForPrompt(): Promise<void> {
    const { client, sessionId, history, prompt } = this.#followed
    if (prompt === undefined || this.#takenAt !== undefined) return
    const messages = Array.fromAsync(eventsSince(client, sessionId, history, MESSAGES))
    for (const message of (await orUndefined(messages)) ?? []) this.#noteTaken(message)
  }
}

/** The session is idle, and no event says why. */
const UNEXPLAINED: Idle = {
  kind: 'idle',
  id: undefined,
  processedAt: undefined,
  stopReason: undefined,
  waitsFor: [],
  explanation: undefined,
}

/** Undefined where the service does not answer for the moment. */
async function orUndefined<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    if (error instanceof ApiError && isTransient(error)) return undefined
    throw error
  }
}
