import type { Generated } from '../files/generated.ts'
import type { World } from '../world.ts'
import type { Upload } from './upload.ts'

/** One request after its body has been read. */
export interface Call {
  readonly params: Readonly<Record<string, string | undefined>>
  readonly query: URLSearchParams
  readonly betas: ReadonlySet<string>
  readonly json: unknown
  readonly upload: Upload | undefined
}

/** Bytes in reply to a request for a file's content. */
export class Download {
  readonly body: Buffer | Generated
  readonly contentType: string

  constructor(body: Buffer | Generated, contentType: string) {
    this.body = body
    this.contentType = contentType
  }
}

/** Acts on the world and says what to reply: a JSON object, a download or an event stream. Refusals are thrown before anything changes. */
export type Operation = (world: World, call: Call) => object | Promise<object>

export const MANAGED_AGENTS_BETA = 'managed-agents-2026-04-01'
export const FILES_BETA = 'files-api-2025-04-14'
export const MEMORY_BETA = 'agent-memory-2026-07-22'
export const OAUTH_BETA = 'oauth-2025-04-20'
export const FEDERATION_BETA = 'oidc-federation-2026-04-01'

/** A path parameter; the router has seen to it that it is there. */
export const param = (call: Call, name: string): string => call.params[name] ?? ''
