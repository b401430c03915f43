import type { RepositoryName } from '../../inputs/repository-name.ts'
import type { WorkflowEvent } from '../../runner/workflow-event.ts'
import { decideByEvent, unreadableText } from './checkout-by-event.ts'
import { type Decision, decided, type HeadEvent, refused, short } from './decision.ts'
import { isTestMerge } from './git-commit.ts'
import type { LocalGit } from './local-git.ts'

/** Decides what `repository: .` checks out: the commit of the work tree, unless that is a test merge. */
export function decideHere(
  repository: RepositoryName,
  mode: 'commit' | 'branch',
  event: WorkflowEvent,
  git: LocalGit | undefined,
): Decision {
  if (git?.head === undefined) return refused(noHeadText(git))
  if (event.kind === 'unreadable') return refused(unreadableText(event))
  // A pull request's checkout is its head, or the test merge of it, which no clone has.
  if (event.kind === 'head' && (git.head === event.head.sha || isMergeOf(event, git))) {
    return decideByEvent(repository, mode, event)
  }
  if (git.commit !== undefined && isTestMerge(git.commit)) return decideNewerMerge(repository, mode, event, git.head)
  if (git.commit === undefined && event.kind === 'head' && mode === 'commit') {
    return refused(
      `repository ".": whether HEAD ${short(git.head)} is only a test merge cannot be told, because GitHub could not be asked; run the job again, or set \`ref\``,
    )
  }
  return mode === 'commit'
    ? decided(repository, { kind: 'commit', sha: git.head }, `HEAD ${short(git.head)} of the work tree at \`root\``)
    : decideBranch(repository, event, git)
}

function decideBranch(repository: RepositoryName, event: WorkflowEvent, git: LocalGit): Decision {
  if (git.branch !== undefined)
    return decided(repository, { kind: 'branch', name: git.branch }, 'the branch that is checked out at `root`')
  if (event.kind === 'commit' && event.sha === git.head && event.branch !== undefined) {
    const reason = `${event.subject}: HEAD is detached, at the tip of the event's branch`
    return decided(repository, { kind: 'branch', name: event.branch }, reason)
  }
  return refused(
    'repository ".": HEAD is detached, so there is no branch; use `checkout: commit`, or name the branch with `ref`',
  )
}

function noHeadText(git: LocalGit | undefined): string {
  return git?.hasRefTable === true
    ? 'repository ".": the work tree at `root` keeps its references as a reftable, which this action does not read; name the repository as `owner/name`, with a `ref`'
    : 'repository ".": the work tree at `root` has no commit yet'
}

/** Whether HEAD is the test merge that actions/checkout takes on pull requests. */
function isMergeOf(event: HeadEvent, git: LocalGit): boolean {
  return git.head === event.mergeSha || git.commit?.parents[1] === event.head.sha
}

/** A test merge that is not of the event's head: the pull request moved on before it was checked out. */
function decideNewerMerge(
  repository: RepositoryName,
  mode: 'commit' | 'branch',
  event: WorkflowEvent,
  merge: string,
): Decision {
  if (event.kind !== 'head') {
    return refused(
      `repository ".": HEAD ${short(merge)} is the merge that GitHub made to test a pull request. It is on no branch, so no session can check it out; check out the head of the pull request (\`ref: refs/pull/NUMBER/head\` of actions/checkout), or set \`ref\``,
    )
  }
  const decision = decideByEvent(repository, mode, event)
  const warning = `What is checked out at \`root\` is ${short(merge)}, the test merge of another head than that of ${event.subject}, which may have moved on since. It is on no branch, so ${short(event.head.sha)}, the head of this event, is mounted in its place`
  return decision.ok ? { ...decision, warning } : decision
}
