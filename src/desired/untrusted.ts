import { lstat } from 'node:fs/promises'
import path from 'node:path'
import { fullName, isSameRepository, parseRemote } from '../inputs/repository-name.ts'
import { isFork, type WorkflowEvent } from '../runner/workflow-event.ts'
import type { Decision } from './repository/checkout.ts'
import { type LocalGit, readLocalGit } from './repository/local-git.ts'

type Decided = Extract<Decision, { ok: true }>

const RISK =
  'a stranger may have written it, and this workflow has secrets: `.claude/skills` of a repository are loaded as instructions to the agent, and files can hold instructions too. If that is what you want, set `allow-untrusted: true`'

/**
 * Why a repository must not be mounted in a workflow that has secrets, or undefined. It is a fork's, or, on a comment,
 * a commit of which the event does not say whose it is.
 */
export function untrustedRepository(decided: Decided, event: WorkflowEvent): string | undefined {
  const { repository, checkout } = decided
  const sha = checkout.kind === 'commit' ? checkout.sha : undefined
  if (event.kind === 'head' && event.privileged && isFork(event)) {
    const isHead = sha === event.head.sha || sha === event.mergeSha
    const isOfFork = isSameRepository(event.head.repository, `${repository.owner}/${repository.name}`)
    if (isHead || isOfFork) return `${event.subject}: ${forkName(event)} is not mounted: ${RISK}`
  }
  if (event.kind === 'commit' && event.isPullRequestComment && sha !== undefined && sha !== event.sha) {
    return `${event.subject} on a pull request: whose commit ${sha.slice(0, 7)} is cannot be told, so it is not mounted: ${RISK}`
  }
  return undefined
}

/**
 * Why files must not be mounted in a workflow that has secrets, or undefined: they lie in a work tree that is checked
 * out at a fork's commit.
 * @param files absolute paths
 */
export async function untrustedFiles(files: readonly string[], event: WorkflowEvent): Promise<string | undefined> {
  if (!mayBeUntrusted(event) || files.length === 0) return undefined
  for (const folder of await workTreesOf(files)) {
    const stranger = await strangersIn(folder, event)
    if (stranger !== undefined)
      return `${event.subject}: the files in ${folder} are not mounted, because ${stranger}: ${RISK}`
  }
  return undefined
}

type Suspicious = Extract<WorkflowEvent, { kind: 'head' | 'commit' }>

function mayBeUntrusted(event: WorkflowEvent): event is Suspicious {
  return (
    (event.kind === 'head' && event.privileged && isFork(event)) ||
    (event.kind === 'commit' && event.isPullRequestComment)
  )
}

/** What is a stranger's in a work tree, or in one that it is a submodule of, in words. */
async function strangersIn(folder: string, event: Suspicious): Promise<string | undefined> {
  const git = await readLocalGit(folder)
  if (git === undefined) return 'git does not say which commit is checked out there'
  if (isStrangers(git, event)) return `${git.head?.slice(0, 7)} of a pull request is checked out there`
  return git.superproject === undefined ? undefined : strangersIn(git.superproject, event)
}

function isStrangers(git: LocalGit, event: Suspicious): boolean {
  if (event.kind === 'commit') return git.head !== event.sha
  const { head, mergeSha } = event
  const isCommit = git.head === head.sha || (git.head !== undefined && git.head === mergeSha)
  return isCommit || git.parents.includes(head.sha) || isRemoteOf(git, head.repository)
}

/** A clone of the fork itself, at whatever commit. */
function isRemoteOf({ remote }: LocalGit, fork: string | undefined): boolean {
  const name = remote === undefined ? undefined : parseRemote(remote)
  return name !== undefined && !('problem' in name) && isSameRepository(fork, fullName(name))
}

/** The innermost work trees that hold the files. */
async function workTreesOf(files: readonly string[]): Promise<ReadonlySet<string>> {
  const trees = new Set<string>()
  const seen = new Map<string, string | undefined>()
  for (const file of files) {
    const tree = await workTreeOf(path.dirname(file), seen)
    if (tree !== undefined) trees.add(tree)
  }
  return trees
}

async function workTreeOf(folder: string, seen: Map<string, string | undefined>): Promise<string | undefined> {
  if (seen.has(folder)) return seen.get(folder)
  const isTop = await lstat(path.join(folder, '.git')).then(
    () => true,
    () => false,
  )
  const parent = path.dirname(folder)
  const tree = isTop ? folder : parent === folder ? undefined : await workTreeOf(parent, seen)
  seen.set(folder, tree)
  return tree
}

function forkName(event: Extract<WorkflowEvent, { kind: 'head' }>): string {
  const { repository, sha } = event.head
  return `head ${sha.slice(0, 7)} of ${repository === undefined ? 'a deleted fork' : `fork ${repository}`}`
}
