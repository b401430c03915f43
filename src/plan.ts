import type { SessionResource } from './api/resources.ts'
import type { DesiredFile } from './desired/files.ts'
import { Refusal } from './desired/refusal.ts'
import { quoted } from './inert.ts'
import type { NewSession, SessionTarget } from './inputs/session-target.ts'
import { isSameOrAbove, mountPathOfReply } from './mount-path.ts'
import type { Observed } from './observed.ts'

/** One thing to do. */
export type Step =
  | { readonly kind: 'upload'; readonly file: DesiredFile }
  | { readonly kind: 'create-session'; readonly create: NewSession; readonly files: readonly DesiredFile[] }
  | { readonly kind: 'add-file'; readonly sessionId: string; readonly file: DesiredFile }

/** What the run does, in order. Printable; nothing in it is decided later. */
export interface Plan {
  readonly steps: readonly Step[]
  /** The session that is there already; undefined when the plan creates one. */
  readonly sessionId: string | undefined
}

/** What the run wants. */
export interface Desired {
  readonly target: SessionTarget
  readonly files: readonly DesiredFile[]
  readonly maxResources: number
}

/**
 * The difference between what is wanted and what is there. Pure: the same input gives the same steps in the same order.
 * A new session gets everything in the one call that creates it; an existing one gets one call a file.
 * @throws Refusal if the session has no room, or something stands where a file should go
 */
export function plan(desired: Desired, observed: Observed): Plan {
  const { target, files } = desired
  const uploads = files.map((file): Step => ({ kind: 'upload', file }))
  if (observed.kind === 'no-session') {
    if (target.kind === 'existing') throw new Refusal([`session ${target.sessionId} was not found`])
    return { steps: [...uploads, { kind: 'create-session', create: target.create, files }], sessionId: undefined }
  }
  const sessionId = observed.session.id
  const problems = [...conflicts(files, observed.resources), ...noRoom(desired, observed.resources)]
  if (problems.length > 0) throw new Refusal(problems.map((problem) => `session ${sessionId}: ${problem}`))
  const adds = files.map((file): Step => ({ kind: 'add-file', sessionId, file }))
  return { steps: [...uploads, ...adds], sessionId }
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

function noRoom({ files, maxResources }: Desired, resources: readonly SessionResource[]): readonly string[] {
  const total = files.length + resources.length
  if (total <= maxResources) return []
  return [
    `it has ${resources.length} resources, and ${files.length} more would pass ${maxResources} (\`max-resources\`); narrow \`files\`, or use another session`,
  ]
}
