import { fullName, isSameRepository, type RepositoryName } from '../../inputs/repository-name.ts'
import type { WorkflowEvent } from '../../runner/workflow-event.ts'
import type { Answer, GitHub } from '../repository/github.ts'
import type { Rule } from './events.ts'
import type { CommitOrigin, RepositoryOrigin } from './verdict.ts'

type KnownEvent = Exclude<WorkflowEvent, { kind: 'none' }>

/** Finds out where repositories and commits come from: by the event, and by what GitHub answers. */
export class Origins {
  readonly #event: KnownEvent
  readonly #workflowSha: string | undefined
  readonly #openGitHub: () => Promise<GitHub>

  /** @param openGitHub called only when GitHub has to be asked */
  constructor(event: KnownEvent, rule: Extract<Rule, { kind: 'own' }>, openGitHub: () => Promise<GitHub>) {
    this.#event = event
    this.#workflowSha = rule.workflowSha
    this.#openGitHub = openGitHub
  }

  /** The repository that the workflow belongs to. */
  get base(): string {
    return this.#event.repository
  }

  async ofRepository(name: RepositoryName): Promise<RepositoryOrigin> {
    const { repository: base } = this.#event
    if (this.isHeadFork(name)) return 'fork'
    if (isSameRepository(base, fullName(name))) return 'base'
    if (name.owner.toLowerCase() !== base.split('/')[0]?.toLowerCase()) return 'other'
    const known = await (await this.#openGitHub()).repository(name)
    if (known.kind !== 'found') return 'not-told'
    return known.value.forkOf.some((each) => isSameRepository(each, base)) ? 'fork' : 'same-owner'
  }

  /** It is the fork that the event is about. */
  isHeadFork(name: RepositoryName): boolean {
    const event = this.#event
    const head = event.kind === 'head' ? event.head.repository : undefined
    return isSameRepository(head, fullName(name)) && !isSameRepository(event.repository, head)
  }

  /** @param remote the repository that the commit is said to be of, where that is not the base */
  async ofCommit(sha: string | undefined, remote?: RepositoryName): Promise<CommitOrigin> {
    if (sha === undefined) return { kind: 'not-told', why: 'HEAD leads to no commit' }
    if (sha === this.#workflowSha) return { kind: 'workflow-sha' }
    const [owner = '', name = ''] = this.base.split('/')
    const inBase = await this.#onBranchOf({ owner, name }, sha, this.#event.branches)
    if (inBase.kind === 'on-branch' || remote === undefined) return inBase
    const isKin = (await this.ofRepository(remote)) === 'same-owner'
    return isKin ? this.#onBranchOf(remote, sha, []) : inBase
  }

  async #onBranchOf(name: RepositoryName, sha: string, named: readonly string[]): Promise<CommitOrigin> {
    const github = await this.#openGitHub()
    const known = await github.repository(name)
    if (known.kind === 'missing')
      return { kind: 'not-told', why: `GitHub shows no ${fullName(name)} to \`github-token\`` }
    if (known.kind !== 'found') return { kind: 'not-told', why: unansweredText(known.why) }
    const branches = [...new Set([...named, known.value.defaultBranch])]
    let unanswered: string | undefined
    for (const branch of branches) {
      const answer = await isOnBranch(name, sha, branch, github)
      if (answer.kind === 'found' && answer.value) return { kind: 'on-branch', branch, repository: fullName(name) }
      if (answer.kind === 'unreachable' || answer.kind === 'refused') unanswered = answer.why
    }
    if (unanswered !== undefined) return { kind: 'not-told', why: unansweredText(unanswered) }
    return { kind: 'elsewhere', branches, repository: fullName(name) }
  }
}

function unansweredText(why: string): string {
  return `GitHub could not be asked (${why})`
}

/** By the branch's commit, since its name could be that of a tag or of a commit, too. */
async function isOnBranch(name: RepositoryName, sha: string, branch: string, github: GitHub): Promise<Answer<boolean>> {
  const tip = await github.commit(name, `heads/${branch}`)
  if (tip.kind !== 'found') return tip
  return tip.value.sha === sha ? { kind: 'found', value: true } : github.isBehind(name, sha, tip.value.sha)
}
