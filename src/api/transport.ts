import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { isNativeError } from 'node:util/types'
import type { Dispatcher } from 'undici'
import httpRequest from 'undici/lib/api/api-request.js'
import { asObject, asText, parseJson } from '../text/json.ts'
import { connectionKind } from './connection-kind.ts'
import { openDispatcher } from './dispatcher.ts'
import { type CallName, ConnectionError, type StatusDetails, StatusError } from './errors.ts'
import { type ApiRequest, EVENT_STREAM, targetOf } from './request.ts'
import { retryAfter } from './retry.ts'

/** The head of a successful answer. */
export interface ReplyHead {
  readonly call: CallName
  readonly status: number
  readonly contentType: string
}

/** A successful answer, not yet decoded. */
export interface Reply extends ReplyHead {
  readonly text: string
}

/** A successful answer whose body comes bit by bit, for as long as the server likes; it may be silent in between. */
export interface StreamReply extends ReplyHead {
  /** Throws ConnectionError or Interrupted when it is cut. To leave it early closes the connection. */
  readonly chunks: AsyncIterable<Uint8Array>
}

/** Sends one request once. @throws StatusError, ConnectionError, Interrupted, or what the body's source throws */
export type Send<R extends ReplyHead> = (
  request: ApiRequest,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
) => Promise<R>

export interface Transport extends Send<Reply> {
  readonly stream: Send<StreamReply>
}

const SILENCE_TIMEOUT_MS = 60_000

/** Real HTTP, with connections kept open between calls. Redirects are not followed: they would carry the credential. */
export async function openTransport(
  baseUrl: URL,
  connections: number,
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly transport: Transport; close(): Promise<void> }> {
  // One more than there are calls at a time: a stream keeps its own.
  const dispatcher = await openDispatcher(baseUrl, connections + 1, env)
  const basePath = baseUrl.pathname.replace(/\/+$/, '')
  const address = (request: ApiRequest) => ({ origin: baseUrl.origin, path: `${basePath}${targetOf(request)}` })
  const transport: Send<Reply> = (request, headers, signal) =>
    exchange(dispatcher, address(request), request, headers, signal, async (head, body) => ({
      ...head,
      text: await body.text(),
    }))
  const stream: Send<StreamReply> = (request, headers, signal) =>
    exchange(dispatcher, address(request), request, headers, signal, async (head, body) => ({
      ...head,
      chunks: chunksOf(head.call, body, signal),
    }))
  return { transport: Object.assign(transport, { stream }), close: () => dispatcher.destroy() }
}

type Body = Dispatcher.ResponseData['body']

async function exchange<R>(
  dispatcher: Dispatcher,
  address: { readonly origin: string; readonly path: string },
  request: ApiRequest,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  reply: (head: ReplyHead, body: Body) => Promise<R>,
): Promise<R> {
  const call: CallName = { method: request.method, target: targetOf(request) }
  const timeout = request.timeoutMs ?? SILENCE_TIMEOUT_MS
  try {
    const answer = await httpRequest.call(dispatcher, {
      ...address,
      method: request.method,
      headers: { ...headers, ...contentHeaders(request) },
      body: bodyOf(request),
      signal,
      headersTimeout: timeout,
      // Whoever reads a stream decides how long it may be silent.
      bodyTimeout: request.accept === EVENT_STREAM ? 0 : timeout,
    })
    if (answer.statusCode < 200 || answer.statusCode > 299) {
      throw statusError(call, answer.statusCode, answer.headers, await answer.body.text())
    }
    const contentType = single(answer.headers['content-type']) ?? 'no type'
    return await reply({ call, status: answer.statusCode, contentType }, answer.body)
  } catch (error) {
    if (signal.aborted) throw signal.reason
    throw connectionError(call, error)
  }
}

async function* chunksOf(call: CallName, body: Body, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (error) {
    if (signal.aborted) throw signal.reason
    throw connectionError(call, error)
  }
}

function contentHeaders({ body }: ApiRequest): Record<string, string> {
  return body === undefined ? {} : { 'content-type': body.contentType, 'content-length': String(body.length) }
}

/**
 * undici takes any async iterable, though its types name streams only, and asks for the next chunk when the socket has
 * taken the last one (its `writeIterable` waits for `drain`); sources that use a buffer again rely on that.
 */
function bodyOf({ body }: ApiRequest): string | Readable | null {
  return (body?.open() ?? null) as string | Readable | null
}

function connectionError(call: CallName, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  // Errors without a code of the network's come from the body's source (a file that changed) or are our own.
  // The network's come from Node itself, and are not always of the same realm as `Error` here.
  if (!isNativeError(error) || error instanceof StatusError || code === undefined) return error
  return new ConnectionError(call, code, connectionKind(code, error), error)
}

function statusError(call: CallName, status: number, headers: IncomingHttpHeaders, text: string): StatusError {
  const envelope = parseEnvelope(text)
  return new StatusError(call, {
    status,
    type: envelope.type,
    code: envelope.code,
    message: envelope.message ?? (text.trim() === '' ? undefined : text.trim().slice(0, 200)),
    requestId: single(headers['request-id']) ?? envelope.requestId,
    isForeign: text.trim() !== '' && asObject(parseJson(text)) === undefined,
    retryAfterMs: retryAfter(
      { 'retry-after-ms': single(headers['retry-after-ms']), 'retry-after': single(headers['retry-after']) },
      Date.now(),
    ),
  })
}

/** The documented envelope, or `{"error": "text"}` as another server sends it. */
function parseEnvelope(text: string): Pick<StatusDetails, 'type' | 'code' | 'message' | 'requestId'> {
  const body = asObject(parseJson(text))
  const error = asObject(body?.error)
  return {
    type: asText(error?.type),
    code: asText(asObject(error?.details)?.error_code),
    message: asText(error?.message) ?? asText(body?.error),
    requestId: asText(body?.request_id),
  }
}

function single(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0]
}
