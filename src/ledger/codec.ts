import { asAmount, asObject, asText, type JsonObject, parseJson } from '../text/json.ts'
import { redact, SHORTEST_IN_VALUE } from '../text/redact.ts'
import { CLEANUPS, ON_PARTIAL, SESSION_CLEANUPS } from './cleanup-settings.ts'
import type {
  Entry,
  FederationEntry,
  PromptEntry,
  RemovalEntry,
  ResourceEntry,
  RunEntry,
  SessionEntry,
  UploadEntry,
} from './ledger.ts'

export function encodeEntry(entry: Entry): string {
  return redact(JSON.stringify(entry), SHORTEST_IN_VALUE)
}

/** Reads one entry; undefined if it is none. */
export function decodeEntry(text: string): Entry | undefined {
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
    case 'prompt':
      return decodePrompt(json)
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
  if (json.version !== 3 || runKey === undefined || policy === undefined || pace === undefined) return undefined
  if (baseUrl === undefined || !URL.canParse(baseUrl)) return undefined
  if (startedAt === undefined || Number.isNaN(Date.parse(startedAt))) return undefined
  const federation = decodeFederation(asObject(json.federation))
  if (federation === undefined && json.federation !== undefined) return undefined
  return {
    ...{ kind: 'run', version: 3, runKey, startedAt, baseUrl, ...policy, ...pace },
    ...(federation === undefined ? {} : { federation }),
  }
}

function decodeFederation(json: JsonObject | undefined): FederationEntry | undefined {
  const [ruleId, organizationId] = [asText(json?.ruleId), asText(json?.organizationId)]
  const [audience, serviceAccountId, workspaceId] = [json?.audience, json?.serviceAccountId, json?.workspaceId].map(
    asText,
  )
  if (ruleId === undefined || organizationId === undefined) return undefined
  return { ruleId, organizationId, serviceAccountId, workspaceId, audience: audience ?? '' }
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
  const { isNamed, lostNameRace } = json
  if (agentId === undefined || resources === undefined || typeof isNamed !== 'boolean') return undefined
  const id = sessionId === undefined ? {} : { sessionId }
  return { kind: 'session', agentId, resources, isNamed, ...id, ...(lostNameRace === true ? { lostNameRace } : {}) }
}

function decodeResource(json: JsonObject): ResourceEntry | undefined {
  const [sessionId, mountPath] = [asText(json.sessionId), asText(json.mountPath)]
  const [name, resourceId] = [asText(json.name), asText(json.resourceId)]
  if (sessionId === undefined || mountPath === undefined || name === undefined) return undefined
  const doubt = json.ownershipUnknown === true ? { ownershipUnknown: true } : {}
  return { kind: 'resource', sessionId, mountPath, name, ...(resourceId === undefined ? {} : { resourceId }), ...doubt }
}

function decodeRemoval(json: JsonObject): RemovalEntry | undefined {
  const [sessionId, mountPath, resourceId] = [asText(json.sessionId), asText(json.mountPath), asText(json.resourceId)]
  if (sessionId === undefined || mountPath === undefined || resourceId === undefined) return undefined
  return { kind: 'removal', sessionId, mountPath, resourceId }
}

function decodePrompt(json: JsonObject): PromptEntry | undefined {
  const [sessionId, eventId] = [asText(json.sessionId), asText(json.eventId)]
  if (sessionId === undefined) return undefined
  return { kind: 'prompt', sessionId, ...(eventId === undefined ? {} : { eventId }) }
}
