import type { BetaManagedAgentsSessionEvent } from '@anthropic-ai/sdk/resources/beta/sessions/events'

/** What happens on a stream: an event, its end, or its being cut. */
export type StreamItem = BetaManagedAgentsSessionEvent | 'end' | 'cut'

type Sink = (item: StreamItem) => void

/** After these nothing more can come. */
const LAST: readonly string[] = ['session.deleted', 'session.status_terminated']

/** One open stream. It is open before its reply has been sent: what happens in between waits here. */
export class EventStream {
  readonly #waiting: StreamItem[] = []
  #sink: Sink | undefined
  readonly #leave: () => void

  constructor(leave: () => void) {
    this.#leave = leave
  }

  push(item: StreamItem): void {
    if (this.#sink === undefined) this.#waiting.push(item)
    else this.#sink(item)
  }

  /** From now on everything goes to `sink`, first what has waited. */
  attach(sink: Sink): void {
    this.#sink = sink
    for (const item of this.#waiting.splice(0)) sink(item)
  }

  close(): void {
    this.#leave()
  }
}

/** The open streams of all sessions. Documented: no replay, a stream carries what happens after it was opened. */
export class EventStreams {
  readonly #open = new Map<string, Set<EventStream>>()
  readonly #last = new Map<string, BetaManagedAgentsSessionEvent>()

  open(sessionId: string): EventStream {
    const streams = this.#open.get(sessionId) ?? new Set()
    this.#open.set(sessionId, streams)
    const stream = new EventStream(() => streams.delete(stream))
    streams.add(stream)
    return stream
  }

  publish(sessionId: string, event: BetaManagedAgentsSessionEvent): void {
    this.#last.set(sessionId, event)
    this.#push(sessionId, event)
    if (LAST.includes(event.type)) this.end(sessionId)
  }

  /** Delivers the last event once more. */
  repeat(sessionId: string): void {
    const event = this.#last.get(sessionId)
    if (event !== undefined) this.#push(sessionId, event)
  }

  end(sessionId: string): void {
    this.#finish(sessionId, 'end')
  }

  cut(sessionId: string): void {
    this.#finish(sessionId, 'cut')
  }

  clear(): void {
    for (const sessionId of [...this.#open.keys()]) this.end(sessionId)
    this.#last.clear()
  }

  #finish(sessionId: string, how: 'end' | 'cut'): void {
    this.#push(sessionId, how)
    this.#open.delete(sessionId)
  }

  #push(sessionId: string, item: StreamItem): void {
    for (const stream of this.#open.get(sessionId) ?? []) stream.push(item)
  }
}
