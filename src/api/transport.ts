import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import httpRequest from 'undici/lib/api/api-request.js'
import { asObject, asText, parseJson } from '../json.ts'
import { connectionKind } from './connection-kind.ts'
import { openDispatcher } from './dispatcher.ts'
import { type CallName, ConnectionError, type StatusDetails, StatusError } from './errors.ts'
import { type ApiRequest, targetOf } from './request.ts'
import { retryAfter } from './retry.ts'

/** A successful answer, not yet decoded. */
export interface Reply {
  readonly call: CallName
  readonly status: number
  readonly contentType: string
  readonly text: string
}

/** Sends one request once. @throws StatusError, ConnectionError, Interrupted, or what the body's source throws */
export type Transport = (
  request: ApiRequest,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
) => Promise<Reply>

const SILENCE_TIMEOUT_MS = 60_000

/** Real HTTP, with connections kept open between calls. Redirects are not followed: they would carry the credential. */
export async function openTransport(
  baseUrl: URL,
  connections: number,
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly transport: Transport; close(): Promise<void> }> {
  const dispatcher = await openDispatcher(baseUrl, connections, env)
  const basePath = baseUrl.pathname.replace(/\/+$/, '')
  return {
    transport: (request, headers, signal) =>
      send(dispatcher, { origin: baseUrl.origin, path: `${basePath}${targetOf(request)}` }, request, headers, signal),
    close: () => dispatcher.destroy(),
  }
}

async function send(
  dispatcher: Dispatcher,
  address: { readonly origin: string; readonly path: string },
  request: ApiRequest,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Reply> {
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
      bodyTimeout: timeout,
    })
    const text = await answer.body.text()
    if (answer.statusCode < 200 || answer.statusCode > 299) {
      throw statusError(call, answer.statusCode, answer.headers, text)
    }
    return { call, status: answer.statusCode, contentType: single(answer.headers['content-type']) ?? 'no type', text }
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
  if (!(error instanceof Error) || error instanceof StatusError || code === undefined) return error
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
