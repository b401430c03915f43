import type { ServerResponse } from 'node:http'
import type { BetaManagedAgentsSessionEvent } from '@anthropic-ai/sdk/resources/beta/sessions/events'
import type { EventStream, StreamItem } from '../events/event-stream.ts'
import type { Fault } from '../faults/fault.ts'

/** Comments are sent this often, so that nothing in between takes the line for dead. */
const PING_MS = 15_000
const PING = ': ping\n\n'

/** Server-sent events, as the SDK reads them: it passes over whatever has no `event` line. */
export function sendEventStream(response: ServerResponse, stream: EventStream, fault: Fault | undefined): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
  response.write(PING)
  const pings = setInterval(() => response.write(PING), PING_MS)
  response.once('close', () => clearInterval(pings))
  const line = new StreamLine(response, fault, () => clearInterval(pings))
  stream.attach((item) => line.take(item))
}

/** Writes one stream, and lets its fault happen after the event that the fault names. */
class StreamLine {
  readonly #response: ServerResponse
  readonly #fault: Fault | undefined
  readonly #silence: () => void
  #written = 0
  #isOver = false

  constructor(response: ServerResponse, fault: Fault | undefined, silence: () => void) {
    this.#response = response
    this.#fault = fault
    this.#silence = silence
    this.#strike()
  }

  take(item: StreamItem): void {
    if (this.#isOver) return
    if (item === 'end') this.#end()
    else if (item === 'cut') this.#cut()
    else this.#write(item)
  }

  #write(event: BetaManagedAgentsSessionEvent): void {
    const text = messageOf(event, this.#fault)
    this.#response.write(this.#fault?.kind === 'duplicate-events' ? text + text : text)
    this.#written += 1
    this.#strike()
  }

  #strike(): void {
    if (this.#written < (this.#fault?.afterEvents ?? 0)) return
    switch (this.#fault?.kind) {
      case 'reset-mid-reply':
      case 'drop-stream':
        this.#cut()
        break
      case 'empty':
      case 'end-stream':
        this.#end()
        break
      case 'stall-stream':
        this.#isOver = true
        this.#silence()
    }
  }

  #end(): void {
    this.#isOver = true
    this.#response.end()
  }

  /** Ends the connection without the end of the body. Closed and not reset: a reset would overtake what has been written. */
  #cut(): void {
    this.#isOver = true
    const { socket } = this.#response
    this.#response.write(PING, () => socket?.destroySoon())
  }
}

function messageOf(event: BetaManagedAgentsSessionEvent, fault: Fault | undefined): string {
  const json = JSON.stringify(fault?.kind === 'wrong-shape' ? { status: 'ok' } : event)
  const data = fault?.kind === 'truncated-json' ? json.slice(0, json.length >> 1) : json
  return `event: ${event.type}\ndata: ${data}\n\n`
}
