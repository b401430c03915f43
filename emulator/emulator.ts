import { createServer, type RequestListener, type Server } from 'node:http'
import { type AgentSeed, addAgent } from './agent/agent.ts'
import { type AgentScript, ECHO } from './agent/agent-script.ts'
import { CONTROL_PREFIX, type Controlled, createControl } from './control.ts'
import type { Deviations } from './faults/deviation.ts'
import { type Fault, Faults } from './faults/fault.ts'
import { addOutput } from './files/files.ts'
import { BlobStore, blobOf, type Output } from './http/blob.ts'
import { Journal } from './http/journal.ts'
import { close, listen } from './http/listen.ts'
import { RateGate, type RateLimit } from './http/rate-limit.ts'
import { TokenDesk } from './oauth/oauth.ts'
import { Credentials } from './oauth/oauth-credentials.ts'
import { TOKENS_PREFIX } from './platforms/google-tokens.ts'
import { openPlatform, type PlatformOptions } from './platforms/open-platform.ts'
import type { Platform, Variables } from './platforms/platform.ts'
import { createListener } from './server.ts'
import { addEnvironment, type EnvironmentSeed } from './sessions/environment.ts'
import { addMemoryStore, type MemoryStoreSeed } from './sessions/memory-store.ts'
import { findSession, replaceSession, withStatus } from './sessions/session.ts'
import { snapshotOf } from './snapshot.ts'
import type { World } from './world.ts'
import { WorldInMemory } from './world-in-memory.ts'

export type { Act, AgentScript, AskedTool } from './agent/agent-script.ts'
export type { Fault, FaultKind } from './faults/fault.ts'
export type { JournalEntry } from './http/journal.ts'
export { FEDERATION, type Federation } from './oauth/oauth.ts'
export type { FileSnapshot, Snapshot } from './snapshot.ts'

export interface EmulatorOptions extends PlatformOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number | undefined
  readonly host?: '127.0.0.1' | undefined
  readonly apiKey?: string | undefined
  /** Waited after acting and before replying. */
  readonly latencyMs?: number | undefined
  /** How fast each request's body is read; unlimited if not given. */
  readonly bytesPerSecond?: number | undefined
  readonly rateLimit?: RateLimit | undefined
  /** `digest` (default) keeps size and SHA-256 of uploads; `disk` their bytes too, in a folder removed on close. */
  readonly store?: 'digest' | 'disk' | undefined
  /** Resources per session; 500 if not given. */
  readonly maxResources?: number | undefined
  /** Bytes per file; 500 MiB if not given. */
  readonly maxFileBytes?: number | undefined
  /** Whether it starts with an agent, an environment and two memory stores; it does unless this is false. */
  readonly seed?: boolean | undefined
  readonly faults?: readonly Fault[] | undefined
  readonly lenient?: Deviations | undefined
  /**
   * What happens when a session is sent a message. If not given, the agent answers at once with what it was told and what
   * is mounted; if `silent`, the session runs until it is interrupted.
   */
  readonly agentScript?: AgentScript | 'silent' | undefined
  /** The clock that timestamps and expiry go by, in milliseconds. */
  readonly now?: (() => number) | undefined
}

export interface Emulator extends Controlled {
  readonly url: string
  /** What a client is given: the URL, and what the platform has behind it. */
  readonly baseUrl: string
  readonly apiKey: string
  /** Access tokens that have not been revoked. */
  issuedTokens(): readonly string[]
  /** Headers that let in who neither signs nor exchanges anything. */
  accessHeaders(): Variables
  /** What the platform's own action sets for the steps after it, and where the API is. */
  readonly variables: Variables
  /** The file that `GOOGLE_APPLICATION_CREDENTIALS` has to lead to, on Google Cloud. */
  readonly credentialsFile: object | undefined
  /** The agent writes a file that can be downloaded, named as given whatever the name; returns its id. */
  addOutput(sessionId: string, filename: string, output: Output): string
  /** Ends the wait that a session's scripted agent is in: it goes on with what comes next. */
  wakeAgent(sessionId: string): void
  addAgent(agent: AgentSeed): void
  addEnvironment(environment: EnvironmentSeed): void
  addVault(id: string): void
  /** Returns its id. */
  addMemoryStore(store: MemoryStoreSeed): string
}

