import type { SessionResource } from './api/resources.ts'
import { findRepository, memoryStoresMissing, type RepositoryResource, repositoryMissing } from './create-only.ts'
import type { Desired } from './desired/desire.ts'
import type { DesiredFile } from './desired/files.ts'
import { Refusal, refuseIf } from './desired/refusal.ts'
import type { DesiredRepository } from './desired/repository/resolve.ts'
import { quoted } from './inert.ts'
import type { MemoryStore } from './inputs/memory-stores.ts'
import type { NewSession } from './inputs/session-target.ts'
import { isSameOrAbove, mountPathOfReply } from './mount-path.ts'
import type { Observed } from './observed.ts'

/** One thing to do. */
export type Step =
  | { readonly kind: 'upload'; readonly file: DesiredFile }
  | {
      readonly kind: 'create-session'
      readonly create: NewSession
      readonly files: readonly DesiredFile[]
      readonly repository: DesiredRepository | undefined
      readonly memoryStores: readonly MemoryStore[]
    }
  | { readonly kind: 'add-file'; readonly sessionId: string; readonly file: DesiredFile }
  | {
      readonly kind: 'rotate-token'
      readonly sessionId: string
      readonly resource: RepositoryResource
      readonly repository: DesiredRepository
    }

/** What the run does, in order. Printable; nothing in it is decided later. */
export interface Plan {
  readonly steps: readonly Step[]
  /** The session that is there already; undefined when the plan creates one. */
  readonly sessionId: string | undefined
}

/**
 * The difference between what is wanted and what is there. Pure: the same input gives the same steps in the same order.
 * A new session gets everything in the one call that creates it; an existing one gets one call a file, and has to have
 * the repository and the memory stores already.
 * @throws Refusal if that is not so, the session has no room, or something stands where a file should go
 */
export function plan(desired: Desired, observed: Observed): Plan {
  const { target, files, repository, memoryStores, maxResources } = desired
  const uploads = files.map((file): Step => ({ kind: 'upload', file }))
  if (observed.kind === 'no-session') {
    if (target.kind === 'existing') throw new Refusal([`session ${target.sessionId} was not found`])
    refuseIf(noRoom(files.length + (repository === undefined ? 0 : 1) + memoryStores.length, 0, maxResources))
    const create = { kind: 'create-session', create: target.create, files, repository, memoryStores } as const
    return { steps: [...uploads, create], sessionId: undefined }
  }
  const sessionId = observed.session.id
  const mounted = repository === undefined ? undefined : findRepository(repository, observed.resources)
  const problems = [
    ...conflicts(files, observed.resources),
    ...noRoom(files.length, observed.resources.length, maxResources),
    ...(repository !== undefined && mounted === undefined ? [repositoryMissing(repository, observed.resources)] : []),
    ...memoryStoresMissing(memoryStores, observed.resources),
  ]
  refuseIf(problems.map((problem) => `session ${sessionId}: ${problem}`))
  const rotate =
    repository === undefined || mounted === undefined
      ? []
      : [{ kind: 'rotate-token', sessionId, resource: mounted, repository } as const]
  const adds = files.map((file): Step => ({ kind: 'add-file', sessionId, file }))
  return { steps: [...uploads, ...rotate, ...adds], sessionId }
}

function conflicts(files: readonly DesiredFile[], resources: readonly SessionResource[]): readonly string[] {
  const mounted = resources.flatMap((resource) =>
    resource.type === 'file' && resource.mount_path !== undefined
      ? [{ id: resource.id, path: mountPathOfReply(resource.mount_path) }]
      : [],
  )
  return files.flatMap((file) =>
    mounted
      .filter(({ path }) => isSameOrAbove(path, file.mountPath) || isSameOrAbove(file.mountPath, path))
      .map(
        ({ id, path }) =>
          `${quoted(file.path)} cannot be mounted at ${quoted(file.mountPath)}: ${id ?? 'a file'} is mounted at ${quoted(path)}; remove that, or set \`mount-path\``,
      ),
  )
}

function noRoom(wanted: number, there: number, maxResources: number): readonly string[] {
  if (wanted + there <= maxResources) return []
  const more = there === 0 ? `${wanted} resources` : `it has ${there} resources, and ${wanted} more`
  return [`${more} would pass ${maxResources} (\`max-resources\`); narrow \`files\`, or use another session`]
}
