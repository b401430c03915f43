import type { Inputs } from '../../inputs/mount-inputs.ts'
import type { RepositoryInput, RepositoryRequest } from '../../inputs/repository.ts'
import { fullName, isSameRepository, type RepositoryName } from '../../inputs/repository-name.ts'
import type { WorkflowEvent } from '../../runner/workflow-event.ts'
import { Refusal } from '../../text/refusal.ts'
import type { UntrustedGuard } from '../untrusted/untrusted.ts'
import { decideCheckout, repositoryOf } from './checkout.ts'
import type { GitHub } from './github.ts'
import { type LocalGit, readLocalGit } from './local-git.ts'
import { type DesiredRepository, notOnGitHub, resolve } from './resolve.ts'

/** What the repository is found out from. */
interface Around {
  readonly inputs: Inputs
  readonly event: WorkflowEvent
  readonly env: Readonly<Record<string, string | undefined>>
  readonly github: () => Promise<GitHub>
  /** Undefined where anything may be mounted. */
  readonly untrusted: UntrustedGuard | undefined
}

interface RepositoryResult {
  readonly repository: DesiredRepository
  readonly notices: readonly string[]
  readonly warnings: readonly string[]
}

/** Finds out which repository the run wants, and what of it. @throws Refusal if it cannot or must not be mounted */
export async function desiredRepository(input: RepositoryInput, around: Around): Promise<RepositoryResult> {
  const { inputs, event, env, untrusted } = around
  refuseOtherServer(env.GITHUB_SERVER_URL || 'https://github.com')
  const { request, mountPath, onNewCommit } = input
  const needsGit = request.repository.kind === 'here' || request.ref !== undefined
  const git = needsGit ? await readLocalGit(inputs.root) : undefined
  const written = repositoryOf(request, git)
  if ('refusal' in written) throw new Refusal([written.refusal])
  // A fork by the event's own word is refused before GitHub is asked.
  const early = decideCheckout(request, event, git)
  if (early.ok) untrusted?.checkFork(early)
  const github = await around.github()
  const name = await presentName(written, github)
  const decision = decideCheckout(request, event, await withCommit(request, git, name, github), name)
  if (!decision.ok) throw new Refusal([decision.refusal])
  await untrusted?.checkRepository(decision)
  const hasToken = inputs.githubToken !== undefined
  const resolved = await resolve(decision, github, hasToken)
  return {
    repository: { ...resolved.repository, mountPath, hasToken, onNewCommit },
    notices: renameNotices(written, name),
    warnings: [...(decision.warning === undefined ? [] : [decision.warning]), ...resolved.warnings],
  }
}

function refuseOtherServer(server: string): void {
  if (server === 'https://github.com') return
  throw new Refusal([
    `repository: this workflow runs on ${server}, but sessions can only clone from https://github.com; mount \`files\` instead`,
  ])
}

/** The name of now of a repository that may have been renamed; as it is written where GitHub does not say. */
async function presentName(written: RepositoryName, github: GitHub): Promise<RepositoryName> {
  const found = await github.repository(written)
  const isRenamed = found.kind === 'found' && !isSameRepository(fullName(found.value.name), fullName(written))
  return isRenamed ? found.value.name : written
}

function renameNotices(written: RepositoryName, name: RepositoryName): readonly string[] {
  const [before, now] = [fullName(written), fullName(name)]
  return before === now ? [] : [`${before} is called ${now} now, and is mounted by that name`]
}

/** What HEAD's commit says of itself, from GitHub where it lies in a pack. */
async function withCommit(
  request: RepositoryRequest,
  git: LocalGit | undefined,
  name: RepositoryName,
  github: GitHub,
): Promise<LocalGit | undefined> {
  const isAskedFor = request.repository.kind === 'here' && request.ref === undefined && request.checkout !== 'default'
  if (!isAskedFor || git?.head === undefined || git.commit !== undefined) return git
  const answer = await github.commit(name, git.head)
  if (answer.kind === 'missing') throw new Refusal([notOnGitHub(name, `commit ${git.head}`)])
  return answer.kind === 'found' ? { ...git, commit: answer.value } : git
}

export function repositoryLine({ url, checkout, sha, ref, reason }: DesiredRepository): string {
  const at =
    checkout?.type === 'commit'
      ? `commit ${checkout.sha}`
      : `branch ${ref ?? '(default)'}${sha === undefined ? '' : `, now at ${sha}`}`
  return `${url} → ${at} (${reason})`
}
