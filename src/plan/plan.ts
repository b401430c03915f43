import type { Desired } from '../desired/desire.ts'
import type { DesiredFile } from '../desired/files/desired-file.ts'
import type { DesiredRepository } from '../desired/repository/resolve.ts'
import type { MemoryStore } from '../inputs/memory-stores.ts'
import type { NewSession } from '../inputs/session-target.ts'
import type { SessionFile } from '../observed/mounted-files.ts'
import type { Observed } from '../observed/observed.ts'
import { Refusal, refuseIf } from '../text/refusal.ts'
import { findRepository, memoryStoresMissing, type RepositoryResource, repositoryMissing } from './create-only.ts'
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
    }
  | {
      readonly kind: 'rotate-token'
      readonly sessionId: string
      readonly resource: RepositoryResource
      readonly repository: DesiredRepository
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
  return observed.kind === 'no-session' ? planNew(desired) : planExisting(desired, observed, onOwnFile)
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

function planNew({ target, files, repository, memoryStores, maxResources }: Desired): Plan {
  if (target.kind === 'existing') throw new Refusal([`session ${target.sessionId} was not found`])
  refuseIf(noRoom(files.length + (repository === undefined ? 0 : 1) + memoryStores.length, 0, maxResources))
  const steps: Step[] = files.map((file) => ({ kind: 'upload', file }))
  const isNamed = target.kind === 'named'
  steps.push({ kind: 'create-session', create: target.create, isNamed, files, repository, memoryStores })
  return { steps, sessionId: undefined, unchanged: [], warnings: [] }
}

function planExisting(desired: Desired, observed: Extract<Observed, { kind: 'session' }>, onOwnFile: OnOwnFile): Plan {
  const { repository, memoryStores, maxResources } = desired
  const sessionId = observed.session.id
  const mounted = repository === undefined ? undefined : findRepository(repository, observed.resources)
  const { unchanged, remove, replace, add, problems, warnings } = diffFiles(desired, observed.files, onOwnFile)
  const there = observed.resources.length - remove.length
  refuseIf(
    [
      ...problems,
      ...noRoom(add.length, there, maxResources),
      ...(repository !== undefined && mounted === undefined ? [repositoryMissing(repository, observed.resources)] : []),
      ...memoryStoresMissing(memoryStores, observed.resources),
    ].map((problem) => `session ${sessionId}: ${problem}`),
  )
  const steps: Step[] = [...replace.map(({ file }) => file), ...add].map((file) => ({ kind: 'upload', file }))
  if (repository !== undefined && mounted !== undefined) {
    steps.push({ kind: 'rotate-token', sessionId, resource: mounted, repository })
  }
  steps.push(
    ...remove.map((file): Step => ({ kind: 'remove-file', sessionId, there: file })),
    ...replace.map(({ file, there }): Step => ({ kind: 'replace-file', sessionId, file, there })),
    ...add.map((file): Step => ({ kind: 'add-file', sessionId, file })),
  )
  return { steps, sessionId, unchanged, warnings }
}

function noRoom(wanted: number, there: number, maxResources: number): readonly string[] {
  if (wanted === 0 || wanted + there <= maxResources) return []
  const more = there === 0 ? `${wanted} resources` : `it has ${there} resources, and ${wanted} more`
  return [
    `${more} would pass ${maxResources} (\`max-resources\`); narrow \`files\`, mount them as one archive (\`archive: always\`), or use another session`,
  ]
}
