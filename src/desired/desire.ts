import { realpath } from 'node:fs/promises'
import path from 'node:path'
import type { MemoryStore } from '../inputs/memory-stores.ts'
import type { Inputs, Refresh } from '../inputs/mount-inputs.ts'
import type { SessionTarget } from '../inputs/session-target.ts'
import { nameBelow } from '../paths/system-path.ts'
import type { ScratchFolder } from '../runner/scratch-folder.ts'
import type { WorkflowEvent } from '../runner/workflow-event.ts'
import type { Archive } from './archive/archive.ts'
import type { Room } from './files/arrange.ts'
import type { DesiredFile } from './files/desired-file.ts'
import { withFileList } from './files/file-list.ts'
import { type DesiredFiles, type FoundFiles, findFiles, readFiles } from './files/files.ts'
import { Guard } from './files/guard.ts'
import { type DesiredPrompt, findPrompt, promptLine, readPrompt } from './prompt-text.ts'
import { desiredRepository, repositoryLine } from './repository/desired-repository.ts'
import { openGitHub } from './repository/github.ts'
import type { DesiredRepository } from './repository/resolve.ts'
import { ownSecrets } from './secrets/own-secrets.ts'
import { UntrustedGuard } from './untrusted/untrusted.ts'

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
  /** `files` is an empty list, and nothing else is wanted on the session. */
  readonly isNothing: boolean
  readonly lines: readonly string[]
  readonly notices: readonly string[]
  readonly warnings: readonly string[]
}

type Environment = Readonly<Record<string, string | undefined>>

const NO_FILES = { files: [], isAsked: true, archiveMountPath: undefined, lines: [], warnings: [] } as const
const NO_REPOSITORY = { repository: undefined, notices: [], warnings: [] } as const

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
  const github = once(() => openGitHub(inputs.githubToken))
  const untrusted = inputs.allowUntrusted ? undefined : UntrustedGuard.of(event, github)
  const { files, prompt, archive } = await readDisk(inputs, env, untrusted, scratch, signal)
  const { repository, notices, warnings } =
    inputs.repository === undefined
      ? NO_REPOSITORY
      : await desiredRepository(inputs.repository, { inputs, event, env, github, untrusted })
  const { target, memoryStores, maxResources, refresh } = inputs
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
    isNothing: !files.isAsked && repository === undefined && memoryStores.length === 0 && !refresh.prune,
    lines: [
      ...files.lines,
      ...(archive === undefined ? [] : [archive.line]),
      ...(repository === undefined ? [] : [repositoryLine(repository)]),
      ...(prompt === undefined ? [] : [promptLine(prompt)]),
    ],
    notices,
    warnings: [...files.warnings, ...warnings, ...(archive?.warnings ?? [])],
  }
}

interface OnDisk {
  readonly files: DesiredFiles
  readonly prompt: DesiredPrompt | undefined
  readonly archive: Archive | undefined
}

const NOTHING_ON_DISK: OnDisk = { files: NO_FILES, prompt: undefined, archive: undefined }

/** Reads what is to be mounted between two looks at what is checked out, where that has to be the repository's own. */
async function readDisk(
  inputs: Inputs,
  env: Environment,
  untrusted: UntrustedGuard | undefined,
  scratch: ScratchFolder,
  signal: AbortSignal,
): Promise<OnDisk> {
  const source = inputs.conversation?.prompt
  if (inputs.files === undefined && source === undefined) return NOTHING_ON_DISK
  const own = ownSecrets([apiKeyOf(inputs), inputs.githubToken], env)
  const guard = await Guard.open(inputs.files?.allowSensitiveFiles ?? [], env, own)
  const found = await findAsked(inputs, env, guard, signal)
  const prompt = source === undefined ? undefined : await findPrompt(source, env, guard)
  const paths = [...(found?.files ?? []).map((file) => file.realPath), ...(prompt?.file ? [prompt.file] : [])]
  const checked = await untrusted?.checkFiles(paths, await namesBelow(inputs.root))
  const files = found === undefined ? NO_FILES : await readFiles(found, guard, signal)
  const read = {
    files,
    prompt: prompt === undefined ? undefined : await readPrompt(prompt, own),
    archive: await archiveIfWanted(files, inputs, scratch, signal),
  }
  if (checked !== undefined) await untrusted?.checkSame(paths, checked)
  return read
}

async function findAsked(
  inputs: Inputs,
  env: Environment,
  guard: Guard,
  signal: AbortSignal,
): Promise<FoundFiles | undefined> {
  const { files } = inputs
  if (files === undefined) return undefined
  const patterns = await withFileList(files.patterns, files.listFile, env)
  return findFiles({ ...files, patterns }, roomOf(inputs), guard, signal)
}

function roomOf({ maxResources, repository, memoryStores }: Inputs): Room {
  return { maxResources, others: (repository === undefined ? 0 : 1) + memoryStores.length }
}

function apiKeyOf({ access: { credential } }: Inputs): string | undefined {
  return credential.kind === 'api-key' ? credential.key : undefined
}

/** Names paths as the user knows them, relative to the root. */
async function namesBelow(folder: string): Promise<(absolute: string) => string> {
  const given = path.resolve(folder)
  const real = await realpath(given).catch(() => given)
  return (absolute) => nameBelow(given, absolute) ?? nameBelow(real, absolute) ?? absolute
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
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
