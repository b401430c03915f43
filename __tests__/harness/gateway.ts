import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'

/** A request, and what the server behind has answered to it. */
interface Exchange {
  readonly method: string
  /** Path and query. */
  readonly target: string
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** What to answer instead; an iterable is sent for as long as somebody reads it. */
interface Instead {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer | Iterable<string>
}

/** What it returns a promise of is held back until then. */
export type Change = (exchange: Exchange) => Instead | undefined | Promise<Instead | undefined>

/** A server in front of another that changes what it answers, as gateways and other implementations do. */
export class Gateway {
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
  }

  /** @param redirect what is asked for instead of a path and query */
  static async start(upstream: string, change: Change, redirect = (target: string) => target): Promise<Gateway> {
    const server = createServer((request, response) => {
      const { method = 'GET', url: target = '/', headers } = request
      const forwarded = httpRequest(`${upstream}${redirect(target)}`, { method, headers }, async (answer) => {
        const body = Buffer.concat(await Array.fromAsync(answer))
        const status = answer.statusCode ?? 502
        const instead = (await change({ method, target, status, headers: answer.headers, body })) ?? {}
        const { 'content-length': _, 'transfer-encoding': __, ...kept } = answer.headers
        response.writeHead(instead.status ?? status, { ...kept, ...instead.headers })
        const sent = instead.body ?? body
        // Whoever has seen enough hangs up.
        response.on('error', () => {})
        if (typeof sent === 'string' || Buffer.isBuffer(sent)) response.end(sent)
        else
          Readable.from(sent)
            .on('error', () => {})
            .pipe(response)
      })
      forwarded.on('error', () => response.destroy())
      request.pipe(forwarded)
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    return new Gateway(server)
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }
}

/** Changes the JSON of the replies whose `METHOD path` matches, if they went well. */
export function changeJson(request: RegExp, change: (json: Record<string, unknown>) => object): Change {
  return ({ method, target, status, body }) => {
    if (status !== 200 || !request.test(`${method} ${target.replace(/\?.*/, '')}`)) return undefined
    return { body: JSON.stringify(change(JSON.parse(body.toString()))) }
  }
}

const LIST = /^\/v1\/(files|sessions|sessions\/[^/]+\/(resources|events))$/

/**
 * Lists come in pages of two, and each page begins with the last entry of the one before, as from a server that counts
 * entries while others add some.
 */
export function openOverlappingPages(upstream: string): Promise<Gateway> {
  const lastBefore = new Map<string | null, unknown>()
  const change: Change = ({ method, target, status, body }) => {
    const { pathname, searchParams } = new URL(target, upstream)
    if (method !== 'GET' || status !== 200 || !LIST.test(pathname)) return undefined
    const { data, next_page: next, ...more } = JSON.parse(body.toString()) as { data: object[]; next_page?: string }
    const before = lastBefore.get(searchParams.get('page'))
    if (typeof next === 'string') lastBefore.set(next, data.at(-1))
    return { body: JSON.stringify({ ...more, data: before === undefined ? data : [before, ...data], next_page: next }) }
  }
  return Gateway.start(upstream, change, (target) => {
    const url = new URL(target, upstream)
    if (LIST.test(url.pathname)) url.searchParams.set('limit', '2')
    return `${url.pathname}${url.search}`
  })
}
