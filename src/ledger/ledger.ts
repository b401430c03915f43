import {
  CLEANUPS,
  type Cleanup,
  ON_PARTIAL,
  type OnPartial,
  SESSION_CLEANUPS,
  type SessionCleanup,
} from '../inputs/cleanup.ts'
import { asAmount, asObject, asText, type JsonObject, parseJson } from '../text/json.ts'

/** What the run was, for post: who made what, and what to do with it. Holds no secret. */
export interface RunEntry {
  readonly kind: 'run'
  readonly version: 2
  readonly runKey: string
  /** When the run began, as an RFC 3339 time. */
  readonly startedAt: string
  readonly baseUrl: string
  readonly cleanup: Cleanup
  readonly onPartial: OnPartial
  readonly sessionCleanup: SessionCleanup
  /** How long post waits for a running session to become idle, in milliseconds. */
  readonly cleanupWaitMs: number
  readonly concurrency: number
  readonly maxAttempts: number
}

/** A file object that this run uploads. Without an id, the reply never came: it may be there until it expires. */
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
  readonly isSurplus?: boolean
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
  readonly isDoubtful?: boolean
}

/** A mounted file that this run takes off a session, to replace it or because it is not wanted any more. Not undone. */
export interface RemovalEntry {
  readonly kind: 'removal'
  readonly sessionId: string
  readonly mountPath: string
  readonly resourceId: string
}

/** Main came to its end with everything mounted. */
export interface CompleteEntry {
  readonly kind: 'complete'
}

export type Effect = UploadEntry | SessionEntry | ResourceEntry | RemovalEntry
export type Entry = RunEntry | Effect | CompleteEntry

/** The run's effects, in the order they were begun, as post finds them. */
export interface Ledger {
  readonly run: RunEntry
  readonly effects: readonly Effect[]
  readonly complete: boolean
}

const RUN_KEY = 'run'
const COMPLETE_KEY = 'complete'
const EFFECT_KEY = /^effect_(\d{1,6})$/

/** An effect that was begun. */
export interface OpenEntry {
  /** The reply is there. */
  finish(outcome: Effect): void
  /** It is certain that nothing came of it. */
  withdraw(): void
}

/** Writes the ledger into the action's state: one key an effect, written when it begins and again when it is known. */
export class LedgerWriter {
  readonly #save: (key: string, value: string) => void
  #next = 1

  constructor(save: (key: string, value: string) => void, run: RunEntry) {
    this.#save = save
    save(RUN_KEY, encode(run))
  }

