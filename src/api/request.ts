import type { Client } from './client.ts'
import type { Repeat } from './retry.ts'

/** A part of a query: several values become `name[]=a&name[]=b`, as the SDK sends them. */
export type QueryValue = string | number | boolean | readonly string[] | undefined

/** A body that can be produced anew for each attempt. */
export interface RequestBody {
  readonly contentType: string
  /** In bytes. */
  readonly length: number
  open(): string | AsyncIterable<Uint8Array>
}

/** Needed on sessions, their resources and events, and to list files by session (documented). */
export const MANAGED_AGENTS_BETA = 'managed-agents-2026-04-01'

/** One call of the API. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** From the base URL, with path parameters already encoded. */
  readonly path: string
  readonly query?: Readonly<Record<string, QueryValue>>
  readonly beta?: typeof MANAGED_AGENTS_BETA
  /** The media type of the answer; JSON if not given. */
  readonly accept?: 'application/binary'
  readonly body?: RequestBody
  readonly repeat: Repeat
  /** Called when it is not known whether an attempt was carried out, and another one follows. */
  readonly onLost?: (() => void) | undefined
  /**
   * Asked after a 409 whether it is one that another attempt will meet, too. Without it, all are taken for the passing kind:
   * another change to the same session was under way.
   * @param client for what has to be asked; its calls wait for no others
   */
  readonly isFinalConflict?: (client: Client) => Promise<boolean>
  /** How long the server may stay silent, in milliseconds. */
  readonly timeoutMs?: number
  /** Gives this call up, its retries and pauses with it. */
  readonly signal?: AbortSignal | undefined
}

/** What a caller may say of a read. */
export type ReadOptions = Partial<Pick<ApiRequest, 'repeat' | 'signal'>>

export function jsonBody(value: unknown): RequestBody {
  const text = JSON.stringify(value)
  return { contentType: 'application/json', length: Buffer.byteLength(text), open: () => text }
}

/** Path and query of a request. Ids in paths are encoded, so that none can leave its segment. */
export function targetOf(request: ApiRequest): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value === undefined) continue
    if (typeof value === 'object') for (const each of value) query.append(`${name}[]`, each)
    else query.append(name, String(value))
  }
  return query.size === 0 ? request.path : `${request.path}?${query}`
}
