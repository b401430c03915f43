import type { Anthropic } from '@anthropic-ai/sdk'
import type { Client } from '../../src/api/client.ts'
import type { Reply } from './replies.ts'

/** One call, made by our client and by the official SDK. */
export interface WireCase {
  ours(client: Client): Promise<unknown>
  sdk(anthropic: Anthropic): Promise<unknown>
  /** The answers, one for each request that the call makes. */
  readonly replies: readonly Reply[]
}

/** By name of the endpoint's function in `src/api/`, then by what is special about the call. */
export type WireCases = Readonly<Record<string, Readonly<Record<string, WireCase>>>>
