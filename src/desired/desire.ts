import type { MemoryStore } from '../inputs/memory-stores.ts'
import type { FilesRequest, Inputs, Refresh } from '../inputs/mount-inputs.ts'
import type { RepositoryInput } from '../inputs/repository.ts'
import type { SessionTarget } from '../inputs/session-target.ts'
import type { ScratchFolder } from '../runner/scratch-folder.ts'
import type { WorkflowEvent } from '../runner/workflow-event.ts'
import { Refusal } from '../text/refusal.ts'
import type { Archive } from './archive/archive.ts'
import { type DesiredFile, type DesiredFiles, desiredFiles } from './files/files.ts'
import { Guard } from './files/guard.ts'
import { ownSecrets } from './files/sensitive-content.ts'
import { type DesiredPrompt, desiredPrompt, promptLine } from './prompt-text.ts'
import { decideCheckout } from './repository/checkout.ts'
import { openGitHub } from './repository/github.ts'
import { readLocalGit } from './repository/local-git.ts'
import { type DesiredRepository, resolve } from './repository/resolve.ts'
import { untrustedFiles, untrustedRepository } from './untrusted.ts'

/** All that the run wants. Holds no token. */
export interface Desired {
  readonly target: SessionTarget
  readonly files: readonly DesiredFile[]
  readonly repository: DesiredRepository | undefined
  readonly memoryStores: readonly MemoryStore[]
  readonly maxResources: number
  readonly prompt: DesiredPrompt | undefined
  readonly refresh: Refresh
  /** The folder that files are mounted under, and pruned. */
  readonly mountPath: string
}

/** What is wanted, and what to tell about how that was found out. */
export interface Desire {
  readonly desired: Desired
  readonly lines: readonly string[]
  readonly warnings: readonly string[]
}

type Environment = Readonly<Record<string, string | undefined>>

const NO_FILES = { files: [], archiveMountPath: undefined, lines: [], warnings: [] } as const
const NO_REPOSITORY = { repository: undefined, warnings: [] } as const

/**
 * Turns the inputs into what the run wants: files from the disk, the repository from event, git and GitHub.
 * @param scratch where an archive of the files is, if there is to be one; to be removed after the run
 * @throws Refusal if something cannot or must not be mounted; the service has not been called then
 */
export async function desire(
  inputs: Inputs,
  event: WorkflowEvent,
  env: Environment,
  scratch: ScratchFolder,
  signal: AbortSignal,
): Promise<Desire> {
  const files = inputs.files === undefined ? NO_FILES : await resolveFiles(inputs.files, inputs, env, signal)
  const prompt = await resolvePrompt(inputs, env)
  if (!inputs.allowUntrusted) {
    const read = prompt?.file === undefined ? [] : [prompt.file]
    const untrusted = await untrustedFiles([...files.files.map((file) => file.realPath), ...read], event)
    if (untrusted !== undefined) throw new Refusal([untrusted])
  }
  const { repository, warnings } =
    inputs.repository === undefined ? NO_REPOSITORY : await desiredRepository(inputs.repository, inputs, event, env)
  const { target, memoryStores, maxResources, refresh } = inputs
  const archive = await archiveIfWanted(files, inputs, scratch, signal)
  return {
    desired: {
      target,
      files: archive === undefined ? files.files : [archive.file],
      repository,
      memoryStores,
      maxResources,
      refresh,
      mountPath: inputs.files?.mountPath ?? '/',
      prompt,
    },
    lines: [
      ...files.lines,
      ...(archive === undefined ? [] : [archive.line]),
      ...(repository === undefined ? [] : [repositoryLine(repository)]),
      ...(prompt === undefined ? [] : [promptLine(prompt)]),
    ],
    warnings: [...files.warnings, ...warnings, ...(archive?.warnings ?? [])],
  }
}

/** Packs the files last, when all else is known to be in order: it may take long. */
async function archiveIfWanted(
  { files, archiveMountPath }: DesiredFiles,
  { compressionLevel }: Inputs,
  scratch: ScratchFolder,
  signal: AbortSignal,
): Promise<Archive | undefined> {
  if (archiveMountPath === undefined) return undefined
  // Loaded here, so that a run which packs nothing starts without it.
  const { archiveOf } = await import('./archive/archive.ts')
  return archiveOf(files, { mountPath: archiveMountPath, compressionLevel, scratch, signal })
}

async function resolveFiles(
  request: FilesRequest,
  inputs: Inputs,
  env: Environment,
  signal: AbortSignal,
): Promise<DesiredFiles> {
  const guard = await Guard.open(request.allowSensitiveFiles, env, secretsOf(inputs, env))
  const others = (inputs.repository === undefined ? 0 : 1) + inputs.memoryStores.length
  const room = { maxResources: inputs.maxResources, others }
  return desiredFiles(request, room, guard, signal)
}

async function resolvePrompt(inputs: Inputs, env: Environment): Promise<DesiredPrompt | undefined> {
  const source = inputs.conversation?.prompt
  if (source === undefined) return undefined
  const own = secretsOf(inputs, env)
  return desiredPrompt(source, env, await Guard.open(inputs.files?.allowSensitiveFiles ?? [], env, own), own)
}

function secretsOf({ access: { credential }, githubToken }: Inputs, env: Environment): readonly string[] {
  return ownSecrets([credential.kind === 'api-key' ? credential.key : undefined, githubToken], env)
}

async function desiredRepository(
  { request, mountPath }: RepositoryInput,
  { root, allowUntrusted, githubToken }: Inputs,
  event: WorkflowEvent,
  env: Environment,
): Promise<{ readonly repository: DesiredRepository; readonly warnings: readonly string[] }> {
  const server = env.GITHUB_SERVER_URL || 'https://github.com'
  if (server !== 'https://github.com') {
    throw new Refusal([
      `repository: this workflow runs on ${server}, but sessions can only clone from https://github.com; mount \`files\` instead`,
    ])
  }
  const needsGit = request.repository.kind === 'here' || request.ref !== undefined
  const decision = decideCheckout(request, event, needsGit ? await readLocalGit(root) : undefined)
  if (!decision.ok) throw new Refusal([decision.refusal])
  const untrusted = allowUntrusted ? undefined : untrustedRepository(decision, event)
  if (untrusted !== undefined) throw new Refusal([untrusted])
  const hasToken = githubToken !== undefined
  const resolved = await resolve(decision, await openGitHub(githubToken), hasToken)
  return { repository: { ...resolved.repository, mountPath, hasToken }, warnings: resolved.warnings }
}

function repositoryLine({ url, checkout, sha, ref, reason }: DesiredRepository): string {
  const at =
    checkout?.type === 'commit'
      ? `commit ${checkout.sha}`
      : `branch ${ref ?? '(default)'}${sha === undefined ? '' : `, now at ${sha}`}`
  return `${url} → ${at} (${reason})`
}
