import type { BetaManagedAgentsAgent } from '@anthropic-ai/sdk/resources/beta/agents/agents'
import type { BetaEnvironment } from '@anthropic-ai/sdk/resources/beta/environments/environments'
import type { BetaFileScope } from '@anthropic-ai/sdk/resources/beta/files'
import type { BetaManagedAgentsMemoryStore } from '@anthropic-ai/sdk/resources/beta/memory-stores/memory-stores'
import type {
  BetaManagedAgentsSendSessionEvents,
  BetaManagedAgentsSessionEvent,
  BetaManagedAgentsUserToolConfirmationEvent,
} from '@anthropic-ai/sdk/resources/beta/sessions/events'
import type { BetaManagedAgentsSessionResource } from '@anthropic-ai/sdk/resources/beta/sessions/resources'
import type { BetaManagedAgentsSession } from '@anthropic-ai/sdk/resources/beta/sessions/sessions'
import type { AgentScript } from './agent/agent-script.ts'
import type { EventStreams } from './events/event-stream.ts'
import type { Blob, BlobStore } from './http/blob.ts'
import type { Numbered } from './http/page.ts'

/** A file: an upload, a session's copy of one, or something that the agent wrote. */
export interface FileRecord extends Numbered {
  readonly id: string
  readonly filename: string
  readonly mimeType: string
  readonly createdAt: number
  readonly expiresAt: number | null
  readonly downloadable: boolean
  readonly scope: BetaFileScope | null
  /** What made it: a client's upload, a mount, or the agent. */
  readonly origin: 'upload' | 'copy' | 'output'
  /** The upload that a copy was made from. */
  readonly copyOf: string | null
  readonly blob: Blob
}

/** A resource of a session. The id is ours also where the API shows none, as for memory stores. */
export interface ResourceRecord extends Numbered {
  readonly id: string
  readonly resource: BetaManagedAgentsSessionResource
}

export interface EventRecord extends Numbered {
  readonly at: number
  readonly event: BetaManagedAgentsSessionEvent
}

/** An event as a client sent it. */
export type SentEvent = NonNullable<BetaManagedAgentsSendSessionEvents['data']>[number]

export type SessionStatus = BetaManagedAgentsSession['status']

/** Another agent's thread. */
interface ThreadRecord {
  readonly id: string
  readonly name: string
  readonly status: 'running' | 'idle'
}

/** A session is replaced, never edited: what has been answered once cannot change under its reader. */
export interface SessionRecord extends Numbered {
  readonly facts: Omit<BetaManagedAgentsSession, 'resources'>
  readonly resources: readonly ResourceRecord[]
  readonly events: readonly EventRecord[]
  /** Beside the primary one. */
  readonly threads: readonly ThreadRecord[]
}

export interface MemoryStoreRecord extends Numbered {
  readonly store: BetaManagedAgentsMemoryStore
}

/** What runs the sessions: by a script, or silent, so that a message sets a session running and nothing more. */
export interface Agent {
  follow(script: AgentScript | 'silent'): void
  /**
   * Takes a message; true means that it has to wait until the turn before it ends. Whatever the script lets happen
   * after an idle is given up when a message comes.
   */
  hear(sessionId: string, message: SentEvent, isIdle: boolean): boolean
  /** Ends the turn and forgets what waits; true means that the session will be told idle, now or after the lag. */
  interrupt(sessionId: string): boolean
  /** Gives up a turn that waits for somebody outside, in a session that is idle. */
  drop(sessionId: string): void
  /** Goes on with what paused at its budget; true if there is such work. */
  resume(sessionId: string): boolean
  /** The tools of a session that may be confirmed now. */
  asking(sessionId: string): readonly string[]
  /** Takes the answer for one of them. */
  confirm(sessionId: string, confirmation: BetaManagedAgentsUserToolConfirmationEvent): void
  /** Ends the wait that the turn of a session is in. */
  wake(sessionId: string): void
  forget(sessionId: string): void
  clear(): void
}

export interface WorldSettings {
  readonly now: () => number
  readonly maxResources: number
  /** Some servers make ids with `-` where Anthropic's have `_`. */
  readonly dashedIds: boolean
  readonly blobs: BlobStore
}

/** Everything the service knows. Operations are synchronous, so that each is atomic without a lock. */
export interface World {
  readonly files: Map<string, FileRecord>
  readonly sessions: Map<string, SessionRecord>
  readonly agents: Map<string, BetaManagedAgentsAgent>
  readonly environments: Map<string, BetaEnvironment>
  readonly memoryStores: Map<string, MemoryStoreRecord>
  /** Their ids: nothing here looks into one. */
  readonly vaults: Set<string>
  readonly streams: EventStreams
  readonly scripted: Agent
  readonly settings: WorldSettings
  now(): number
  /** The time as the API writes it. */
  timestamp(at?: number): string
  /** A time for a new session: later than that of each one before it, so that there always is an oldest. */
  nextBeginning(): string
  nextSeq(): number
  newId(prefix: string): string
  clear(): void
}
