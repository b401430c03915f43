import { randomBytes } from 'node:crypto'
import type { BetaManagedAgentsAgent } from '@anthropic-ai/sdk/resources/beta/agents/agents'
import type { BetaEnvironment } from '@anthropic-ai/sdk/resources/beta/environments/environments'
import { ScriptedAgent } from './agent/scripted-agent.ts'
import { EventStreams } from './events/event-stream.ts'
import type { Agent, FileRecord, MemoryStoreRecord, SessionRecord, World, WorldSettings } from './world.ts'

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** A world that lives as long as its process. */
export class WorldInMemory implements World {
  readonly files = new Map<string, FileRecord>()
  readonly sessions = new Map<string, SessionRecord>()
  readonly agents = new Map<string, BetaManagedAgentsAgent>()
  readonly environments = new Map<string, BetaEnvironment>()
  readonly memoryStores = new Map<string, MemoryStoreRecord>()
  readonly vaults = new Set<string>()
  readonly streams = new EventStreams()
  readonly scripted: Agent = new ScriptedAgent(this)
  readonly settings: WorldSettings
  #seq = 0
  #sessionBegan = 0

  constructor(settings: WorldSettings) {
    this.settings = settings
  }

  now(): number {
    return this.settings.now()
  }

  timestamp(at: number = this.now()): string {
    return new Date(at).toISOString()
  }

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
    for (const map of [this.files, this.sessions, this.agents, this.environments, this.memoryStores, this.vaults])
      map.clear()
    this.settings.blobs.clear()
  }
}
