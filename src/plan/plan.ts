import type { Desired } from '../desired/desire.ts'
import type { DesiredFile } from '../desired/files/desired-file.ts'
import type { DesiredRepository } from '../desired/repository/resolve.ts'
import type { MemoryStore } from '../inputs/memory-stores.ts'
import type { NewSession } from '../inputs/session-target.ts'
import type { SessionFile } from '../observed/mounted-files.ts'
import type { Observed } from '../observed/observed.ts'
import { Refusal, refuseIf } from '../text/refusal.ts'
import { budgetProblems } from './budget-problems.ts'
import {
  findAnyCheckout,
  findRepository,
  memoryStoresMissing,
  type RepositoryResource,
  repositoryMissing,
} from './create-only.ts'
import { type DiffResult, diffFiles, type OnOwnFile } from './diff-files.ts'

/** One thing to do. */
export type Step =
  | { readonly kind: 'upload'; readonly file: DesiredFile }
  | {
      readonly kind: 'create-session'
      readonly create: NewSession
      readonly isNamed: boolean
      readonly files: readonly DesiredFile[]
      readonly repository: DesiredRepository | undefined
      readonly memoryStores: readonly MemoryStore[]
      /** The session whose name it takes. */
      readonly replaces: string | undefined
    }
  | {
      readonly kind: 'rotate-token'
      readonly sessionId: string
      readonly resource: RepositoryResource
      readonly repository: DesiredRepository
      /** The agent is to get to the commit by itself. */
      readonly isFetched: boolean
    }
  | { readonly kind: 'remove-file'; readonly sessionId: string; readonly there: SessionFile }
  | {
      readonly kind: 'replace-file'
      readonly sessionId: string
      readonly file: DesiredFile
      readonly there: SessionFile
    }
  | { readonly kind: 'add-file'; readonly sessionId: string; readonly file: DesiredFile }

/** The run's steps, in order. Nothing in it is decided later. */
export interface Plan {
  readonly steps: readonly Step[]
  /** The session that is there already; undefined when the plan creates one. */
  readonly sessionId: string | undefined
  /** Files on the session that are already as wanted. */
  readonly unchanged: DiffResult['unchanged']
  /** Sessions to archive once everything is mounted, in this order; the new one has the name of the last. */
  readonly replaces: readonly string[]
  readonly warnings: readonly string[]
}

/**
 * The difference between what is wanted and what is there. Pure: the same input gives the same steps in the same order.
 * A new session gets everything in the one call that creates it. On an existing one, what is there as wanted stays,
 * what is there otherwise is replaced, and what is missing added; repository and memory stores have to be there
 * already.
 * @param onOwnFile what it means that a file stands where another one is wanted
 * @throws Refusal if the session has no room, or something stands where a file should go
 */
export function plan(desired: Desired, observed: Observed, onOwnFile: OnOwnFile = 'replace'): Plan {
  if (observed.kind === 'no-session') return planNew(desired, [])
  // A session that another job has just created is not of an earlier commit.
  const isReplaced = onOwnFile === 'replace' && isToReplace(desired, observed)
  return isReplaced
    ? planNew(desired, [...observed.replaced, observed.session.id])
    : planExisting(desired, observed, onOwnFile)
}

type ObservedSession = Extract<Observed, { kind: 'session' }>

function isToReplace({ target, repository }: Desired, { resources, isWornOut }: ObservedSession): boolean {
  if (target.kind !== 'named' || repository === undefined) return false
  if (findAnyCheckout(repository, resources) === undefined) return false
  switch (repository.onNewCommit) {
    case 'error':
      return false
    case 'fetch':
      return isWornOut
    case 'recreate':
      return isWornOut || findRepository(repository, resources) === undefined
  }
}

/** True if the plan creates a session with nothing mounted on it. */
export function createsEmptySession({ steps }: Plan): boolean {
  return steps.some(
    (step) =>
      step.kind === 'create-session' &&
      step.files.length === 0 &&
      step.repository === undefined &&
      step.memoryStores.length === 0,
  )
}

