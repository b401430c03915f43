import type { OnNewCommit } from '../../inputs/repository.ts'
import { fullName, type RepositoryName, urlOf } from '../../inputs/repository-name.ts'
import { quote } from '../../text/escape.ts'
import { Refusal } from '../../text/refusal.ts'
import { shortShaText, testMergeText } from './checkout.ts'
import type { Checkout, Decided } from './decision.ts'
import { isTestMerge } from './git-commit.ts'
import { type Answer, type GitHub, type GitHubCommit, notFoundText } from './github.ts'

/** The repository that the run wants on the session. Holds no token. */
export interface DesiredRepository {
  readonly url: string
  /** As the API takes it; undefined is the default branch. */
  readonly checkout:
    | { readonly type: 'commit'; readonly sha: string }
    | { readonly type: 'branch'; readonly name: string }
    | undefined
  /** Where the checkout stands now, if GitHub said so. */
  readonly sha: string | undefined
  /** The branch or tag by its name, if there is one. */
  readonly ref: string | undefined
  readonly mountPath: string | undefined
  /** Whether there is a token to clone it with. */
  readonly hasToken: boolean
  readonly onNewCommit: OnNewCommit
  readonly reason: string
}

/** A desired repository, and what could not be made sure of. */
export interface ResolvedRepository {
  readonly repository: Omit<DesiredRepository, 'mountPath' | 'hasToken' | 'onNewCommit'>
  readonly warnings: readonly string[]
}

/**
 * Asks GitHub whether repository and commit or branch are there, and which commit a tag means.
 * @throws Refusal with a sentence of its own for what is missing or forbidden; when GitHub cannot be asked, warns
 */
export async function resolve(decision: Decided, github: GitHub, hasToken: boolean): Promise<ResolvedRepository> {
  const { repository: name, checkout, reason } = decision
  const found = await github.repository(name)
  if (found.kind === 'missing') throw new Refusal([notFoundText(name, hasToken)])
  if (found.kind === 'refused') throw new Refusal([`repository ${fullName(name)}: ${found.why}`])
  if (found.kind === 'unreachable') return unverified(decision, found.why)
  const target = await locate(name, checkout, found.value.defaultBranch, github)
  if ('unreachable' in target) return unverified(decision, target.unreachable)
  return { repository: { url: urlOf(name), ...target, reason }, warnings: [] }
}

type Located = Pick<DesiredRepository, 'checkout' | 'sha' | 'ref'>
type Unreachable = { readonly unreachable: string }

async function locate(
  name: RepositoryName,
  checkout: Checkout,
  defaultBranch: string,
  github: GitHub,
): Promise<Located | Unreachable> {
  switch (checkout.kind) {
    case 'commit': {
      const commit = await ask(name, `commit ${checkout.sha}`, github.commit(name, checkout.sha))
      if ('unreachable' in commit) return commit
      if (isTestMerge(commit)) throw new Refusal([testMergeText(commit.sha)])
      // The SHA of an annotated tag is answered with that of its commit.
      return { checkout: { type: 'commit', sha: commit.sha }, sha: commit.sha, ref: undefined }
    }
    case 'branch':
      return branch(name, checkout.name, github)
    case 'default': {
      const tip = await branch(name, defaultBranch, github)
      return 'unreachable' in tip ? tip : { ...tip, checkout: undefined }
    }
    case 'ref':
      return anyRef(name, checkout.ref, github)
  }
}

async function branch(name: RepositoryName, branchName: string, github: GitHub): Promise<Located | Unreachable> {
  const tip = await ask(name, `branch ${quote(branchName)}`, github.commit(name, `heads/${branchName}`))
  return 'unreachable' in tip ? tip : { checkout: { type: 'branch', name: branchName }, sha: tip.sha, ref: branchName }
}

/** A branch goes before a tag of the same name, as in git. A tag becomes its commit: the API knows no tags. */
async function anyRef(name: RepositoryName, ref: string, github: GitHub): Promise<Located | Unreachable> {
  if (!ref.startsWith('refs/tags/')) {
    const tip = await github.commit(name, `heads/${ref}`)
    if (tip.kind !== 'missing') return branch(name, ref, github)
  }
  const tag = ref.replace(/^refs\/tags\//, '')
  const tagged = await github.commit(name, `tags/${tag}`)
  if (tagged.kind === 'missing' && /^[0-9a-f]{7,39}$/i.test(ref)) {
    const full = await github.commit(name, ref)
    if (full.kind === 'found') throw new Refusal([shortShaText(ref, full.value.sha)])
  }
  const commit = await ask(name, `branch or tag ${quote(tag)}`, Promise.resolve(tagged))
  return 'unreachable' in commit ? commit : { checkout: { type: 'commit', sha: commit.sha }, sha: commit.sha, ref: tag }
}

async function ask(
  name: RepositoryName,
  what: string,
  answer: Promise<Answer<GitHubCommit>>,
): Promise<GitHubCommit | Unreachable> {
  const given = await answer
  switch (given.kind) {
    case 'found':
      return given.value
    case 'unreachable':
      return { unreachable: given.why }
    case 'refused':
      throw new Refusal([`repository ${fullName(name)}: ${given.why}`])
    case 'missing':
      throw new Refusal([notOnGitHub(name, what)])
  }
}

/** How a commit, branch or tag that GitHub does not have is told. */
export function notOnGitHub(name: RepositoryName, what: string): string {
  return `${what} was not found in ${fullName(name)} on GitHub: was it pushed, or has it been deleted since?`
}

/** The run goes on: the service itself will say, in the session, if the repository cannot be cloned. */
function unverified(decision: Decided, why: string): ResolvedRepository {
  const { repository: name, checkout, reason } = decision
  const warnings = [
    `GitHub could not be asked whether ${fullName(name)} has what is to be checked out (${why}); mounting it unchecked`,
  ]
  const as = (located: Located) => ({ repository: { url: urlOf(name), ...located, reason }, warnings })
  switch (checkout.kind) {
    case 'commit':
      return as({ checkout: { type: 'commit', sha: checkout.sha }, sha: checkout.sha, ref: undefined })
    case 'branch':
      return as({ checkout: { type: 'branch', name: checkout.name }, sha: undefined, ref: checkout.name })
    case 'default':
      return as({ checkout: undefined, sha: undefined, ref: undefined })
    case 'ref':
      throw new Refusal([
        `ref ${quote(checkout.ref)} of ${fullName(name)}: GitHub could not be asked whether it is a branch or a tag (${why}); run the job again, or give a full SHA`,
      ])
  }
}
