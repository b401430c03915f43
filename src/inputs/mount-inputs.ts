import type { RequestLimits } from '../api/request-limits.ts'
import type { CleanupSettings } from '../ledger/cleanup-settings.ts'
import { parseMountPath } from '../paths/mount-path.ts'
import { posixName } from '../paths/system-path.ts'
import type { WorkflowEvent } from '../runner/workflow-event.ts'
import { quote } from '../text/escape.ts'
import { readAccess } from './access.ts'
import { readBudget } from './budget.ts'
import { readCleanup } from './cleanup.ts'
import { type ConversationInput, readConversation } from './conversation.ts'
import type { Access } from './credential.ts'
import { type FilePatterns, parseFilePatterns } from './file-patterns.ts'
import { readLimits } from './limits.ts'
import { type MemoryStore, readMemoryStores } from './memory-stores.ts'
import type { InputReader } from './reader.ts'
import { type RepositoryInput, readGitHubToken, readRepository } from './repository.ts'
import { readSessionTarget, type SessionTarget } from './session-target.ts'
import type { Environment } from './setting.ts'

export interface FilesRequest {
  readonly patterns: FilePatterns
  /** A file with more patterns. */
  readonly listFile: string | undefined
  readonly root: string
  readonly mountPath: string
  readonly ifNoFilesFound: 'error' | 'warn' | 'ignore'
  readonly includeHiddenFiles: boolean
  readonly followSymbolicLinks: boolean
  /** Paths relative to the root, in POSIX form. */
  readonly allowSensitiveFiles: readonly string[]
  /** When the files are packed into one archive. */
  readonly archive: 'never' | 'auto' | 'always'
}

export interface Refresh {
  /** Files of earlier runs under the mount path that are not wanted any more go. */
  readonly prune: boolean
  /** Also replaces and prunes files that this action did not mount. */
  readonly overwrite: boolean
}

/** All inputs of the mount action, checked as far as that goes without the disk and the network. */
export interface Inputs {
  readonly access: Access
  readonly target: SessionTarget
  /** What this step may cost at most. */
  readonly budgetCents: number | undefined
  /** The folder that patterns are relative to, and whose checkout `repository: .` means. */
  readonly root: string
  /** Undefined when no files are to be mounted. */
  readonly files: FilesRequest | undefined
  readonly repository: RepositoryInput | undefined
  /** Secret. */
  readonly githubToken: string | undefined
  /** The token is the workflow's own, and is revoked when the job ends. */
  readonly tokenDiesWithJob: boolean
  readonly allowUntrusted: boolean
  readonly memoryStores: readonly MemoryStore[]
  /** Undefined when the agent is told nothing and not waited for. */
  readonly conversation: ConversationInput | undefined
  readonly expiresInSeconds: number
  readonly cleanup: CleanupSettings
  readonly maxResources: number
  readonly refresh: Refresh
  readonly limits: RequestLimits
  readonly dryRun: boolean
}

/** The service takes one hour to ninety days (documented: 3,600 to 7,776,000 seconds). */
const EXPIRY = { min: 3_600, max: 7_776_000, allowed: 'a time from `1h` to `90d`, like `90m`, `24h` or `7d`' } as const

/** Plan, summary and record stay readable up to this. */
const MAX_RESOURCES = { min: 1, max: 2_000 } as const

export function readInputs(read: InputReader, env: Environment, event: WorkflowEvent): Inputs {
  const limits = readLimits(read)
  const budgetCents = readBudget(read)
  const inputs = {
    access: readAccess(read, env, event),
    target: readSessionTarget(read, budgetCents),
    budgetCents,
    root: read.text('root') ?? '.',
    files: readFilesRequest(read),
    repository: readRepository(read),
    ...readGitHubToken(read),
    allowUntrusted: read.boolean('allow-untrusted'),
    memoryStores: readMemoryStores(read),
    conversation: readConversation(read, limits),
    expiresInSeconds: read.duration('expires-in', EXPIRY),
    cleanup: readCleanup(read),
    maxResources: read.integer('max-resources', MAX_RESOURCES),
    refresh: { prune: read.boolean('prune'), overwrite: read.boolean('overwrite') },
    limits,
    dryRun: read.boolean('dry-run'),
  }
  if (inputs.refresh.prune && inputs.files === undefined) {
    read.problem('prune', 'needs `files`: without them it would remove everything that earlier runs mounted')
  }
  const nothing = ['files', 'files-from', 'repository', 'memory-stores'] as const
  // A session can be told something without anything on it; one that is there can be waited for, too.
  const { conversation, target } = inputs
  const talks = conversation?.prompt !== undefined || (conversation !== undefined && target.kind === 'existing')
  if (nothing.every((name) => read.text(name) === undefined) && !talks) {
    read.problem(
      'files',
      'nothing to mount: set `files`, `repository` or `memory-stores` (is the input’s name spelled correctly? GitHub only warns)',
    )
  }
  warnOfNoEffect(read, inputs)
  return inputs
}

/** Settings that other inputs make meaningless. */
function warnOfNoEffect(read: InputReader, inputs: Pick<Inputs, 'target' | 'files' | 'conversation'>): void {
  const { target, files, conversation } = inputs
  if (target.kind === 'existing' && conversation === undefined) {
    read.warnIfGiven(['budget'], 'on an existing session without `prompt` or `wait`')
  }
  if (target.kind === 'new') read.warnIfTrue(['prune', 'overwrite'], 'on a new session')
  if (target.kind === 'existing' && read.text('session-cleanup') !== 'keep') {
    read.warn('session-cleanup', 'has no effect with `session-id`: only a session that this step creates is ended')
  }
  if (files === undefined) {
    read.warnIfTrue(['overwrite', 'include-hidden-files', 'follow-symbolic-links'], 'without `files`')
    read.warnIfGiven(['allow-sensitive-files'], 'without `files`')
  }
  if (conversation?.prompt === undefined && read.text('mount-context') === 'false') {
    read.warn('mount-context', 'has no effect without `prompt`')
  }
}

function readFilesRequest(read: InputReader): FilesRequest | undefined {
  const patterns = parseFilePatterns(read.raw('files'), (message) => read.problem('files', message))
  const listFile = read.text('files-from')
  if (patterns.includes.length === 0 && patterns.excludes.length > 0 && listFile === undefined) {
    read.problem('files', 'contains only excludes; add a pattern for what to mount')
  }
  const mountPath = parseMountPath(read.text('mount-path') ?? '')
  if (!mountPath.ok) read.problem('mount-path', `${quote(read.raw('mount-path'))}: ${mountPath.reason}`)
  const request: FilesRequest = {
    patterns,
    listFile,
    root: read.text('root') ?? '.',
    mountPath: mountPath.ok ? mountPath.path : '/',
    ifNoFilesFound: read.oneOf('if-no-files-found', ['error', 'warn', 'ignore']),
    includeHiddenFiles: read.boolean('include-hidden-files'),
    followSymbolicLinks: read.boolean('follow-symbolic-links'),
    allowSensitiveFiles: read.lines('allow-sensitive-files').map((line) => posixName(line)),
    archive: read.oneOf('archive', ['never', 'auto', 'always']),
  }
  return read.text('files') === undefined && listFile === undefined ? undefined : request
}
