import type { IncomingMessage } from 'node:http'
import type { FaultKind } from '../faults/fault.ts'
import { parametersOf, splitTarget } from './query.ts'
import type { Upload } from './upload.ts'

/** One request as it came in. Secrets are kept as sent, so that tests can see where they went. */
export interface JournalEntry {
  /** From 1, in the order of arrival. */
  readonly n: number
  /** Milliseconds since the start. */
  readonly at: number
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, readonly string[]>>
  readonly headers: Readonly<Record<string, string>>
  /** Null until the reply has been sent, and for ever if the request was cut. */
  readonly status: number | null
  readonly requestId: string
  /** The fault that struck it, if one did. */
  readonly fault?: FaultKind
  readonly body?: unknown
  readonly upload?: {
    readonly filename: string | undefined
    readonly contentType: string
    readonly sizeBytes: number
    readonly sha256: string
    readonly fields: Readonly<Record<string, string>>
  }
}

export class Journal {
  #entries: JournalEntry[] = []
  #start = performance.now()

  entries(): readonly JournalEntry[] {
    return [...this.#entries]
  }

  clear(): void {
    this.#entries = []
    this.#start = performance.now()
  }

  /** Writes the request down before anything is done about it. */
  open(request: IncomingMessage, requestId: string, fault: FaultKind | undefined): JournalLine {
    const { path, search } = splitTarget(request.url)
    return new JournalLine(this.#entries, {
      n: this.#entries.length + 1,
      at: Math.round(performance.now() - this.#start),
      method: request.method ?? '',
      path,
      query: parametersOf(new URLSearchParams(search)),
      headers: plainHeaders(request),
      status: null,
      requestId,
      ...(fault === undefined ? {} : { fault }),
    })
  }
}

/** Completes its entry in the journal it was opened in, also when that journal has been cleared since. */
class JournalLine {
  readonly #entries: JournalEntry[]
  readonly #index: number

  constructor(entries: JournalEntry[], entry: JournalEntry) {
    this.#entries = entries
    this.#index = entries.push(entry) - 1
  }

  body(body: unknown): void {
    this.#add({ body })
  }

  upload({ filename, contentType, blob, fields }: Upload): void {
    this.#add({ upload: { filename, contentType, sizeBytes: blob.sizeBytes, sha256: blob.sha256, fields } })
  }

  status(status: number): void {
    this.#add({ status })
  }

  #add(more: Partial<JournalEntry>): void {
    const entry = this.#entries[this.#index]
    if (entry !== undefined) this.#entries[this.#index] = { ...entry, ...more }
  }
}

export type { JournalLine }

const plainHeaders = (request: IncomingMessage): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(request.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]))
