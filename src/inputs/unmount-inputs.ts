import type { RequestLimits } from '../api/request-limits.ts'
import { SESSION_CLEANUPS, type SessionCleanup } from '../ledger/cleanup-settings.ts'
import type { WorkflowEvent } from '../runner/workflow-event.ts'
import { finishUnlessSkipped, readAccess } from './access.ts'
import { readCleanupWait } from './cleanup.ts'
import type { Access } from './credential.ts'
import { readLimits } from './limits.ts'
import { InputReader, type Remark } from './reader.ts'
import { readSessionId } from './session-target.ts'
import type { Environment } from './setting.ts'

export interface NamedRemoval {
  readonly kind: 'named'
  readonly sessionId: string | undefined
  readonly resourceIds: readonly string[]
  readonly uploadIds: readonly string[]
  readonly sessionCleanup: SessionCleanup
}

type Removal =
  | NamedRemoval
  | { readonly kind: 'manifest'; readonly path: string; readonly sessionCleanup: SessionCleanup }
  | { readonly kind: 'sweep'; readonly agentId: string; readonly olderThanMs: number }

/** All inputs of the unmount action. */
export interface UnmountInputs {
  readonly access: Access
  readonly removal: Removal
  readonly cleanupWaitMs: number
  readonly limits: RequestLimits
  readonly dryRun: boolean
  readonly remarks: readonly Remark[]
}

const AGE = { min: 3_600, max: 7_776_000, allowed: 'a time from `1h` to `90d`, like `90m`, `24h` or `7d`' } as const

/** @throws InputError naming everything that is wrong */
export function readUnmountInputs(
  input: (name: string) => string,
  env: Environment,
  event: WorkflowEvent,
): UnmountInputs {
  const read = new InputReader(input)
  const inputs = {
    access: readAccess(read, env, event),
    removal: read.text('older-than') === undefined ? readNamed(read) : readSweep(read),
    cleanupWaitMs: readCleanupWait(read),
    limits: readLimits(read),
    dryRun: read.boolean('dry-run'),
  }
  return finishUnlessSkipped(read, inputs)
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
        ? 'nothing to remove: set `manifest`, ids, or `older-than`'
        : 'nothing to remove: to end the session of `session-id` itself, set `session-cleanup` to `archive` or `delete`',
    )
  }
  return path === undefined ? removal : { kind: 'manifest', path, sessionCleanup }
}

function readSweep(read: InputReader): Removal {
  const others = ['manifest', 'session-id', 'resource-ids', 'upload-ids'] as const
  for (const name of others) {
    if (read.text(name) !== undefined)
      read.problem(name, 'cannot be combined with `older-than`, which finds what to remove by itself')
  }
  if (read.oneOf('session-cleanup', SESSION_CLEANUPS) !== 'keep') {
    read.problem(
      'session-cleanup',
      'has no effect with `older-than`: each session is ended as its run meant to; remove it',
    )
  }
  const agentId = read.id('agent-id', 'agent')
  if (read.text('agent-id') === undefined)
    read.problem('agent-id', 'required for `older-than`, which goes through the sessions of an agent')
  return { kind: 'sweep', agentId: agentId ?? '', olderThanMs: read.duration('older-than', AGE) * 1000 }
}
