import type { RequestLimits } from '../api/request-limits.ts'
import type { WorkflowEvent } from '../runner/workflow-event.ts'
import { readAccess } from './access.ts'
import type { Access } from './credential.ts'
import { readLimits } from './limits.ts'
import { type NamePatterns, readNamePatterns } from './name-patterns.ts'
import type { InputReader } from './reader.ts'
import { readSessionId } from './session-target.ts'
import type { Environment } from './setting.ts'

/** All inputs of the download action, checked as far as that goes without the disk and the network. */
export interface DownloadInputs {
  readonly access: Access
  readonly sessionId: string
  /** As given: relative to the workspace, or absolute. */
  readonly path: string
  readonly patterns: NamePatterns
  readonly ifNoFilesFound: 'error' | 'warn' | 'ignore'
  readonly includeHidden: boolean
  readonly overwrite: boolean
  /** Time to wait for files that are listed late. */
  readonly settleTimeoutMs: number
  readonly limits: RequestLimits
  readonly dryRun: boolean
}

const SETTLE = { min: 0, max: 600, allowed: 'a time from `0s` to `10m`, like `10s`' } as const

export function readDownloadInputs(read: InputReader, env: Environment, event: WorkflowEvent): DownloadInputs {
  return {
    access: readAccess(read, env, event),
    sessionId: requireSessionId(read),
    path: readPath(read),
    patterns: readNamePatterns(read),
    ifNoFilesFound: read.oneOf('if-no-files-found', ['error', 'warn', 'ignore']),
    includeHidden: read.boolean('include-hidden-files'),
    overwrite: read.boolean('overwrite'),
    settleTimeoutMs: read.duration('settle-timeout', SETTLE) * 1000,
    limits: readLimits(read),
    dryRun: read.boolean('dry-run'),
  }
}

function requireSessionId(read: InputReader): string {
  if (read.text('session-id') === undefined) {
    read.problem('session-id', 'required; it is an output of the step that created the session. Did that step fail?')
  }
  return readSessionId(read) ?? ''
}

function readPath(read: InputReader): string {
  const given = read.text('path')
  if (given === undefined) read.problem('path', 'required: name a folder; `.` is the workspace itself')
  else if (given.includes('\0')) read.problem('path', 'holds a NUL character, which no path has')
  return given ?? '.'
}
