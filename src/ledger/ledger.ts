import type { UsableCredential } from '../api/credentials/usable-credential.ts'
import type { CleanupSettings } from './cleanup-settings.ts'

/** As whom a run without a key calls the service: ids, none of them secret. */
export type FederationEntry = Omit<Extract<UsableCredential, { kind: 'federation' }>, 'kind'>

/** What the run was, for post: who made what, and what to do with it. Holds no secret. */
export interface RunEntry extends CleanupSettings {
  readonly kind: 'run'
  readonly version: 3
  readonly runKey: string
  /** When the run began, as an RFC 3339 time. */
  readonly startedAt: string
  readonly baseUrl: string
  /** Undefined if the run has a key, which post reads from its input. */
  readonly federation?: FederationEntry
  readonly concurrency: number
  readonly maxAttempts: number
}

/** A file object that this run uploads. Without an id, the reply never came: its name bears the run's mark if it is there. */
export interface UploadEntry {
  readonly kind: 'upload'
  readonly name: string
  /** Where the file is to be mounted. */
  readonly mountPath: string
  readonly fileId?: string
}

/** A session that this run creates. Without an id, the reply never came: it carries the run key if it is there. */
export interface SessionEntry {
  readonly kind: 'session'
  readonly agentId: string
  /** How many resources it is created with; more on it are somebody else's. */
  readonly resources: number
  /** Others may find it by its name, and mount onto it. */
  readonly isNamed: boolean
  readonly sessionId?: string
  /** Another job created one of the same name at the same time, and was first: this one is to go. */
  readonly lostNameRace?: boolean
}

/** A resource that this run puts on a session. Without an id, the reply never came. */
export interface ResourceEntry {
  readonly kind: 'resource'
  readonly sessionId: string
  readonly mountPath: string
  /** Of the upload that it is a copy of. */
  readonly name: string
  readonly resourceId?: string
  /**
   * The path was refused as taken. What stands there is another job's, or this run's own, if something on the way
   * delivered the request twice; nobody can tell where both have the same content, so that it is not removed.
   */
  readonly ownershipUnknown?: boolean
}

/** A mounted file that this run takes off a session, to replace it or because it is not wanted any more. Not undone. */
export interface RemovalEntry {
  readonly kind: 'removal'
  readonly sessionId: string
  readonly mountPath: string
  readonly resourceId: string
}

/** A message that this run sends to the agent. Without an id, it is not known whether the session has it. Not undone. */
export interface PromptEntry {
  readonly kind: 'prompt'
  readonly sessionId: string
  /** Of the message, among the session's events. */
  readonly eventId?: string
}

/** Main came to its end with everything mounted. */
export interface CompleteEntry {
  readonly kind: 'complete'
}

/** Something that the run changes on the server. */
export type Effect = UploadEntry | SessionEntry | ResourceEntry | RemovalEntry | PromptEntry
/** An entry of the ledger. */
export type Entry = RunEntry | Effect | CompleteEntry

/** The run's effects, in the order they were begun, as post finds them. */
export interface Ledger {
  readonly run: RunEntry
  readonly effects: readonly Effect[]
  readonly complete: boolean
}
