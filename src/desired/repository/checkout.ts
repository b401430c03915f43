import {
  fullName,
  isSameRepository,
  parseRemote,
  parseRepository,
  type RepositoryName,
} from '../../inputs/repository-name.ts'
import { isFork, type WorkflowEvent } from '../../runner/workflow-event.ts'
import { quoted } from '../../text/escape.ts'
import type { LocalGit } from './local-git.ts'

/** What the inputs ask for. */
export interface RepositoryRequest {
  /** `here` is the checkout at `root`. */
  readonly repository: { readonly kind: 'here' } | { readonly kind: 'named'; readonly name: RepositoryName }
  readonly checkout: 'commit' | 'branch' | 'default'
  readonly ref: string | undefined
}

/** What to check out, before GitHub was asked. A `ref` may be a branch, a tag or a commit; GitHub knows. */
export type Checkout =
  | { readonly kind: 'commit'; readonly sha: string }
  | { readonly kind: 'branch'; readonly name: string }
  | { readonly kind: 'ref'; readonly ref: string }
  | { readonly kind: 'default' }

/** The decision, with its reason, or why there is none. */
export type Decision =
  | { readonly ok: true; readonly repository: RepositoryName; readonly checkout: Checkout; readonly reason: string }
  | { readonly ok: false; readonly refusal: string }

/** Decides which repository and commit to mount. Pure: everything it rests on is given. */
export function decideCheckout(request: RepositoryRequest, event: WorkflowEvent, git: LocalGit | undefined): Decision {
  const repository = request.repository.kind === 'named' ? request.repository.name : remoteOf(git)
  if ('refusal' in repository) return { ok: false, refusal: repository.refusal }
  if (request.ref !== undefined) return decideRef(repository, request.ref, event, git)
  if (request.checkout === 'default') return decided(repository, { kind: 'default' }, 'checkout: default')
  if (request.repository.kind === 'here') return decideHere(repository, request.checkout, event, git)
  return decideByEvent(repository, request.checkout, event)
}

function remoteOf(git: LocalGit | undefined): RepositoryName | { readonly refusal: string } {
  if (git === undefined) {
    return {
      refusal:
        'repository "." is the checkout at `root`, but there is no git work tree; run actions/checkout before, or name the repository',
    }
  }
  if (git.remote === undefined) {
    return {
      refusal: 'repository ".": the work tree at `root` has no remote `origin`; name the repository as `owner/name`',
    }
  }
  const parsed = parseRemote(git.remote)
  return 'problem' in parsed
    ? { refusal: `repository ".": the remote of the work tree at \`root\` ${parsed.problem}` }
    : parsed
}

function decideRef(repository: RepositoryName, ref: string, event: WorkflowEvent, git: LocalGit | undefined): Decision {
  if (/^[0-9a-f]{40}$|^[0-9a-f]{64}$/i.test(ref)) {
    return decided(repository, { kind: 'commit', sha: ref.toLowerCase() }, `ref ${short(ref)}`)
  }
  if (ref.startsWith('refs/heads/')) {
    return decided(repository, { kind: 'branch', name: ref.slice('refs/heads/'.length) }, `ref ${quoted(ref)}`)
  }
  if (/^refs\/(?!heads\/|tags\/)/.test(ref)) {
    return refused(`ref ${quoted(ref)}: sessions can check out branches and commits only; give the full SHA instead`)
  }
  if (/^[0-9a-f]{7,39}$/i.test(ref)) {
    const full = knownShas(event, git).find((sha) => sha.startsWith(ref.toLowerCase()))
    if (full !== undefined) return refused(shortShaText(ref, full))
  }
  return decided(repository, { kind: 'ref', ref }, `ref ${quoted(ref)}`)
}

/** Why a short SHA will not do; for GitHub's answer too. */
export function shortShaText(ref: string, full: string): string {
  return `ref ${quoted(ref)} is a short SHA, which may come to mean another commit; give the full one: ${full}`
}

