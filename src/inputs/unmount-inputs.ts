import type { RequestLimits } from '../api/request-limits.ts'
import { SESSION_CLEANUPS, type SessionCleanup } from '../ledger/cleanup-settings.ts'
import type { WorkflowEvent } from '../runner/workflow-event.ts'
import { type Access, type Environment, finishUnlessSkipped, readAccess } from './access.ts'
import { readCleanupWait } from './cleanup.ts'
import { readLimits } from './limits.ts'
import { InputReader } from './reader.ts'

/** What the unmount action is to take away. */
export type Removal =
  | {
      readonly kind: 'named'
      readonly manifestPath: string | undefined
      readonly sessionId: string | undefined
      readonly resourceIds: readonly string[]
      readonly uploadIds: readonly string[]
      readonly sessionCleanup: SessionCleanup
    }
  | { readonly kind: 'sweep'; readonly agentId: string; readonly olderThanMs: number }

/** All inputs of the unmount action. */
export interface UnmountInputs {
  readonly access: Access
  readonly removal: Removal
  readonly cleanupWaitMs: number
  readonly limits: RequestLimits
  readonly dryRun: boolean
}

const AGE = { min: 3_600, max: 7_776_000, allowed: 'from `1h` to `90d`, like `90m`, `24h` or `7d`' } as const

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
  finishUnlessSkipped(read, inputs.access)
  return inputs
}

function readNamed(read: InputReader): Removal {
  const removal: Removal = {
    kind: 'named',
    manifestPath: read.text('manifest'),
    sessionId: read.id('session-id'),
    resourceIds: read.ids('resource-ids'),
    uploadIds: read.ids('upload-ids'),
    sessionCleanup: read.oneOf('session-cleanup', SESSION_CLEANUPS),
  }
  const { manifestPath, sessionId, resourceIds, uploadIds, sessionCleanup } = removal
  if (manifestPath !== undefined && (sessionId !== undefined || resourceIds.length + uploadIds.length > 0)) {
    read.problem('manifest', 'names all that is to go; give it or ids, not both')
  }
  if (resourceIds.length > 0 && sessionId === undefined) {
    read.problem('session-id', 'missing: resources are found on their session')
  }
  const namesNothing = manifestPath === undefined && resourceIds.length + uploadIds.length === 0
  if (namesNothing && (sessionId === undefined || sessionCleanup === 'keep')) {
    read.problem(
      'manifest',
      sessionId === undefined
        ? 'missing: there is nothing to take away; set `manifest`, ids, or `older-than`'
        : 'missing: of a session alone, `session-cleanup: archive` or `delete` has to say what becomes of it',
    )
  }
  return removal
}

function readSweep(read: InputReader): Removal {
  const others = ['manifest', 'session-id', 'resource-ids', 'upload-ids'] as const
  for (const name of others) {
    if (read.text(name) !== undefined) read.problem(name, 'a sweep (`older-than`) finds by itself what to take away')
  }
  if (read.oneOf('session-cleanup', SESSION_CLEANUPS) !== 'keep') {
    read.problem(
      'session-cleanup',
      'a sweep (`older-than`) does with each session what its run meant to do; take it away',
    )
  }
  const agentId = read.id('agent-id')
  if (read.text('agent-id') === undefined)
    read.problem('agent-id', 'missing: a sweep goes through the sessions of an agent')
  return { kind: 'sweep', agentId: agentId ?? '', olderThanMs: read.duration('older-than', AGE) * 1000 }
}
