import { pause } from '../stop/pause.ts'
import type { Stop } from '../stop/stop.ts'
import type { Schema } from '../text/json.ts'
import type { ApiRequest, Client, Credential, Headers } from './client.ts'
import { decodeReply } from './decode-reply.ts'
import { ApiError, mayHaveActed, StatusError } from './errors.ts'
import type { Gate } from './gate.ts'
import type { ReplyHead, StreamReply } from './reply.ts'
import { callOf } from './request.ts'
import { retryDelay } from './retry.ts'
import type { Send, Transport } from './transport.ts'

export interface ClientParts {
  readonly transport: Transport
  readonly credential: Credential
  readonly gate: Gate
  readonly stop: Stop
  /** How often a call is sent before it counts as failed. */
  readonly maxAttempts: number
  /** Of the console, until a reply names one. */
  readonly workspace?: string | undefined
  /** Is told once of each attempt that another one follows. */
  readonly log: (line: string) => void
  readonly debug: (line: string) => void
}

/** The version of the API that is spoken; all documents of the service up to now name it. */
const ANTHROPIC_VERSION = '2023-06-01'

export function createClient(parts: ClientParts): Client {
  return new HttpClient(parts)
}

type Queue = <T>(call: () => Promise<T>) => Promise<T>

/** Calls that got in each other's way are made one at a time from then on. */
type Company = 'with-others' | 'alone'

class HttpClient implements Client {
  readonly maxAttempts: number
  readonly #parts: ClientParts
  readonly #queue: Queue
  #workspace: string | undefined

  constructor(parts: ClientParts, queue: Queue = (call) => parts.gate.run(call)) {
    this.maxAttempts = parts.maxAttempts
    this.#parts = parts
    this.#queue = queue
    this.#workspace = parts.workspace
  }

  get workspace(): string | undefined {
    return this.#workspace
  }

  send<T>(request: ApiRequest, schema: Schema<T>): Promise<T> {
    return this.#inTurn(request, this.#parts.transport, (reply) => decodeReply(reply, schema))
  }

  stream<T>(request: ApiRequest, read: (reply: StreamReply) => Promise<T>): Promise<T> {
    return this.#inTurn(request, this.#parts.transport.stream, read)
  }

  #inTurn<R extends ReplyHead, T>(request: ApiRequest, send: Send<R>, read: (reply: R) => T | Promise<T>): Promise<T> {
    return this.#queue(() => this.#sendUntilDone(request, send, read))
  }

  async #sendUntilDone<R extends ReplyHead, T>(
    request: ApiRequest,
    send: Send<R>,
    read: (reply: R) => T | Promise<T>,
  ): Promise<T> {
    const { gate, credential } = this.#parts
    const { startNothingNew } = stopFor(request, this.#parts.stop)
    let company: Company = 'with-others'
    let refusedBefore = false
    for (let attempt = 1; ; attempt++) {
      await gate.waitForPause(startNothingNew)
      let signed: Headers = {}
      const once = async () => {
        const headers = this.#headersOf(request)
        signed = await credential.sign({ ...callOf(request), method: request.method, headers, body: request.body })
        return this.#sendOnce(request, send, { ...headers, ...signed })
      }
      try {
        const value = await read(await (company === 'alone' ? gate.alone(once) : once()))
        gate.wentWell()
        return value
      } catch (error) {
        if (error instanceof ApiError) this.#describe(error, attempt)
        if (!refusedBefore && isRefused(error) && credential.refused !== undefined) {
          refusedBefore = true
          credential.refused(signed)
          continue
        }
        await this.#holdBack(request, error, attempt)
        if (isConflict(error)) {
          company = 'alone'
          gate.slowDown(1)
        }
      }
    }
  }

  #headersOf(request: ApiRequest): Headers {
    const betas = [request.beta, this.#parts.credential.beta].filter((beta) => beta !== undefined)
    return {
      'anthropic-version': ANTHROPIC_VERSION,
      accept: request.accept ?? 'application/json',
      'user-agent': 'session-mount',
      ...(betas.length === 0 ? {} : { 'anthropic-beta': betas.join(',') }),
    }
  }

  #describe(error: ApiError, attempts: number): void {
    const { credential } = this.#parts
    const advice = error instanceof StatusError ? credential.advise?.(error) : undefined
    Object.assign(error, { attempts, credential: credential.description, advice })
  }

  async #sendOnce<R extends ReplyHead>(request: ApiRequest, send: Send<R>, headers: Headers): Promise<R> {
    const { credential, stop, debug } = this.#parts
    const start = performance.now()
    const told = (outcome: string) =>
      debug(`${request.method} ${request.path} ${outcome} in ${Math.round(performance.now() - start)} ms`)
    try {
      const reply = await send(request, headers, stopFor(request, stop).abortInFlight)
      told(String(reply.status))
      if (!credential.isOutsideConsole) this.#workspace = reply.workspaceId ?? this.#workspace
      return reply
    } catch (error) {
      told(error instanceof StatusError ? String(error.details.status) : 'failed')
      throw error
    }
  }

  /** A call that asks within another one's turn must not wait for its end. */
  async #isFinal({ isFinalConflict }: ApiRequest): Promise<boolean> {
    return (await isFinalConflict?.(new HttpClient(this.#parts, (call) => call()))) ?? false
  }

  /**
   * Waits before the next attempt, or throws the error if there is to be none. A limit that the service names holds for
   * all calls; anything else for this one only.
   */
  async #holdBack(request: ApiRequest, error: unknown, attempt: number): Promise<void> {
    const { gate, stop, log, maxAttempts } = this.#parts
    const delay = error instanceof ApiError ? retryDelay(error, request.repeat, attempt, maxAttempts) : undefined
    if (delay === undefined || !gate.allows(delay)) throw error
    if (isConflict(error) && (await this.#isFinal(request))) throw error
    if (mayHaveActed(error)) request.onLost?.()
    const reason = error instanceof Error ? error.message : String(error)
    if (isRateLimit(error)) {
      gate.pause(delay, reason)
      return
    }
    log(`Retrying in ${(delay / 1000).toFixed(1)} s (attempt ${attempt + 1} of ${maxAttempts}): ${reason}`)
    await pause(delay, stopFor(request, stop).startNothingNew)
  }
}

/** A call may be given up before the run is. */
function stopFor({ signal }: ApiRequest, stop: Stop): Stop {
  if (signal === undefined) return stop
  return {
    startNothingNew: AbortSignal.any([stop.startNothingNew, signal]),
    abortInFlight: AbortSignal.any([stop.abortInFlight, signal]),
  }
}

function isRefused(error: unknown): boolean {
  return error instanceof StatusError && error.details.status === 401
}

/** Another change to the same session was under way (409, documented). */
function isConflict(error: unknown): boolean {
  return error instanceof StatusError && error.details.status === 409
}

function isRateLimit(error: unknown): boolean {
  return error instanceof StatusError && (error.details.status === 429 || error.details.status === 529)
}
