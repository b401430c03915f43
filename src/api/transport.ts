import type { Readable } from 'node:stream'
import { isNativeError } from 'node:util/types'
import type { Dispatcher } from 'undici'
import httpRequest from 'undici/lib/api/api-request.js'
import { Interrupted } from '../stop/interrupted.ts'
import { readText } from './body.ts'
import type { ApiRequest, Headers } from './client.ts'
import { ConnectionError, type Phase } from './connection-error.ts'
import { type Opened, openDispatcher } from './dispatcher.ts'
import { ApiError, type CallName, StatusError, UnusableReplyError } from './errors.ts'
import { single } from './header.ts'
import { isId } from './id.ts'
import type { Reply, ReplyHead, StreamReply } from './reply.ts'
import { addressOf, callOf } from './request.ts'
import { statusDetails } from './status-details.ts'
import { isUnpackingError, UnknownCodingError, unpacked } from './unpack.ts'

/** Sends one request once. @throws ApiError, Interrupted, or what the body's source throws */
export type Send<R extends ReplyHead> = (request: ApiRequest, headers: Headers, signal: AbortSignal) => Promise<R>

export interface Transport extends Send<Reply> {
  readonly stream: Send<StreamReply>
}

const SILENCE_TIMEOUT_MS = 60_000

/** The service itself takes 32 MB of JSON at most (documented); a refusal is a few lines. */
const MAX_JSON_BYTES = 32 * 1024 * 1024
const MAX_REFUSAL_BYTES = 64 * 1024

/** Real HTTP, with connections kept open between calls. Redirects are not followed: they would carry the credential. */
export async function openTransport(
  baseUrl: URL,
  connections: number,
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly transport: Transport; close(): Promise<void> }> {
  const opened = await openDispatcher(baseUrl, connections, env)
  const transport: Send<Reply> = async (request, headers, signal) => {
    const exchange = new Exchange(request, signal, opened)
    return exchange.guard(async () => {
      const { head, content } = await exchange.send(baseUrl, headers)
      const { text, isWhole } = await readText(content, MAX_JSON_BYTES)
      if (isWhole) return { ...head, text }
      throw new UnusableReplyError(head.call, `answered ${head.status} with ${head.contentType}, more than 32 MB of it`)
    })
  }
  const stream: Send<StreamReply> = async (request, headers, signal) => {
    const exchange = new Exchange(request, signal, opened)
    const { head, content } = await exchange.guard(() => exchange.send(baseUrl, headers))
    return { ...head, chunks: exchange.chunksOf(content) }
  }
  return { transport: Object.assign(transport, { stream }), close: () => opened.dispatcher.destroy() }
}

/** One request on its way. */
class Exchange {
  readonly #request: ApiRequest
  readonly #call: CallName
  readonly #signal: AbortSignal
  readonly #opened: Opened
  #phase: Phase = 'connecting'
  #coding = ''

  constructor(request: ApiRequest, signal: AbortSignal, opened: Opened) {
    this.#request = request
    this.#call = callOf(request)
    this.#signal = signal
    this.#opened = opened
  }

  /** Sends the request; the body of the answer is unpacked, and still to be read. @throws StatusError */
  async send(baseUrl: URL, headers: Headers): Promise<{ readonly head: ReplyHead; readonly content: Readable }> {
    const request = this.#request
    const timeout = request.timeoutMs ?? SILENCE_TIMEOUT_MS
    const { origin, pathname, search } = addressOf(baseUrl, this.#call.target)
    const answer = await httpRequest.call(this.#noticing(), {
      origin,
      path: `${pathname}${search}`,
      method: request.method,
      headers: { ...headers, ...contentHeaders(request) },
      body: bodyOf(request),
      signal: this.#signal,
      headersTimeout: timeout,
      bodyTimeout: timeout,
    })
    const { statusCode: status, headers: fields } = answer
    const contentType = single(fields['content-type']) ?? 'no type'
    this.#coding = single(fields['content-encoding']) ?? ''
    const content = await unpacked(answer.body, this.#coding)
    if (status < 200 || status > 299) {
      const { text } = await readText(content, MAX_REFUSAL_BYTES)
      throw new StatusError(this.#call, statusDetails(status, fields, text, Date.now()))
    }
    const workspaceId = single(fields['anthropic-workspace-id'])
    const isKnown = workspaceId !== undefined && isId(workspaceId)
    return { head: { call: this.#call, status, contentType, workspaceId: isKnown ? workspaceId : undefined }, content }
  }

  async *chunksOf(content: Readable): AsyncGenerator<Uint8Array> {
    try {
      yield* content
    } catch (error) {
      throw this.#explain(error)
    }
  }

  async guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw this.#explain(error)
    }
  }

  /** undici tells a request's handler when it has a connection, just before it writes the first byte. */
  #noticing(): Dispatcher {
    const dispatch: Dispatcher['dispatch'] = (options, handler) => {
      const start = handler.onRequestStart
      handler.onRequestStart = (...args) => {
        this.#phase = 'sent'
        start?.apply(handler, args)
      }
      return this.#opened.dispatcher.dispatch(options, handler)
    }
    return { dispatch } as Dispatcher
  }

  #explain(error: unknown): unknown {
    if (this.#signal.aborted) return this.#stopped(this.#signal.reason)
    if (error instanceof ApiError) return error
    if (error instanceof UnknownCodingError) return new UnusableReplyError(this.#call, `the reply is ${error.message}`)
    const code = (error as NodeJS.ErrnoException | undefined)?.code
    // Errors without a code of the network's come from the body's source (a file that changed) or are our own.
    // The network's come from Node itself, and are not always of the same realm as `Error` here.
    if (!isNativeError(error) || code === undefined) return error
    const cause = isUnpackingError(code) ? new Error(`unpacking ${this.#coding}: ${error.message}`) : error
    return new ConnectionError(this.#call, code, { phase: this.#phase, atProxy: this.#opened.isAtProxy(error) }, cause)
  }

  /** What was stopped before it had left has certainly not acted. */
  #stopped(reason: unknown): unknown {
    return reason instanceof Interrupted && this.#phase === 'connecting'
      ? new Interrupted(reason.message, 'no')
      : reason
  }
}

function contentHeaders({ body }: ApiRequest): Headers {
  return body === undefined ? {} : { 'content-type': body.contentType, 'content-length': String(body.length) }
}

/**
 * undici takes any async iterable, though its types name streams only, and asks for the next chunk when the socket has
 * taken the last one (its `writeIterable` waits for `drain`); sources that use a buffer again rely on that.
 */
function bodyOf({ body }: ApiRequest): string | Readable | null {
  return (body?.open() ?? null) as string | Readable | null
}
