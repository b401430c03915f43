import Router from 'find-my-way'
import { listAgents, retrieveAgent } from './agent/agent.ts'
import { listEvents, sendEvents, streamEvents } from './events/event-operations.ts'
import { listFiles } from './files/file-list.ts'
import { deleteFile, downloadFile, retrieveFile, uploadFile } from './files/file-operations.ts'
import { MANAGED_AGENTS_BETA, MEMORY_BETA, type Operation } from './http/call.ts'
import { listEnvironments, retrieveEnvironment } from './sessions/environment.ts'
import { createMemoryStore, deleteMemoryStore, listMemoryStores, retrieveMemoryStore } from './sessions/memory-store.ts'
import {
  addResource,
  deleteResource,
  listResources,
  retrieveResource,
  rotateToken,
} from './sessions/resource-operations.ts'
import { createSession } from './sessions/session-create.ts'
import { listSessions } from './sessions/session-list.ts'
import { archiveSession, deleteSession, retrieveSession, updateSession } from './sessions/session-operations.ts'
import { listThreads } from './sessions/threads.ts'

export interface Route {
  readonly operation: Operation
  readonly takes: 'nothing' | 'json' | 'upload'
  /** Any one of these must be in `anthropic-beta`; none means that the route is generally available. */
  readonly betas: readonly string[]
  /** Whether it is the exchange that makes access tokens: the one call without a credential. */
  readonly isExchange: boolean
}

export interface Match {
  readonly route: Route
  readonly params: Readonly<Record<string, string | undefined>>
}

type Line = readonly ['GET' | 'POST' | 'DELETE', string, Operation, Route['takes']?]

const FILES: readonly Line[] = [
  ['POST', '/v1/files', uploadFile, 'upload'],
  ['GET', '/v1/files', listFiles],
  ['GET', '/v1/files/:file', retrieveFile],
  ['DELETE', '/v1/files/:file', deleteFile],
  ['GET', '/v1/files/:file/content', downloadFile],
]

const SESSIONS: readonly Line[] = [
  ['POST', '/v1/sessions', createSession, 'json'],
  ['GET', '/v1/sessions', listSessions],
  ['GET', '/v1/sessions/:session', retrieveSession],
  ['POST', '/v1/sessions/:session', updateSession, 'json'],
  ['DELETE', '/v1/sessions/:session', deleteSession],
  ['POST', '/v1/sessions/:session/archive', archiveSession],
  ['POST', '/v1/sessions/:session/resources', addResource, 'json'],
  ['GET', '/v1/sessions/:session/resources', listResources],
  ['GET', '/v1/sessions/:session/resources/:resource', retrieveResource],
  ['POST', '/v1/sessions/:session/resources/:resource', rotateToken, 'json'],
  ['DELETE', '/v1/sessions/:session/resources/:resource', deleteResource],
  ['POST', '/v1/sessions/:session/events', sendEvents, 'json'],
  ['GET', '/v1/sessions/:session/events', listEvents],
  ['GET', '/v1/sessions/:session/events/stream', streamEvents],
  ['GET', '/v1/sessions/:session/threads', listThreads],
  ['GET', '/v1/agents', listAgents],
  ['GET', '/v1/agents/:agent', retrieveAgent],
  ['GET', '/v1/environments', listEnvironments],
  ['GET', '/v1/environments/:environment', retrieveEnvironment],
]

const MEMORY_STORES: readonly Line[] = [
  ['POST', '/v1/memory_stores', createMemoryStore, 'json'],
  ['GET', '/v1/memory_stores', listMemoryStores],
  ['GET', '/v1/memory_stores/:store', retrieveMemoryStore],
  ['DELETE', '/v1/memory_stores/:store', deleteMemoryStore],
]

/** Finds the route of a request, `exchange` being the token endpoint's operation: undefined is the 404 that even a caller without a key gets (observed). */
export function createRoutes(exchange: Operation): (method: string, path: string) => Match | undefined {
  const router = Router({ maxParamLength: 1000 })
  const add = (lines: readonly Line[], betas: readonly string[]): void => {
    for (const [method, path, operation, takes = 'nothing'] of lines) {
      const route: Route = { operation, takes, betas, isExchange: operation === exchange }
      router.on(method, path, () => {}, route)
    }
  }
  add([['POST', '/v1/oauth/token', exchange, 'json']], [])
  add(FILES, [])
  add(SESSIONS, [MANAGED_AGENTS_BETA])
  add(MEMORY_STORES, [MEMORY_BETA, MANAGED_AGENTS_BETA])
  return (method, path) => {
    if (method !== 'GET' && method !== 'POST' && method !== 'DELETE') return undefined
    const found = router.find(method, path)
    return found === null ? undefined : { route: found.store, params: found.params }
  }
}
