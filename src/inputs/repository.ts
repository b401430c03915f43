import { quote } from '../text/escape.ts'
import { redact } from '../text/redact.ts'
import { flawOf } from './credential.ts'
import type { InputReader } from './reader.ts'
import { parseRepository, type RepositoryName } from './repository-name.ts'

/** Which repository the inputs ask for, and what of it. */
export interface RepositoryRequest {
  /** `here` is the checkout at `root`. */
  readonly repository: { readonly kind: 'here' } | { readonly kind: 'named'; readonly name: RepositoryName }
  readonly checkout: 'commit' | 'branch' | 'default'
  readonly ref: string | undefined
}

const ON_NEW_COMMIT = ['error', 'fetch', 'recreate'] as const

/** What to do with a session that has the repository at another commit, since it cannot be given another one. */
export type OnNewCommit = (typeof ON_NEW_COMMIT)[number]

export interface RepositoryInput {
  readonly request: RepositoryRequest
  readonly mountPath: string | undefined
  readonly onNewCommit: OnNewCommit
}

/** Companions of `repository`, which mean nothing without it. */
const COMPANIONS = ['ref', 'repository-mount-path'] as const

/** Reads `repository` and its companions; undefined when none is asked for. */
export function readRepository(read: InputReader): RepositoryInput | undefined {
  const text = read.text('repository')
  const checkout = read.oneOf('checkout', ['commit', 'branch', 'default'])
  const ref = read.text('ref')
  const mountPath = readMountPath(read)
  const onNewCommit = readOnNewCommit(read)
  if (ref !== undefined && !isRef(ref)) read.problem('ref', `${quote(ref)} is not a branch, a tag or a full SHA`)
  if (text === undefined) {
    read.problemIfGiven(COMPANIONS, 'has no effect without `repository`; set it, or remove this')
    if (checkout !== 'commit') read.warn('checkout', 'has no effect without `repository`')
    if (onNewCommit !== 'error') read.warn('on-new-commit', 'has no effect without `repository`')
    return undefined
  }
  const repository = text === '.' ? ({ kind: 'here' } as const) : readNamed(read, text)
  return repository && { request: { repository, checkout, ref }, mountPath, onNewCommit }
}

function readNamed(read: InputReader, text: string): RepositoryRequest['repository'] | undefined {
  const name = parseRepository(text)
  if (!('problem' in name)) return { kind: 'named', name }
  read.problem('repository', `${quote(withoutCredentials(text))} ${name.problem}`)
  return undefined
}

function readOnNewCommit(read: InputReader): OnNewCommit {
  const onNewCommit = read.oneOf('on-new-commit', ON_NEW_COMMIT)
  const [hasId, hasName] = [read.text('session-id') !== undefined, read.text('session-name') !== undefined]
  if (onNewCommit === 'recreate' && hasId) {
    read.problem(
      'on-new-commit',
      '`recreate` needs `session-name`, by which the new session is found; use that, or `fetch`',
    )
  }
  if (onNewCommit !== 'error' && !hasId && !hasName) {
    read.warn('on-new-commit', 'has no effect on a new session; set `session-name`')
  }
  if (onNewCommit === 'fetch' && read.text('prompt') === undefined && read.text('prompt-file') === undefined) {
    read.problem('on-new-commit', '`fetch` needs `prompt`, in which the agent is told how to get to the new commit')
  }
  if (onNewCommit === 'fetch' && read.text('mount-context')?.toLowerCase() === 'false') {
    read.problem(
      'on-new-commit',
      '`fetch` needs `mount-context: true`, which tells the agent how to get to the new commit',
    )
  }
  return onNewCommit
}

/** The service takes no longer one (documented). */
const MAX_TOKEN = 4096

/**
 * Reads `github-token`, and whether it is the workflow's own, which is revoked when the job ends; its prefix is that of
 * every GitHub App's token. A token is never shown.
 */
export function readGitHubToken(read: InputReader) {
  const token = read.text('github-token')
  if (token === undefined) return { githubToken: undefined, tokenDiesWithJob: false }
  const flaw = token.length > MAX_TOKEN ? `has over ${MAX_TOKEN} characters` : flawOf(token)
  if (flaw !== undefined) read.problem('github-token', `${flaw} (value not shown); store the token alone in the secret`)
  return { githubToken: token, tokenDiesWithJob: token === read.text('workflow-token') }
}

function readMountPath(read: InputReader): string | undefined {
  const text = read.text('repository-mount-path')
  if (text === undefined) return undefined
  const segments = text.split('/')
  if (!text.startsWith('/') || segments.some((segment) => segment === '..' || segment === '.') || text.length > 4096) {
    read.problem('repository-mount-path', `${quote(text)} is not an absolute path without "." and ".."`)
  }
  return text
}

/** git's own rules, as far as they matter for a URL and a log line (git-check-ref-format). */
function isRef(text: string): boolean {
  return text.length <= 255 && !/[\s~^:?*[\\\u007f]|\.\.|@\{|\/\/|^[-/.]|[/.]$|\.lock$/.test(text)
}

/** Whatever stands in front of an "@" may be a credential. */
function withoutCredentials(text: string): string {
  const shown = redact(text)
  const at = shown.lastIndexOf('@')
  return at === -1 ? shown : `…${shown.slice(at)}`
}
