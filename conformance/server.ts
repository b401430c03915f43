import { setTimeout as sleep } from 'node:timers/promises'

/** What a server answered. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Undefined where the body is not JSON. */
  readonly json: unknown
}

/** Says that the program has asked as much as it may. */
export class BudgetError extends Error {}

/** Says that there is no server, or none that speaks the API. */
export class NoServerError extends Error {}

export interface Ask {
  readonly beta?: boolean
  readonly query?: Readonly<Record<string, string | readonly string[]>>
  /** Over those that every request has; undefined leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly json?: unknown
  readonly form?: FormData
}

/** How the limits of a server showed. */
export type Limits = 'not met' | 'retry-after' | 'no retry-after'

const BETA = 'managed-agents-2026-04-01'
const REPLY_TIMEOUT_MS = 60_000
const MAX_WAIT_MS = 60_000
const ATTEMPTS = 5

/** One server, asked within a budget of requests. A request that meets a rate limit is made again. */
export class Server {
  readonly #baseUrl: string
  readonly #key: string
  readonly #maxRequests: number
  #signal: AbortSignal
  #requests = 0
  #isCleaning = false
  #limits: Limits = 'not met'

  constructor(baseUrl: string, key: string, maxRequests: number, signal: AbortSignal) {
    this.#baseUrl = baseUrl.replace(/\/+$/, '')
    this.#key = key
    this.#maxRequests = maxRequests
    this.#signal = signal
  }

  /** The key as a federated token is sent. */
  get bearer(): string {
    return `Bearer ${this.#key}`
  }

  get requests(): number {
    return this.#requests
  }

  get limits(): Limits {
    return this.#limits
  }

  /** From now on neither budget nor interruption counts. */
  beginCleaning(): void {
    this.#isCleaning = true
    this.#signal = new AbortController().signal
  }

  async ask(method: string, path: string, ask: Ask = {}): Promise<Reply> {
    for (let attempt = 1; ; attempt++) {
      const response = await this.#send(method, path, ask)
      const text = await response.text()
      if (response.status !== 429 || attempt >= ATTEMPTS)
        return { status: response.status, headers: response.headers, text, json: parse(text) }
      await this.#waitAsTold(response)
    }
  }

  /** The head of an answer whose body has no end. */
  async open(path: string): Promise<{ readonly status: number; readonly type: string }> {
    const response = await this.#send('GET', path, { beta: true, headers: { accept: 'text/event-stream' } })
    await response.body?.cancel()
    return { status: response.status, type: (response.headers.get('content-type') ?? '').split(';')[0] ?? '' }
  }

  async #waitAsTold({ headers }: Response): Promise<void> {
    const seconds = Number(headers.get('retry-after') ?? Number.NaN)
    this.#limits = headers.has('retry-after') ? 'retry-after' : 'no retry-after'
    await sleep(Math.min(seconds > 0 ? seconds * 1000 : 2_000, MAX_WAIT_MS), undefined, { signal: this.#signal })
  }

  async #send(method: string, path: string, { beta, query, headers, json, form }: Ask): Promise<Response> {
    if (!this.#isCleaning && this.#requests >= this.#maxRequests)
      throw new BudgetError(`the budget of ${this.#maxRequests} requests is used up (--max-requests)`)
    this.#requests += 1
    const all = {
      'x-api-key': this.#key,
      'anthropic-version': '2023-06-01',
      ...(beta === true ? { 'anthropic-beta': BETA } : {}),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    }
    const given = Object.entries(all).filter((header): header is [string, string] => header[1] !== undefined)
    try {
      return await fetch(`${this.#baseUrl}${path}${search(query)}`, {
        method,
        headers: given,
        body: json === undefined ? (form ?? null) : JSON.stringify(json),
        redirect: 'manual',
        signal: AbortSignal.any([this.#signal, AbortSignal.timeout(REPLY_TIMEOUT_MS)]),
      })
    } catch (error) {
      this.#signal.throwIfAborted()
      throw new NoServerError(`${method} ${path} got no answer from ${this.#baseUrl}: ${causeOf(error)}`)
    }
  }
}

function search(query: Ask['query'] = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : value.map((each) => [`${name}[]`, each]),
  )
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `fetch` hides what went wrong one or two errors deep. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message || error.name : causeOf(error.cause)
}
