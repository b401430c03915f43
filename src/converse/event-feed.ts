import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '../api/client.ts'
import { ConnectionError } from '../api/connection-error.ts'
import { ApiError } from '../api/errors.ts'
import { streamEvents } from '../api/events.ts'
import { isTransient } from '../api/retry.ts'
import type { SessionEvent } from '../api/session-event.ts'
import { pause } from '../stop/pause.ts'
import { type EventHistory, eventsSince } from './event-history.ts'

/** Told when nothing has happened for a while. */
export const QUIET = Symbol('quiet')

/** The times that a feed goes by, in milliseconds. */
export interface FeedTimes {
  /** How long nothing may happen before that is told. */
  readonly quiet: number
  /** How often the list is asked where there is no stream. */
  readonly poll: number
}

const TIMES: FeedTimes = { quiet: 30_000, poll: 2_000 }

const MAX_BACKOFF_MS = 8_000

/** So many events that are told already end the walk back through the list. */
const ENOUGH_KNOWN = 100

/** What a feed needs. */
export interface FeedSource {
  readonly client: Client
  readonly sessionId: string
  /** What is not told any more. */
  readonly history: EventHistory
  /** Ends the feed. */
  readonly signal: AbortSignal
  readonly log: (line: string) => void
  readonly times?: FeedTimes
}

/**
 * Everything that happens in a session, once and in order, whatever happens to the connection. The service's stream has
 * no replay: it is opened first, then the list tells what came before, and so again after each cut; events are told
 * apart by id. A message comes twice: when it is queued, and when the agent has taken it up.
 */
export class EventFeed {
  readonly #source: FeedSource
  readonly #times: FeedTimes
  readonly #seen = new Set<string>()
  #stream: AsyncIterable<SessionEvent> | undefined
  #line = new AbortController()
  #hasStreams = true
  #isTroubled = false
  #quietMs: number

  constructor(source: FeedSource) {
    this.#source = source
    this.#times = source.times ?? TIMES
    this.#quietMs = this.#times.quiet
  }

  /** Opens the stream; from here on nothing is missed. Where it cannot be opened, the list is asked instead. */
  async open(): Promise<void> {
    this.#line.abort()
    this.#stream = undefined
    if (!this.#hasStreams) return
    const { client, sessionId, signal, log } = this.#source
    this.#line = new AbortController()
    try {
      this.#stream = await streamEvents(client, sessionId, AbortSignal.any([signal, this.#line.signal]))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (isTransient(error)) return
      this.#hasStreams = false
      log(`The session's events cannot be streamed, so they are asked for every few seconds: ${error.message}`)
    }
  }

  /** Asks to be told sooner, or again as usual, that nothing happens. */
  expectQuiet(ms: number = this.#times.quiet): void {
    this.#quietMs = ms
  }

  /** @throws the reason of the signal when that fires, ApiError if the service will not tell any more */
  async *events(): AsyncGenerator<SessionEvent | typeof QUIET> {
    for (let barren = 0; ; barren++) {
      for await (const item of this.#untilCut()) {
        if (item !== QUIET) barren = -1
        yield item
      }
      if (barren >= 0) await pause(Math.min(500 * 2 ** barren, MAX_BACKOFF_MS), this.#source.signal)
      await this.open()
    }
  }

  close(): void {
    this.#line.abort()
  }

  /** What the list has, then what the stream brings until it ends. */
  async *#untilCut(): AsyncGenerator<SessionEvent | typeof QUIET> {
    yield* await this.#catchUp()
    if (this.#stream !== undefined) yield* this.#read(this.#stream)
    while (!this.#hasStreams) yield* this.#poll()
  }

  async *#poll(): AsyncGenerator<SessionEvent | typeof QUIET> {
    await pause(Math.min(this.#times.poll, this.#quietMs), this.#source.signal)
    const news = await this.#catchUp()
    yield* news
    if (news.length === 0) yield QUIET
  }

  async *#read(stream: AsyncIterable<SessionEvent>): AsyncGenerator<SessionEvent | typeof QUIET> {
    const events = stream[Symbol.asyncIterator]()
    for (let next = takeNext(events); ; ) {
      const item = await orQuiet(next, this.#quietMs)
      if (item === CUT) return
      if (item === QUIET) {
        // A line that is dead without a word brings nothing; the list knows better.
        const missed = await this.#catchUp()
        yield* missed
        if (missed.length > 0) return
        yield QUIET
      } else {
        next = takeNext(events)
        if (this.#isNew(item)) yield item
      }
    }
  }

  /** What the list has that was not told yet; nothing while the service does not answer. */
  async #catchUp(): Promise<readonly SessionEvent[]> {
    const { client, sessionId, history, log } = this.#source
    try {
      const news: SessionEvent[] = []
      let known = 0
      for await (const event of eventsSince(client, sessionId, history)) {
        if (this.#has(event)) known++
        else news.push(event)
        // Some may have come before others that are told already, but not before so many.
        if (known > ENOUGH_KNOWN) break
      }
      this.#isTroubled = false
      return news.reverse().filter((event) => this.#isNew(event))
    } catch (error) {
      if (!(error instanceof ApiError) || !isTransient(error)) throw error
      if (!this.#isTroubled) log(`Trying again: ${error.message}`)
      this.#isTroubled = true
      return []
    }
  }

  #has(event: SessionEvent): boolean {
    const key = keyOf(event)
    return key !== undefined && this.#seen.has(key)
  }

  #isNew(event: SessionEvent): boolean {
    if (this.#has(event) || this.#source.history.ids.has(event.id ?? '')) return false
    const key = keyOf(event)
    if (key !== undefined) this.#seen.add(key)
    return true
  }
}

/** Some servers leave an event without an id (an interrupt, of the service itself); it cannot be told from another. */
function keyOf({ id, kind, processedAt }: SessionEvent): string | undefined {
  if (id === undefined) return undefined
  return kind === 'user-message' && processedAt === undefined ? `${id} queued` : id
}

const CUT = Symbol('cut')

type Next = SessionEvent | typeof CUT

/** The next event of a stream, or that it has ended. */
function takeNext(events: AsyncIterator<SessionEvent>): Promise<Next> {
  const next = events.next().then(
    ({ done, value }): Next => (done ? CUT : value),
    (error: unknown): Next => {
      if (error instanceof ConnectionError) return CUT
      throw error
    },
  )
  // It may fail when nobody waits for it any more.
  next.catch(() => undefined)
  return next
}

async function orQuiet(next: Promise<Next>, ms: number): Promise<Next | typeof QUIET> {
  const timer = new AbortController()
  const quiet = sleep(ms, QUIET, { signal: timer.signal }).catch((): typeof QUIET => QUIET)
  try {
    return await Promise.race([next, quiet])
  } finally {
    timer.abort()
  }
}
