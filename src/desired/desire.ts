import { realpath } from 'node:fs/promises'
import path from 'node:path'
import type { Prompt } from '../api/user-event.ts'
import type { MemoryStore } from '../inputs/memory-stores.ts'
import type { Inputs, Refresh } from '../inputs/mount-inputs.ts'
import type { SessionTarget } from '../inputs/session-target.ts'
import { nameBelow } from '../paths/system-path.ts'
import type { WorkflowEvent } from '../runner/workflow-event.ts'
import type { PackingTools } from './archive/archive.ts'
import type { Room } from './files/arrange.ts'
import { type DesiredFile, singleFile } from './files/desired-file.ts'
import { withFileList } from './files/file-list.ts'
import { type FoundFiles, findFiles, type ReadFiles, readFiles } from './files/files.ts'
import { Guard } from './files/guard.ts'
import { totalSize } from './files/place.ts'
import { findPrompt, promptLine, readPrompt } from './prompt-text.ts'
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
  readonly prompt: Prompt | undefined
  /** What this step may cost at most. */
  readonly budgetCents: number | undefined
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

/** What reading the disk needs beside the inputs. The scratch folder holds an archive, if there is to be one. */
export interface DiskTools extends PackingTools {
  readonly env: Environment
}

const NO_FILES = { files: [], lines: [], warnings: [] } as const
const NO_REPOSITORY = { repository: undefined, notices: [], warnings: [] } as const

/**
 * Turns the inputs into what the run wants: files from the disk, the repository from event, git and GitHub.
 * @throws Refusal if something cannot or must not be mounted; the service has not been called then
 */
export async function desire(inputs: Inputs, event: WorkflowEvent, tools: DiskTools): Promise<Desire> {
  const github = once(() => openGitHub(inputs.githubToken))
  const untrusted = inputs.allowUntrusted ? undefined : UntrustedGuard.of(event, github)
  const { files, isAsked, prompt } = await readDisk(inputs, untrusted, tools)
  const { repository, notices, warnings } =
    inputs.repository === undefined
      ? NO_REPOSITORY
      : await desiredRepository(inputs.repository, { inputs, event, env: tools.env, github, untrusted })
  const { target, memoryStores, maxResources, refresh, budgetCents } = inputs
  return {
    desired: {
      target,
      files: files.files,
      repository,
      memoryStores,
      maxResources,
      refresh,
      mountPath: inputs.files?.mountPath ?? '/',
      prompt,
      budgetCents,
    },
    isNothing: !isAsked && repository === undefined && memoryStores.length === 0 && !refresh.prune,
    lines: [
      ...files.lines,
      ...(repository === undefined ? [] : [repositoryLine(repository)]),
      ...(prompt === undefined ? [] : [promptLine(prompt)]),
    ],
    notices,
    warnings: [...files.warnings, ...warnings],
  }
}

/**
 * Packs the archive, whose members were read before.
 * @throws FileChanged, UnreadableFile, what the packer throws
 */
export async function packDesired(desired: Desired, tools: DiskTools): Promise<Desired> {
  const { packArchive } = await import('./archive/archive.ts')
  const files = await Promise.all(desired.files.map((file) => packArchive(file, tools)))
  return { ...desired, files }
}

interface OnDisk {
  readonly files: Omit<ReadFiles, 'files'> & { readonly files: readonly DesiredFile[] }
  /** A list of changed files may be empty. */
  readonly isAsked: boolean
  readonly prompt: Prompt | undefined
}

const NOTHING_ON_DISK: OnDisk = { files: NO_FILES, isAsked: true, prompt: undefined }

/** Reads what is to be mounted between two looks at what is checked out, where that has to be the repository's own. */
async function readDisk(inputs: Inputs, untrusted: UntrustedGuard | undefined, tools: DiskTools): Promise<OnDisk> {
  const { env, signal } = tools
  const source = inputs.conversation?.prompt
  if (inputs.files === undefined && source === undefined) return NOTHING_ON_DISK
  const own = ownSecrets([apiKeyOf(inputs), inputs.githubToken], env)
  const guard = await Guard.open(inputs.files?.allowSensitiveFiles ?? [], env, own)
  const found = await findAsked(inputs, env, guard, signal)
  const asked = source === undefined ? undefined : await findPrompt(source, env, guard)
  const paths = [...(found?.files ?? []).map((file) => file.realPath), ...(asked?.files ?? [])]
  const checked = await untrusted?.checkFiles(paths, await namesBelow(inputs.root))
  // The files last, when all else is known to be in order: reading and packing them may take long.
  const prompt = asked === undefined ? undefined : await readPrompt(asked, own)
  const files = found === undefined ? NO_FILES : await readFound(found, inputs, guard, tools)
  if (checked !== undefined) await untrusted?.checkSame(paths, checked)
  return { files, isAsked: found === undefined || found.request.patterns.includes.length > 0, prompt }
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
  return 'key' in credential ? credential.key : undefined
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

/** Reads the files, each to be mounted by itself or all in one archive. */
async function readFound(found: FoundFiles, inputs: Inputs, guard: Guard, tools: DiskTools): Promise<OnDisk['files']> {
  const { progress, signal } = tools
  const { archiveMountPath } = found.arranged
  if (archiveMountPath !== undefined) {
    // Loaded here, so that a run which packs nothing starts without it.
    const { readArchive } = await import('./archive/archive.ts')
    const isForNew = inputs.target.kind === 'new' && !inputs.dryRun
    const { archive, ...read } = await readArchive(found, archiveMountPath, isForNew, { ...tools, guard })
    return { ...read, files: archive === undefined ? [] : [archive] }
  }
  progress.begin('Read', totalSize(found.files))
  const read = await readFiles(found, {
    guard,
    signal,
    taker: undefined,
    onRead: ({ length }) => progress.read(length),
  })
  return { ...read, files: read.files.map(singleFile) }
}