function decideHere(
  repository: RepositoryName,
  mode: 'commit' | 'branch',
  event: WorkflowEvent,
  git: LocalGit | undefined,
): Decision {
  if (git?.head === undefined) return refused('repository ".": the work tree at `root` has no commit yet')
  // A pull request's checkout is its head, or the synthetic merge of it, which no clone has.
  if (event.kind === 'head' && (git.head === event.head.sha || isMergeOf(event, git))) {
    return decideByEvent(repository, mode, event)
  }
  if (mode === 'commit')
    return decided(
      repository,
      { kind: 'commit', sha: git.head },
      `HEAD ${short(git.head)} of the work tree at \`root\``,
    )
  if (git.branch !== undefined)
    return decided(repository, { kind: 'branch', name: git.branch }, 'the branch that is checked out at `root`')
  const branch = event.kind === 'commit' && event.sha === git.head ? event.branch : undefined
  if (branch !== undefined)
    return decided(
      repository,
      { kind: 'branch', name: branch },
      `${event.kind === 'commit' ? event.subject : ''}: HEAD is detached, at the tip of the event's branch`,
    )
  return refused(
    'repository ".": HEAD is detached, so there is no branch; take `checkout: commit`, or name the branch with `ref`',
  )
}

/** Whether HEAD is the synthetic merge that actions/checkout takes on pull requests. */
function isMergeOf(event: Extract<WorkflowEvent, { kind: 'head' }>, git: LocalGit): boolean {
  return git.head !== event.head.sha && (git.head === event.mergeSha || git.parents[1] === event.head.sha)
}

function decideByEvent(repository: RepositoryName, mode: 'commit' | 'branch', event: WorkflowEvent): Decision {
  const name = fullName(repository)
  switch (event.kind) {
    case 'none':
      return decided(repository, { kind: 'default' }, 'no event says which commit: the default branch')
    case 'deleted':
      return isSameRepository(event.repository, name)
        ? refused(`${event.subject} is about no commit; set \`ref\`, or \`checkout: default\``)
        : otherRepository(repository)
    case 'commit':
      return isSameRepository(event.repository, name) ? byCommit(repository, mode, event) : otherRepository(repository)
    case 'head':
      return isSameRepository(event.repository, name) || isSameRepository(event.head.repository, name)
        ? byHead(mode, event)
        : otherRepository(repository)
  }
}

function otherRepository(repository: RepositoryName): Decision {
  return decided(
    repository,
    { kind: 'default' },
    'not the repository of this workflow: its default branch (set `ref` for another)',
  )
}

function byCommit(
  repository: RepositoryName,
  mode: 'commit' | 'branch',
  event: Extract<WorkflowEvent, { kind: 'commit' }>,
): Decision {
  const of =
    event.tag !== undefined ? ` of tag ${event.tag}` : event.branch !== undefined ? ` of branch ${event.branch}` : ''
  if (mode === 'commit')
    return decided(repository, { kind: 'commit', sha: event.sha }, `${event.subject}: commit ${short(event.sha)}${of}`)
  if (event.branch !== undefined)
    return decided(repository, { kind: 'branch', name: event.branch }, `${event.subject}: branch ${event.branch}`)
  return refused(
    `${event.subject} is about${of === '' ? ' a commit' : of.replace(' of', '')}, not a branch; take \`checkout: commit\`, or name the branch with \`ref\``,
  )
}

function byHead(mode: 'commit' | 'branch', event: Extract<WorkflowEvent, { kind: 'head' }>): Decision {
  const { subject, head, mergeSha } = event
  if (head.repository === undefined) {
    return refused(
      `${subject}: the fork that head ${short(head.sha)} is from was deleted, so nothing can be cloned; set \`ref\` to a commit of ${event.repository}`,
    )
  }
  const repository = parseRepository(head.repository)
  if ('problem' in repository)
    return refused(`${subject}: the head repository ${quoted(head.repository)} ${repository.problem}`)
  const from = isFork(event) ? ` of fork ${head.repository}` : ''
  if (mode === 'branch')
    return decided(repository, { kind: 'branch', name: head.branch }, `${subject}: branch ${head.branch}${from}`)
  const not = mergeSha === undefined || mergeSha === head.sha ? '' : `, not the merge commit ${short(mergeSha)}`
  return decided(repository, { kind: 'commit', sha: head.sha }, `${subject}: head ${short(head.sha)}${from}${not}`)
}

function knownShas(event: WorkflowEvent, git: LocalGit | undefined): readonly string[] {
  const ofEvent = event.kind === 'commit' ? [event.sha] : event.kind === 'head' ? [event.head.sha] : []
  return [...ofEvent, ...(git?.head === undefined ? [] : [git.head])]
}

function decided(repository: RepositoryName, checkout: Checkout, reason: string): Decision {
  return { ok: true, repository, checkout, reason }
}

function refused(refusal: string): Decision {
  return { ok: false, refusal }
}

function short(sha: string): string {
  return sha.slice(0, 7)
}
