import type { RepositoryRequest } from '../../inputs/repository.ts'
import { parseRemote, type RepositoryName } from '../../inputs/repository-name.ts'
import type { WorkflowEvent } from '../../runner/workflow-event.ts'
import { quote } from '../../text/escape.ts'
import { decideByEvent } from './checkout-by-event.ts'
import { decideHere } from './checkout-here.ts'
import { type Decision, decided, refused, short } from './decision.ts'
import type { LocalGit } from './local-git.ts'

/**
 * Decides which repository and commit to mount. Pure: everything it rests on is given.
 * @param name the repository's name of now, if that is known
 */
export function decideCheckout(
  request: RepositoryRequest,
  event: WorkflowEvent,
  git: LocalGit | undefined,
  name?: RepositoryName,
): Decision {
  const repository = name ?? repositoryOf(request, git)
  if ('refusal' in repository) return { ok: false, refusal: repository.refusal }
  if (request.ref !== undefined) return decideRef(repository, request.ref, event, git)
  if (request.checkout === 'default') return decided(repository, { kind: 'default' }, 'checkout: default')
  if (request.repository.kind === 'here') return decideHere(repository, request.checkout, event, git)
  return decideByEvent(repository, request.checkout, event)
}

/** The repository by the name that is written in the input, or in the work tree. */
export function repositoryOf(
  { repository }: RepositoryRequest,
  git: LocalGit | undefined,
): RepositoryName | { readonly refusal: string } {
  return repository.kind === 'named' ? repository.name : remoteOf(git)
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
    if (event.kind === 'head' && event.mergeSha === ref.toLowerCase()) return refused(testMergeText(ref))
    return decided(repository, { kind: 'commit', sha: ref.toLowerCase() }, `ref ${short(ref)}`)
  }
  if (ref.startsWith('refs/heads/')) {
    return decided(repository, { kind: 'branch', name: ref.slice('refs/heads/'.length) }, `ref ${quote(ref)}`)
  }
  if (/^refs\/(?!heads\/|tags\/)/.test(ref)) {
    return refused(`ref ${quote(ref)}: sessions can check out branches and commits only; give the full SHA instead`)
  }
  if (/^[0-9a-f]{7,39}$/i.test(ref)) {
    const full = knownShas(event, git).find((sha) => sha.startsWith(ref.toLowerCase()))
    if (full !== undefined) return refused(shortShaText(ref, full))
  }
  return decided(repository, { kind: 'ref', ref }, `ref ${quote(ref)}`)
}

/** Why a short SHA will not do; for GitHub's answer too. */
export function shortShaText(ref: string, full: string): string {
  return `ref ${quote(ref)} is a short SHA, which may come to mean another commit; give the full one: ${full}`
}

/** Why a test merge cannot be mounted; for GitHub's answer too. */
export function testMergeText(sha: string): string {
  return `commit ${short(sha)} is the merge that GitHub made to test a pull request. It is on no branch, so no session can check it out; leave \`ref\` out to mount the head, or give a commit of a branch`
}

function knownShas(event: WorkflowEvent, git: LocalGit | undefined): readonly string[] {
  const ofHead = git?.head === undefined ? [] : [git.head]
  switch (event.kind) {
    case 'commit':
      return [event.sha, ...ofHead]
    case 'head':
      return [event.head.sha, ...ofHead]
    default:
      return ofHead
  }
}
