import type { RequestLimits } from '../api/request-limits.ts'
import { SESSION_CLEANUPS, type SessionCleanup } from '../ledger/cleanup-settings.ts'
import type { WorkflowEvent } from '../runner/workflow-event.ts'
import { readAccess } from './access.ts'
import { readCleanupWait } from './cleanup.ts'
import type { Access } from './credential.ts'
import { readLimits } from './limits.ts'
import type { InputReader } from './reader.ts'
import { readSessionId, readTitle } from './session-target.ts'
import type { Environment } from './setting.ts'

export interface NamedRemoval {
  readonly kind: 'named'
  readonly sessionId: string | undefined
  readonly resourceIds: readonly string[]
  readonly uploadIds: readonly string[]
  readonly sessionCleanup: SessionCleanup
}

export interface SessionByName {
  readonly kind: 'by-name'
  readonly agentId: string
  readonly name: string
  readonly sessionCleanup: SessionCleanup
}

type Removal =
  | NamedRemoval
  | SessionByName
  | { readonly kind: 'manifest'; readonly path: string; readonly sessionCleanup: SessionCleanup }
  | { readonly kind: 'sweep'; readonly agentId: string; readonly olderThanMs: number }

/** All inputs of the unmount action. */
export interface UnmountInputs {
  readonly access: Access
  readonly removal: Removal
  readonly cleanupWaitMs: number
  readonly limits: RequestLimits
  readonly dryRun: boolean
}

const AGE = { min: 3_600, max: 7_776_000, allowed: 'a time from `1h` to `90d`, like `90m`, `24h` or `7d`' } as const

export function readUnmountInputs(read: InputReader, env: Environment, event: WorkflowEvent): UnmountInputs {
  return {
    access: readAccess(read, env, event),
    removal: readRemoval(read),
    cleanupWaitMs: readCleanupWait(read),
    limits: readLimits(read),
    dryRun: read.boolean('dry-run'),
  }
}

function readRemoval(read: InputReader): Removal {
  if (read.text('older-than') !== undefined) return readSweep(read)
  return read.text('session-name') === undefined ? readNamed(read) : readByName(read)
}

function readByName(read: InputReader): Removal {
  read.problemIfGiven(OTHERS, 'cannot be combined with `session-name`; remove one of them')
  const sessionCleanup = read.oneOf('session-cleanup', SESSION_CLEANUPS)
  if (sessionCleanup === 'keep') {
    read.problem('session-cleanup', 'set it to `archive` or `delete`, which is what `session-name` is for')
  }
  const name = readTitle(read, 'session-name') ?? ''
  return { kind: 'by-name', agentId: readAgentId(read, '`session-name`'), name, sessionCleanup }
}

function readNamed(read: InputReader): Removal {
  const path = read.text('manifest')
  const removal: NamedRemoval = {
    kind: 'named',
    sessionId: readSessionId(read),
    resourceIds: read.idList('resource-ids', 'resource'),
    uploadIds: read.idList('upload-ids', 'file'),
    sessionCleanup: read.oneOf('session-cleanup', SESSION_CLEANUPS),
  }
  const { sessionId, resourceIds, uploadIds, sessionCleanup } = removal
  if (path !== undefined && (sessionId !== undefined || resourceIds.length + uploadIds.length > 0)) {
    read.problem('manifest', 'cannot be combined with ids: it names everything to remove; remove one of them')
  }
  if (resourceIds.length > 0 && sessionId === undefined) {
    read.problem('session-id', 'required for `resource-ids`: resources belong to a session')
  }
  const namesNothing = path === undefined && resourceIds.length + uploadIds.length === 0
  if (namesNothing && (sessionId === undefined || sessionCleanup === 'keep')) {
    read.problem(
      'manifest',
      sessionId === undefined
        ? 'nothing to remove: set `manifest`, ids, `session-name`, or `older-than`'
        : 'nothing to remove: to end the session of `session-id` itself, set `session-cleanup` to `archive` or `delete`',
    )
  }
  return path === undefined ? removal : { kind: 'manifest', path, sessionCleanup }
}

/** What names things by their ids. */
const OTHERS = ['manifest', 'session-id', 'resource-ids', 'upload-ids'] as const

function readSweep(read: InputReader): Removal {
  const why = 'cannot be combined with `older-than`, which finds what to remove by itself'
  read.problemIfGiven([...OTHERS, 'session-name'], why)
  if (read.oneOf('session-cleanup', SESSION_CLEANUPS) !== 'keep') {
    read.problem(
      'session-cleanup',
      'has no effect with `older-than`: each session is ended as its run meant to; remove it',
    )
  }
  const agentId = readAgentId(read, '`older-than`')
  return { kind: 'sweep', agentId, olderThanMs: read.duration('older-than', AGE) * 1000 }
}

function readAgentId(read: InputReader, forWhat: string): string {
  const agentId = read.id('agent-id', 'agent')
  if (read.text('agent-id') === undefined)
    read.problem('agent-id', `required for ${forWhat}, which goes through the sessions of an agent`)
  return agentId ?? ''
}
