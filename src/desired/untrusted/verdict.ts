import type { Rule } from './events.ts'

/** What is known of a commit. */
export type CommitOrigin =
  /** It is the one that the event itself runs on. */
  | { readonly kind: 'workflow-sha' }
  /** GitHub has it on a branch of a repository of the same owner. */
  | { readonly kind: 'on-branch'; readonly branch: string; readonly repository: string }
  /** GitHub has it on none of these. */
  | { readonly kind: 'elsewhere'; readonly branches: readonly string[]; readonly repository: string }
  | { readonly kind: 'not-told'; readonly why: string }

/** Whose a repository is, from where the workflow stands. */
export type RepositoryOrigin = 'base' | 'fork' | 'same-owner' | 'other' | 'not-told'

/** Something to be mounted, as far as trust goes. */
export type Mounted =
  /** A file outside of all work trees. */
  | { readonly what: 'plain-file' }
  /** Files of a work tree, by its HEAD. */
  | { readonly what: 'work-tree'; readonly commit: CommitOrigin }
  /** A repository at its default branch, or at a branch or tag by name. */
  | { readonly what: 'named-ref'; readonly repository: RepositoryOrigin }
  /** A repository at a commit. */
  | { readonly what: 'commit'; readonly repository: RepositoryOrigin; readonly commit: CommitOrigin }

export type Verdict =
  | { readonly allowed: true; readonly because: string }
  | { readonly allowed: false; readonly because: string }

/** Decides whether something may be mounted. Pure. What cannot be told is refused. */
export function judge(rule: Rule, mounted: Mounted): Verdict {
  if (rule.kind === 'anything') return { allowed: true, because: rule.because }
  switch (mounted.what) {
    case 'plain-file':
      return denied('it is not in a git checkout, so its origin is unknown')
    case 'work-tree':
      return judgeCommit(mounted.commit)
    case 'named-ref':
      return judgeRepository(mounted.repository)
    case 'commit': {
      const verdict = judgeRepository(mounted.repository)
      return verdict.allowed ? judgeCommit(mounted.commit) : verdict
    }
  }
}

function judgeRepository(repository: RepositoryOrigin): Verdict {
  switch (repository) {
    case 'base':
      return { allowed: true, because: 'only who may write to the repository can move its branches and tags' }
    case 'same-owner':
      return { allowed: true, because: 'it belongs to the owner of the repository' }
    case 'fork':
      return denied('it is a fork')
    case 'other':
      return denied('it belongs to another owner')
    case 'not-told':
      return denied('GitHub does not say whether it is a fork')
  }
}

function judgeCommit(commit: CommitOrigin): Verdict {
  switch (commit.kind) {
    case 'workflow-sha':
      return { allowed: true, because: 'it is the commit that the workflow itself runs on' }
    case 'on-branch':
      return { allowed: true, because: `GitHub has it on ${commit.branch} of ${commit.repository}` }
    case 'elsewhere':
      return denied(`GitHub does not have it on ${commit.branches.join(' or ')} of ${commit.repository}`)
    case 'not-told':
      return denied(`it is not known whether it is a commit of the repository itself: ${commit.why}`)
  }
}

function denied(because: string): Verdict {
  return { allowed: false, because }
}