/** An archive is to be sent that has to be packed first. */
export function sendsUnpacked({ steps }: Plan): boolean {
  return steps.some((step) => step.kind === 'upload' && step.file.content === undefined)
}

function planNew(
  { target, files, repository, memoryStores, maxResources }: Desired,
  replaces: readonly string[],
): Plan {
  if (target.kind === 'existing') throw new Refusal([`session ${target.sessionId} was not found`])
  refuseIf(noRoom(files.length + (repository === undefined ? 0 : 1) + memoryStores.length, 0, maxResources))
  const steps: Step[] = files.map((file) => ({ kind: 'upload', file }))
  const isNamed = target.kind === 'named'
  const wanted = { files, repository, memoryStores, replaces: replaces.at(-1) }
  steps.push({ kind: 'create-session', create: target.create, isNamed, ...wanted })
  return { steps, sessionId: undefined, unchanged: [], replaces, warnings: [] }
}

function planExisting(desired: Desired, observed: ObservedSession, onOwnFile: OnOwnFile): Plan {
  const { repository, memoryStores, maxResources } = desired
  const sessionId = observed.session.id
  const mounted = repository && usableRepository(repository, observed.resources)
  const { unchanged, remove, replace, add, problems, warnings } = diffFiles(desired, observed.files, onOwnFile)
  const there = observed.resources.length - remove.length
  refuseIf(
    [
      ...problems,
      ...noRoom(add.length, there, maxResources),
      ...(repository !== undefined && mounted === undefined ? [repositoryMissing(repository, observed.resources)] : []),
      ...memoryStoresMissing(memoryStores, observed.resources),
      ...budgetProblems(desired, observed.session),
    ].map((problem) => `session ${sessionId}: ${problem}`),
  )
  const steps: Step[] = [...replace.map(({ file }) => file), ...add].map((file) => ({ kind: 'upload', file }))
  if (repository !== undefined && mounted !== undefined) {
    const isFetched = repository.onNewCommit === 'fetch'
    steps.push({ kind: 'rotate-token', sessionId, resource: mounted, repository, isFetched })
  }
  steps.push(
    ...remove.map((file): Step => ({ kind: 'remove-file', sessionId, there: file })),
    ...replace.map(({ file, there }): Step => ({ kind: 'replace-file', sessionId, file, there })),
    ...add.map((file): Step => ({ kind: 'add-file', sessionId, file })),
  )
  return { steps, sessionId, unchanged, replaces: [], warnings: [...warnings, ...wornOut(desired, observed)] }
}

/** With `fetch`, the checkout does not matter: the agent may have been told to fetch another one since. */
function usableRepository(
  wanted: DesiredRepository,
  resources: ObservedSession['resources'],
): RepositoryResource | undefined {
  const isFetched = wanted.onNewCommit === 'fetch' && wanted.sha !== undefined
  return findRepository(wanted, resources) ?? (isFetched ? findAnyCheckout(wanted, resources) : undefined)
}

function wornOut({ repository }: Desired, { session, isWornOut }: ObservedSession): readonly string[] {
  if (!isWornOut || repository?.onNewCommit !== 'fetch') return []
  return [
    `Session ${session.id} is older than 29 days, and its sandbox ends after 30: what is mounted on it may be gone. Use \`session-name\`, with which a new session takes its place.`,
  ]
}

function noRoom(wanted: number, there: number, maxResources: number): readonly string[] {
  if (wanted === 0 || wanted + there <= maxResources) return []
  const more = there === 0 ? `${wanted} resources` : `it has ${there} resources, and ${wanted} more`
  return [
    `${more} would pass ${maxResources} (\`max-resources\`); narrow \`files\`, mount them as one archive (\`archive: always\`), or use another session`,
  ]
}
