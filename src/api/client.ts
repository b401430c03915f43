import { ApiError, mayHaveActed, ReplyError, StatusError } from './errors.ts'
import type { Gate } from './gate.ts'
import { pause } from './pause.ts'
import type { ApiRequest } from './request.ts'
import { retryDelay } from './retry.ts'
import type { Reply, Transport } from './transport.ts'

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
  let renewed = false
  for (let attempt = 1; ; attempt++) {
    await parts.gate.open(parts.signal)
    const authorization = await parts.credential.headers()
    try {
      return decodeReply(await sendOnce(parts, request, authorization), decode)
    } catch (error) {
      if (!renewed && renews(parts.credential, authorization, error)) renewed = true
      else await holdBack(parts, request, error, attempt)
    }
  }
}

/** Whether the credential was refused and can be another one the next time. */
function renews(credential: Credential, headers: Readonly<Record<string, string>>, error: unknown): boolean {
  if (!(error instanceof StatusError) || error.details.status !== 401) return false
  credential.refused?.(headers)
  return credential.refused !== undefined
}

async function sendOnce(
  parts: ClientParts,
  request: ApiRequest,
  authorization: Readonly<Record<string, string>>,
): Promise<Reply> {
  const betas = [request.beta, parts.credential.beta].filter((beta) => beta !== undefined)
  const headers = {
    'anthropic-version': ANTHROPIC_VERSION,
    accept: 'application/json',
    'user-agent': 'session-mount',
    ...(betas.length === 0 ? {} : { 'anthropic-beta': betas.join(',') }),
    ...authorization,
  }
  const start = performance.now()
  const reply = await parts.transport(request, headers, parts.signal)
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
  const delay = error instanceof ApiError ? retryDelay(error, request.repeat, attempt, Math.random()) : undefined
  if (delay === undefined) throw error
  if (mayHaveActed(error)) request.onLost?.()
  const reason = error instanceof Error ? error.message : String(error)
  if (error instanceof StatusError && (error.details.status === 429 || error.details.status === 529)) {
    parts.gate.pause(delay, reason)
    return
  }
  parts.debug(`again in ${Math.round(delay)} ms: ${reason}`)
  await pause(delay, parts.signal)
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
