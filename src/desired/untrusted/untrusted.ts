import { fullName, parseRemote, type RepositoryName } from '../../inputs/repository-name.ts'
import type { WorkflowEvent } from '../../runner/workflow-event.ts'
import { quote } from '../../text/escape.ts'
import { Refusal } from '../../text/refusal.ts'
import { type Decided, short } from '../repository/decision.ts'
import type { GitHub } from '../repository/github.ts'
import type { LocalGit } from '../repository/local-git.ts'
import { type Rule, ruleOf } from './events.ts'
import { Origins } from './origin.ts'
import { judge } from './verdict.ts'
import { areSameHeads, readWorkTrees, type WorkTrees } from './work-trees.ts'

const RISK =
  'A stranger may have written it, and this workflow has secrets: `.claude/skills` of a repository are loaded as instructions to the agent, and files can hold instructions too.'
const SHA_OF_BASE = `\`\${{ github.sha }}\``
const MOUNT_BASE = `To mount the base instead, set \`checkout: default\`, or \`ref\` to a branch, a tag or ${SHA_OF_BASE}`
const CHECK_OUT_BASE = `Check out the base instead (actions/checkout with \`ref\` ${SHA_OF_BASE}), or mount it as \`repository\` with \`checkout: default\``
const ALLOW = 'if you want what a stranger wrote, set `allow-untrusted: true`'

/**
 * Keeps what a stranger may have written out of a workflow that a stranger can start and that has secrets: there, only
 * what is proved to be the repository's own is let through.
 */
export class UntrustedGuard {
  readonly #subject: string
  readonly #rule: Rule
  readonly #origins: Origins

  private constructor(subject: string, rule: Rule, origins: Origins) {
    this.#subject = subject
    this.#rule = rule
    this.#origins = origins
  }

  /** Undefined where anything may be mounted. */
  static of(event: WorkflowEvent, openGitHub: () => Promise<GitHub>): UntrustedGuard | undefined {
    const rule = ruleOf(event)
    if (rule.kind === 'anything' || event.kind === 'none') return undefined
    return new UntrustedGuard(event.subject, rule, new Origins(event, rule, openGitHub))
  }

  /**
   * Checks files before they are read.
   * @param files absolute, real paths
   * @param nameOf a path as the user knows it
   * @returns what was checked out, for `checkSame`
   * @throws Refusal
   */
  async checkFiles(files: readonly string[], nameOf: (absolute: string) => string): Promise<WorkTrees> {
    const found = await readWorkTrees(files)
    for (const [top, git] of found.trees) {
      const verdict = judge(this.#rule, { what: 'work-tree', commit: await this.#originOf(git) })
      const where = `the files in ${quote(nameOf(top) || '.')}`
      if (!verdict.allowed)
        this.#refuse(`${where} are not mounted. HEAD ${shortHead(git)} there: ${verdict.because}`, CHECK_OUT_BASE)
    }
    const [plain] = found.plain
    const verdict = judge(this.#rule, { what: 'plain-file' })
    if (plain !== undefined && !verdict.allowed)
      this.#refuse(`${quote(nameOf(plain))} is not mounted: ${verdict.because}`, CHECK_OUT_BASE)
    return found
  }

  /** Checks files again after they have been read. @throws Refusal if something else is checked out now */
  async checkSame(files: readonly string[], before: WorkTrees): Promise<void> {
    if (areSameHeads(before, await readWorkTrees(files))) return
    throw new Refusal([
      'Another commit was checked out while the files were read. Run this step when no other process works in the checkout',
    ])
  }

  /** @throws Refusal for a fork that needs no asking */
  checkFork({ repository, checkout }: Decided): void {
    if (!this.#origins.isHeadFork(repository)) return
    const head = checkout.kind === 'commit' ? `head ${short(checkout.sha)} of ` : ''
    this.#refuse(`${head}fork ${fullName(repository)} is not mounted`, MOUNT_BASE)
  }

  /** @throws Refusal */
  async checkRepository({ repository, checkout }: Decided): Promise<void> {
    const origin = await this.#origins.ofRepository(repository)
    const name = fullName(repository)
    if (checkout.kind !== 'commit') {
      const verdict = judge(this.#rule, { what: 'named-ref', repository: origin })
      if (!verdict.allowed) this.#refuseRepository(`repository ${name}`, verdict.because)
      return
    }
    const commit = await this.#origins.ofCommit(checkout.sha, origin === 'same-owner' ? repository : undefined)
    const verdict = judge(this.#rule, { what: 'commit', repository: origin, commit })
    if (!verdict.allowed) this.#refuseRepository(`commit ${short(checkout.sha)} of ${name}`, verdict.because)
  }

  #originOf(git: LocalGit | undefined): ReturnType<Origins['ofCommit']> {
    return this.#origins.ofCommit(git?.head, remoteName(git))
  }

  #refuseRepository(what: string, because: string): never {
    this.#refuse(`${what} is not mounted: ${because}`, MOUNT_BASE)
  }

  #refuse(what: string, instead: string): never {
    throw new Refusal([`${this.#subject}: ${what}. ${RISK} ${instead}; ${ALLOW}`])
  }
}

function shortHead(git: LocalGit | undefined): string {
  return git?.head === undefined ? '(none)' : short(git.head)
}

function remoteName(git: LocalGit | undefined): RepositoryName | undefined {
  const parsed = git?.remote === undefined ? undefined : parseRemote(git.remote)
  return parsed === undefined || 'problem' in parsed ? undefined : parsed
}