export const DEFAULT_API_KEY = 'sk-ant-emulator'
export const SEED_AGENT = 'agent_emulator'
export const SEED_ENVIRONMENT = 'env_emulator'
export const SEED_VAULT = 'vlt_emulator'

/** Starts the API in memory on a loopback port. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const world = new WorldInMemory({
    now: options.now ?? Date.now,
    maxResources: options.maxResources ?? 500,
    dashedIds: options.lenient?.dashedIds ?? false,
    blobs: new BlobStore(options.store ?? 'digest'),
  })
  const closing = new AbortController()
  const credentials = new Credentials(options.apiKey ?? DEFAULT_API_KEY, () => world.now())
  const state = {
    world,
    journal: new Journal(),
    faults: new Faults(),
    rate: new RateGate(options.rateLimit),
    credentials,
    platform: await openPlatform(options, credentials, () => world.now()),
    desk: await TokenDesk.open(options.federation, credentials),
  }
  // Uploads may be slow on purpose: no time limit on a request.
  const server = createServer({ requestTimeout: 0 })
  const url = await listen(server, options.port, options.host)

  const emulator = createEmulator({ ...state, server, url, closing, options })
  emulator.reset()
  const control = createControl(emulator, world)
  const api = createListener({
    ...state,
    latencyMs: options.latencyMs ?? 0,
    bytesPerSecond: options.bytesPerSecond,
    maxFileBytes: options.maxFileBytes ?? 500 * 1024 * 1024,
    deviations: options.lenient ?? {},
    signal: closing.signal,
  })
  const aside: Readonly<Record<string, RequestListener>> = {
    [CONTROL_PREFIX]: control,
    [TOKENS_PREFIX]: state.platform.tokens ?? api,
  }
  server.on('request', (request, response) => {
    const [prefix = ''] = /^\/_\w+\//.exec(request.url ?? '') ?? []
    ;(aside[prefix] ?? api)(request, response)
  })
  return emulator
}

interface EmulatorParts {
  readonly world: World
  readonly journal: Journal
  readonly faults: Faults
  readonly rate: RateGate
  readonly server: Server
  readonly url: string
  readonly credentials: Credentials
  readonly platform: Platform
  readonly desk: TokenDesk
  readonly closing: AbortController
  readonly options: EmulatorOptions
}

function createEmulator(parts: EmulatorParts): Emulator {
  const { world, journal, faults, rate, credentials, platform, desk, server, url, closing, options } = parts
  return {
    url,
    baseUrl: `${url}${platform.prefix}`,
    accessHeaders: () => platform.accessHeaders(),
    get variables() {
      return platform.variables(url)
    },
    credentialsFile: platform.credentialsFile?.(url),
    get apiKey() {
      return credentials.apiKey
    },
    journal: () => journal.entries(),
    snapshot: () => snapshotOf(world),
    addFault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    scriptAgent: (script) => world.scripted.follow(script),
    reset() {
      for (const part of [world, journal, faults, rate, credentials, platform, desk]) part.clear?.()
      for (const fault of options.faults ?? []) faults.add(fault)
      if (options.seed !== false) seed(world)
      world.scripted.follow(options.agentScript ?? ECHO)
    },
    setSessionStatus(id, status) {
      replaceSession(world, withStatus(world, findSession(world, id), status))
    },
    setApiKey: (apiKey) => credentials.setApiKey(apiKey),
    issuedTokens: () => credentials.issuedTokens(),
    revokeTokens: () => credentials.revokeTokens(),
    addOutput: (sessionId, filename, output) =>
      addOutput(world, findSession(world, sessionId).facts.id, filename, blobOf(output)).id,
    wakeAgent: (sessionId) => world.scripted.wake(sessionId),
    addAgent: (agent) => void addAgent(world, agent),
    addEnvironment: (environment) => void addEnvironment(world, environment),
    addVault: (id) => void world.vaults.add(id),
    addMemoryStore: (store) => addMemoryStore(world, store).id,
    async close() {
      closing.abort()
      await close(server)
      world.clear()
    },
  }
}

function seed(world: World): void {
  addAgent(world, { id: SEED_AGENT, name: 'Emulator agent' })
  addEnvironment(world, { id: SEED_ENVIRONMENT, name: 'Emulator environment' })
  world.vaults.add(SEED_VAULT)
  addMemoryStore(world, { id: 'memstore_team', name: 'Team', description: 'What the team knows' })
  addMemoryStore(world, { id: 'memstore_notes', name: 'Notes' })
}
