import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { Reply } from './replies.ts'

/** One request as it came over the wire. */
export interface RecordedRequest {
  readonly method: string
  /** Path and query, as sent. */
  readonly target: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** A server that writes down what it is sent and answers as it is told. */
export class Recorder {
  readonly #server: Server
  #requests: RecordedRequest[] = []
  #replies: Reply[] = []

  private constructor() {
    this.#server = createServer(async (request, response) => {
      const body = await buffer(request)
      this.#requests.push({ method: request.method ?? '', target: request.url ?? '', headers: request.headers, body })
      const reply = this.#replies.shift()
      // 400 is what neither client repeats.
      response.writeHead(reply === undefined ? 400 : 200, { 'content-type': 'application/json' })
      response.end(
        JSON.stringify(reply ?? { type: 'error', error: { type: 'invalid_request_error', message: 'more' } }),
      )
    })
  }

  static async start(): Promise<Recorder> {
    const recorder = new Recorder()
    await once(recorder.#server.listen(0, '127.0.0.1'), 'listening')
    return recorder
  }

  get baseUrl(): URL {
    const { port } = this.#server.address() as AddressInfo
    return new URL(`http://127.0.0.1:${port}`)
  }

  /** What `call` sends, each request being answered with the next of `replies`. */
  async record(replies: readonly Reply[], call: () => Promise<unknown>): Promise<readonly RecordedRequest[]> {
    this.#requests = []
    this.#replies = [...replies]
    await call()
    return this.#requests
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await once(this.#server.close(), 'close')
  }
}
