import { setTimeout as sleep } from 'node:timers/promises'
import { ApiError, Interrupted, mayHaveActed, ReplyError, StatusError } from './errors.ts'
import type { Gate } from './gate.ts'
import type { ApiRequest } from './request.ts'
import { retryDelay } from './retry.ts'
import type { Reply, Transport } from './transport.ts'

/** As whom to call. `headers` is asked before each attempt. */
export interface Credential {
  /** For the log; holds no part of the secret. */
  readonly description: string
  headers(): Promise<Readonly<Record<string, string>>>
}

/** Carries out calls of the API: credentials, retries, the gate. Endpoints are functions that take one of these. */
export interface Client {
  /**
   * @param decode checks and picks what is needed of the JSON; undefined means that it is not there
   * @throws ApiError, Interrupted, or what the body's source throws
   */
  send<T>(request: ApiRequest, decode: (json: unknown) => T | undefined): Promise<T>
}

/** What a client is made of. */
export interface ClientParts {
  readonly transport: Transport
  readonly credential: Credential
  readonly gate: Gate
  readonly signal: AbortSignal
  readonly debug: (line: string) => void
}

/** The version of the API that is spoken; all documents of the service up to now name it. */
const ANTHROPIC_VERSION = '2023-06-01'

export function apiKey(key: string): Credential {
  return { description: 'API key', headers: async () => ({ 'x-api-key': key }) }
}

export function createClient(parts: ClientParts): Client {
  return { send: (request, decode) => parts.gate.run(() => sendUntilDone(parts, request, decode)) }
}

async function sendUntilDone<T>(
  parts: ClientParts,
  request: ApiRequest,
  decode: (json: unknown) => T | undefined,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    await waitFor(parts.gate.open(parts.signal), parts.signal)
    try {
      return decodeReply(await sendOnce(parts, request), decode)
    } catch (error) {
      const delay = error instanceof ApiError ? retryDelay(error, request.repeat, attempt, Math.random()) : undefined
      if (delay === undefined) throw error
      if (mayHaveActed(error)) request.onLost?.()
      await holdBack(parts, error, delay)
    }
  }
}

async function sendOnce(parts: ClientParts, request: ApiRequest): Promise<Reply> {
  const headers = {
    'anthropic-version': ANTHROPIC_VERSION,
    accept: 'application/json',
    'user-agent': 'session-mount',
    ...(request.beta === undefined ? {} : { 'anthropic-beta': request.beta }),
    ...(await parts.credential.headers()),
  }
  const start = performance.now()
  const reply = await parts.transport(request, headers, parts.signal)
  parts.debug(
    `${reply.call.method} ${reply.call.target} ${reply.status} in ${Math.round(performance.now() - start)} ms`,
  )
  return reply
}

/** A limit that the service names holds for all calls; anything else for this one only. */
async function holdBack(parts: ClientParts, error: unknown, delay: number): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error)
  if (error instanceof StatusError && (error.details.status === 429 || error.details.status === 529)) {
    parts.gate.pause(delay, reason)
    return
  }
  parts.debug(`again in ${Math.round(delay)} ms: ${reason}`)
  await waitFor(sleep(delay, undefined, { signal: parts.signal }), parts.signal)
}

async function waitFor(wait: Promise<unknown>, signal: AbortSignal): Promise<void> {
  await wait.catch((error: unknown) => {
    throw signal.aborted ? new Interrupted() : error
  })
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
