import type { Schema } from '../text/json.ts'
import type { StatusError } from './errors.ts'
import type { StreamReply } from './reply.ts'
import type { Repeat } from './retry.ts'

/** A part of a query: several values become `name[]=a&name[]=b`, as the SDK sends them. */
type QueryValue = string | number | boolean | readonly string[] | undefined

/** A body that can be produced anew for each attempt. */
export interface RequestBody {
  readonly contentType: string
  /** In bytes. */
  readonly length: number
  /** The whole of it, where it is in memory. Else it is read but once, to be sent, and no signature covers it. */
  readonly text?: string
  open(): string | AsyncIterable<Uint8Array>
}

/** Needed on sessions, their resources and events, and to list files by session (documented). */
export const MANAGED_AGENTS_BETA = 'managed-agents-2026-04-01'

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

export type Headers = Readonly<Record<string, string>>

/** A request that is about to be sent, as far as a credential sees it. */
export interface RequestToSign {
  readonly method: ApiRequest['method']
  /** Path and query, from the base URL. */
  readonly target: string
  /** All but those of the credential itself, of the body, and of the connection. */
  readonly headers: Headers
  readonly body: RequestBody | undefined
}

/** As whom to call. */
export interface Credential {
  /** For the log; holds no part of the secret. */
  readonly description: string
  /** A beta that calls with this credential need. */
  readonly beta?: string
  /** The workspaces that it reaches are not in Anthropic's own console. */
  readonly isOutsideConsole?: true
  /** The headers that the request needs beside its own; asked anew for each attempt. */
  sign(request: RequestToSign): Promise<Headers>
  /** Told that these headers were answered with 401. Where it is there, the call is sent once more. */
  refused?(headers: Headers): void
  /** What to do about a refusal, where this credential knows better than everybody. */
  advise?(refusal: StatusError): string | undefined
}

/** Carries out calls of the API: credentials, retries, the gate. Endpoints are functions that take one of these. */
export interface Client {
  /** How often a call is sent before it counts as failed. */
  readonly maxAttempts: number
  /** Under which the console shows what this client calls for: as the replies say, or as is known without them. */
  readonly workspace: string | undefined
  /** @throws ApiError, Interrupted, or what the body's source throws */
  send<T>(request: ApiRequest, schema: Schema<T>): Promise<T>
  /**
   * @param read takes the body as it comes; asked anew for each attempt, also after a body that broke off half-way
   * @throws ApiError, Interrupted, or what `read` throws
   */
  stream<T>(request: ApiRequest, read: (reply: StreamReply) => Promise<T>): Promise<T>
}
