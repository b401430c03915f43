import { randomBytes } from 'node:crypto'
import type { BetaManagedAgentsAgent } from '@anthropic-ai/sdk/resources/beta/agents/agents'
import type { BetaEnvironment } from '@anthropic-ai/sdk/resources/beta/environments/environments'
import type { BetaManagedAgentsMemoryStore } from '@anthropic-ai/sdk/resources/beta/memory-stores/memory-stores'
import { ScriptedAgent } from './agent/scripted-agent.ts'
import { EventStreams } from './events/event-stream.ts'
import type { FileRecord } from './files/files.ts'
import type { BlobStore } from './http/blob.ts'
import type { Numbered } from './http/page.ts'
import type { SessionRecord } from './sessions/session.ts'

export interface MemoryStoreRecord extends Numbered {
  readonly store: BetaManagedAgentsMemoryStore
}

export interface WorldSettings {
  readonly now: () => number
  readonly maxResources: number
  /** Some servers make ids with `-` where Anthropic's have `_`. */
  readonly dashedIds: boolean
  readonly blobs: BlobStore
}

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** Everything the service knows. Operations are synchronous, so that each is atomic without a lock. */
export class World {
  readonly files = new Map<string, FileRecord>()
  readonly sessions = new Map<string, SessionRecord>()
  readonly agents = new Map<string, BetaManagedAgentsAgent>()
  readonly environments = new Map<string, BetaEnvironment>()
  readonly memoryStores = new Map<string, MemoryStoreRecord>()
  readonly streams = new EventStreams()
  readonly scripted = new ScriptedAgent(this)
  readonly settings: WorldSettings
  #seq = 0
  #sessionBegan = 0

  constructor(settings: WorldSettings) {
    this.settings = settings
  }

  now(): number {
    return this.settings.now()
  }

  /** The time as the API writes it. */
  timestamp(at: number = this.now()): string {
    return new Date(at).toISOString()
  }

  /** A time for a new session: later than that of each one before it, so that there always is an oldest. */
  nextBeginning(): string {
    this.#sessionBegan = Math.max(this.now(), this.#sessionBegan + 1)
    return this.timestamp(this.#sessionBegan)
  }

  nextSeq(): number {
    this.#seq += 1
    return this.#seq
  }

  newId(prefix: string): string {
    let id = `${prefix}${this.settings.dashedIds ? '-' : '_'}01`
    for (const byte of randomBytes(22)) id += ALPHABET[byte % ALPHABET.length]
    return id
  }

  clear(): void {
    this.scripted.clear()
    this.streams.clear()
    this.#sessionBegan = 0
    for (const map of [this.files, this.sessions, this.agents, this.environments, this.memoryStores]) map.clear()
    this.settings.blobs.clear()
  }
}