  /** Writes the intent, before the call. What came of it is written over it: the last write of a key wins. */
  begin(intent: Effect): OpenEntry {
    const key = `effect_${this.#next++}`
    this.#save(key, encode(intent))
    return { finish: (outcome) => this.#save(key, encode(outcome)), withdraw: () => this.#save(key, '') }
  }

  /** Writes an effect that is known at once. */
  note(effect: Effect): void {
    this.#save(`effect_${this.#next++}`, encode(effect))
  }

  complete(): void {
    this.#save(COMPLETE_KEY, encode({ kind: 'complete' }))
  }
}

/** State cannot be used; nothing is done then, since what is not known to be ours must stay. */
export class LedgerError extends Error {
  constructor(what: string) {
    super(
      `${what}, so nothing was taken away. Uploads end at their expiry; look for sessions and mounted files of this run in the console.`,
    )
    this.name = 'LedgerError'
  }
}

/**
 * Reads the ledger from the action's state. Undefined when main wrote none (it sent nothing).
 * @throws LedgerError when the state was not written by this version of the action, or is damaged
 */
export function readLedger(state: ReadonlyMap<string, string>): Ledger | undefined {
  const text = state.get(RUN_KEY)
  const effects = [...state].flatMap(([key, value]): [number, string][] => {
    const number = EFFECT_KEY.exec(key)?.[1]
    return number === undefined || value === '' ? [] : [[Number(number), value]]
  })
  if (text === undefined) {
    if (effects.length > 0) throw new LedgerError('the record of what this step did has lost its beginning')
    return undefined
  }
  const run = decode(text)
  if (run?.kind !== 'run')
    throw new LedgerError(
      'the record of what this step did cannot be read (was it written by another version of the action?)',
    )
  return {
    run,
    effects: effects.sort(([a], [b]) => a - b).map(([number, value]) => readEffect(number, value)),
    complete: state.has(COMPLETE_KEY),
  }
}

function readEffect(number: number, text: string): Effect {
  const entry = decode(text)
  if (entry === undefined || entry.kind === 'run' || entry.kind === 'complete') {
    throw new LedgerError(`entry ${number} of the record of what this step did cannot be read`)
  }
  return entry
}

export function encode(entry: Entry): string {
  return JSON.stringify(entry)
}

/** Reads one entry; undefined if it is none. */
export function decode(text: string): Entry | undefined {
  const json = asObject(parseJson(text)) ?? {}
  switch (json.kind) {
    case 'run':
      return decodeRun(json)
    case 'upload':
      return decodeUpload(json)
    case 'session':
      return decodeSession(json)
    case 'resource':
      return decodeResource(json)
    case 'removal':
      return decodeRemoval(json)
    case 'complete':
      return { kind: 'complete' }
    default:
      return undefined
  }
}

function decodeRun(json: JsonObject): RunEntry | undefined {
  const [runKey, baseUrl, startedAt] = [asText(json.runKey), asText(json.baseUrl), asText(json.startedAt)]
  const policy = decodePolicy(json)
  const pace = decodePace(json)
  if (json.version !== 2 || runKey === undefined || policy === undefined || pace === undefined) return undefined
  if (baseUrl === undefined || !URL.canParse(baseUrl)) return undefined
  if (startedAt === undefined || Number.isNaN(Date.parse(startedAt))) return undefined
  return { kind: 'run', version: 2, runKey, startedAt, baseUrl, ...policy, ...pace }
}

function decodePolicy(json: JsonObject): Pick<RunEntry, 'cleanup' | 'onPartial' | 'sessionCleanup'> | undefined {
  const cleanup = CLEANUPS.find((value) => value === json.cleanup)
  const onPartial = ON_PARTIAL.find((value) => value === json.onPartial)
  const sessionCleanup = SESSION_CLEANUPS.find((value) => value === json.sessionCleanup)
  if (cleanup === undefined || onPartial === undefined || sessionCleanup === undefined) return undefined
  return { cleanup, onPartial, sessionCleanup }
}

function decodePace(json: JsonObject): Pick<RunEntry, 'cleanupWaitMs' | 'concurrency' | 'maxAttempts'> | undefined {
  const [cleanupWaitMs, concurrency] = [asAmount(json.cleanupWaitMs), asAmount(json.concurrency)]
  const maxAttempts = asAmount(json.maxAttempts)
  if (cleanupWaitMs === undefined || !concurrency || !maxAttempts) return undefined
  return { cleanupWaitMs, concurrency, maxAttempts }
}

function decodeUpload(json: JsonObject): UploadEntry | undefined {
  const [name, mountPath, fileId] = [asText(json.name), asText(json.mountPath), asText(json.fileId)]
  if (name === undefined || mountPath === undefined) return undefined
  return { kind: 'upload', name, mountPath, ...(fileId === undefined ? {} : { fileId }) }
}

function decodeSession(json: JsonObject): SessionEntry | undefined {
  const [agentId, resources, sessionId] = [asText(json.agentId), asAmount(json.resources), asText(json.sessionId)]
  const { isNamed, isSurplus } = json
  if (agentId === undefined || resources === undefined || typeof isNamed !== 'boolean') return undefined
  const id = sessionId === undefined ? {} : { sessionId }
  return { kind: 'session', agentId, resources, isNamed, ...id, ...(isSurplus === true ? { isSurplus } : {}) }
}

function decodeResource(json: JsonObject): ResourceEntry | undefined {
  const [sessionId, mountPath] = [asText(json.sessionId), asText(json.mountPath)]
  const [name, resourceId] = [asText(json.name), asText(json.resourceId)]
  if (sessionId === undefined || mountPath === undefined || name === undefined) return undefined
  const doubt = json.isDoubtful === true ? { isDoubtful: true } : {}
  return { kind: 'resource', sessionId, mountPath, name, ...(resourceId === undefined ? {} : { resourceId }), ...doubt }
}

function decodeRemoval(json: JsonObject): RemovalEntry | undefined {
  const [sessionId, mountPath, resourceId] = [asText(json.sessionId), asText(json.mountPath), asText(json.resourceId)]
  if (sessionId === undefined || mountPath === undefined || resourceId === undefined) return undefined
  return { kind: 'removal', sessionId, mountPath, resourceId }
}
