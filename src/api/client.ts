import { pause } from '../stop/pause.ts'
import type { Stop } from '../stop/stop.ts'
import { ApiError, mayHaveActed, ReplyError, StatusError } from './errors.ts'
import type { Gate } from './gate.ts'
import { type ApiRequest, EVENT_STREAM } from './request.ts'
import { retryDelay } from './retry.ts'
import type { Reply, ReplyHead, Send, StreamReply, Transport } from './transport.ts'

/** As whom to call. `headers` is asked before each attempt. */
export interface Credential {
  /** For the log; holds no part of the secret. */
  readonly description: string
  /** A beta that calls with this credential need. */
  readonly beta?: string
  headers(): Promise<Readonly<Record<string, string>>>
  /** Told that these headers were answered with 401. Where it is there, the call is sent once more. */
  refused?(headers: Readonly<Record<string, string>>): void
}

/** Carries out calls of the API: credentials, retries, the gate. Endpoints are functions that take one of these. */
export interface Client {
  /** How often a call is sent before it counts as failed. */
  readonly maxAttempts: number
  /**
   * @param decode checks and picks what is needed of the JSON; undefined means that it is not there
   * @throws ApiError, Interrupted, or what the body's source throws
   */
  send<T>(request: ApiRequest, decode: (json: unknown) => T | undefined): Promise<T>
  /**
   * @param read takes the body as it comes; asked anew for each attempt, also after a body that broke off half-way
   * @throws ApiError, Interrupted, or what `read` throws
   */
  stream<T>(request: ApiRequest, read: (reply: StreamReply) => Promise<T>): Promise<T>
  /**
   * Opens a stream of events; once it is there, the gate takes no notice of it any more.
   * @param signal ends it
   * @throws as `send` does
   */
  open(request: ApiRequest, signal: AbortSignal): Promise<StreamReply>
}

/** What a client is made of. */
export interface ClientParts {
  readonly transport: Transport
  readonly credential: Credential
  readonly gate: Gate
  readonly stop: Stop
  /** How often a call is sent before it counts as failed. */
  readonly maxAttempts: number
  readonly debug: (line: string) => void
}

/** The version of the API that is spoken; all documents of the service up to now name it. */
const ANTHROPIC_VERSION = '2023-06-01'

export function apiKey(key: string): Credential {
  return { description: 'API key', headers: async () => ({ 'x-api-key': key }) }
}

export function createClient(parts: ClientParts): Client {
  const { transport, gate, stop, maxAttempts } = parts
  return {
    maxAttempts,
    send: (request, decode) =>
      gate.run(() => sendUntilDone(parts, request, transport, (reply) => decodeReply(reply, decode))),
    stream: (request, read) => gate.run(() => sendUntilDone(parts, request, transport.stream, read)),
    open(request, signal) {
      const both = AbortSignal.any([stop.abortInFlight, signal])
      const stream: Send<StreamReply> = (each, headers) => transport.stream(each, headers, both)
      return gate.run(() => sendUntilDone(parts, request, stream, checkStream))
    },
  }
}

async function sendUntilDone<R extends ReplyHead, T>(
  parts: ClientParts,
  request: ApiRequest,
  send: Send<R>,
  read: (reply: R) => T | Promise<T>,
): Promise<T> {
  const { gate, stop, credential } = parts
  let renewed = false
  let inTheWay = false
  for (let attempt = 1; ; attempt++) {
    await gate.waitForPause(stop.startNothingNew)
    const authorization = await credential.headers()
    const once = () => sendOnce(parts, request, send, authorization)
    try {
      const value = await read(await (inTheWay ? gate.alone(once) : once()))
      gate.wentWell()
      return value
    } catch (error) {
      inTheWay ||= isConflict(error)
      if (inTheWay) gate.slowDown(1)
      if (!renewed && renews(credential, authorization, error)) renewed = true
      else await holdBack(parts, request, error, attempt)
    }
  }
}

/** Another change to the same session was under way (409, documented); such calls are better made one at a time. */
function isConflict(error: unknown): boolean {
  return error instanceof StatusError && error.details.status === 409
}

/** Whether the credential was refused and can be another one the next time. */
function renews(credential: Credential, headers: Readonly<Record<string, string>>, error: unknown): boolean {
  if (!(error instanceof StatusError) || error.details.status !== 401) return false
  credential.refused?.(headers)
  return credential.refused !== undefined
}

async function sendOnce<R extends ReplyHead>(
  parts: ClientParts,
  request: ApiRequest,
  send: Send<R>,
  authorization: Readonly<Record<string, string>>,
): Promise<R> {
  const betas = [request.beta, parts.credential.beta].filter((beta) => beta !== undefined)
  const headers = {
    'anthropic-version': ANTHROPIC_VERSION,
    accept: request.accept ?? 'application/json',
    'user-agent': 'session-mount',
    ...(betas.length === 0 ? {} : { 'anthropic-beta': betas.join(',') }),
    ...authorization,
  }
  const start = performance.now()
  const reply = await send(request, headers, parts.stop.abortInFlight)
  parts.debug(
    `${reply.call.method} ${reply.call.target} ${reply.status} in ${Math.round(performance.now() - start)} ms`,
  )
  return reply
}

/**
 * Waits before the next attempt, or throws the error if there is to be none. A limit that the service names holds for
 * all calls; anything else for this one only.
 */
async function holdBack(parts: ClientParts, request: ApiRequest, error: unknown, attempt: number): Promise<void> {
  const delay = error instanceof ApiError ? retryDelay(error, request.repeat, attempt, parts.maxAttempts) : undefined
  if (delay === undefined || !parts.gate.allows(delay)) throw error
  if (mayHaveActed(error)) request.onLost?.()
  const reason = error instanceof Error ? error.message : String(error)
  if (error instanceof StatusError && (error.details.status === 429 || error.details.status === 529)) {
    parts.gate.pause(delay, reason)
    return
  }
  parts.debug(`again in ${Math.round(delay)} ms: ${reason}`)
  await pause(delay, parts.stop.startNothingNew)
}

/** A proxy's or a portal's page is no stream. */
async function checkStream(reply: StreamReply): Promise<StreamReply> {
  if (reply.contentType.startsWith(EVENT_STREAM)) return reply
  let text = ''
  for await (const chunk of reply.chunks) {
    text = Buffer.from(chunk).toString()
    break
  }
  throw new ReplyError(reply.call, { ...reply, text }, 'which is no stream of events')
}

function decodeReply<T>(reply: Reply, decode: (json: unknown) => T | undefined): T {
  let json: unknown
  try {
    json = JSON.parse(reply.text)
  } catch {
    throw new ReplyError(reply.call, reply, 'which is not JSON (is a proxy or a login page in between?)')
  }
  const value = decode(json)
  if (value === undefined) throw new ReplyError(reply.call, reply, 'which lacks what this call needs')
  return value
}
