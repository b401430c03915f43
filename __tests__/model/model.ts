/**
 * What must be on the server, said on a page: whose each file is, when it goes, and what nobody may touch. A job that fails in
 * the middle may have come to any point; what it has done by then is learnt from the server, within what it may have done.
 */

/** A file on a session. */
export interface Slot {
  readonly content: string
  readonly resourceId: string
  /** Jobs that mounted this content here, and remove it when the last of them ends. */
  readonly claims: ReadonlySet<string>
  /** Put there by the action; a person's file is nobody's to replace. */
  readonly isOurs: boolean
  /** Job that mounted it to stay, so that it is unchanged for others. Without one, others mount their own in its place. */
  readonly keeper: string | undefined
}

export type Files = ReadonlyMap<string, Slot>

export interface ModelSession {
  readonly id: string
  readonly name: string | undefined
  readonly creator: string | undefined
  readonly state: 'idle' | 'running' | 'archived'
  /** Jobs that put something on it. */
  readonly users: ReadonlySet<string>
  /** What its creator has left to the last job that uses it. */
  readonly lastEnds: Want['sessionCleanup']
  readonly files: Files
}

/** What a job asks for. */
export interface Want {
  readonly job: string
  /** Content by mount path. */
  readonly files: ReadonlyMap<string, string>
  readonly prune: boolean
  readonly overwrite: boolean
  readonly cleanup: 'always' | 'on-failure' | 'never'
  readonly sessionCleanup: 'keep' | 'archive' | 'delete'
}

/** Whether a job may mount: a person's file in its way is a refusal, before anything is changed. */
export function isRefused({ files }: ModelSession, want: Want): boolean {
  return [...want.files.keys()].some((path) => files.get(path)?.isOurs === false) && !want.overwrite
}

/** The files of a session after a job that succeeded. `idAt` tells the resource that is there now. */
export function afterMount(session: ModelSession, want: Want, idAt: (path: string) => string): Files {
  const { files } = session
  const staying = [...files].filter(([path]) => want.files.has(path) || !isPruned(path, session, want))
  const mounted = [...want.files].map(([path, content]): [string, Slot] => {
    const there = files.get(path)
    const isUnchanged = there?.content === content && there.isOurs && there.keeper !== undefined
    return [path, isUnchanged ? there : put(there, content, want, idAt(path))]
  })
  return new Map([...staying, ...mounted])
}

/** A job's file in the place of what was there. */
export function put(there: Slot | undefined, content: string, { job, cleanup }: Want, resourceId: string): Slot {
  const earlier = there?.content === content ? there.claims : []
  const keeper = cleanup === 'always' ? undefined : job
  return { content, resourceId, isOurs: true, keeper, claims: new Set([...earlier, job]) }
}

/** Whether a job removes what it does not want: earlier jobs' files, and a person's only with `overwrite`. */
export function isPruned(path: string, { files }: ModelSession, { files: wanted, prune, overwrite }: Want): boolean {
  return prune && !wanted.has(path) && (overwrite || files.get(path)?.isOurs === true)
}

/** How a job ended, for its post. */
export type Ending = 'success' | 'failure'

/**
 * The session after a job's post; undefined if it is deleted. One that others use by its name is ended when no file is left on
 * it, by its creator, or after that by the last job that means the same.
 */
export function afterPost(session: ModelSession, want: Want, ending: Ending): ModelSession | undefined {
  if (ending === 'success' && want.cleanup !== 'always') return session
  const isCreator = session.creator === want.job
  const end = ending === 'success' || !isCreator ? want.sessionCleanup : 'delete'
  if (isCreator && end !== 'keep' && !isShared(session, want.job)) return ended(session, want.job, end)
  const files = session.state === 'idle' ? withoutClaims(session.files, want.job) : session.files
  const isUnused = files.size === 0 && session.state === 'idle'
  const mayEnd = end !== 'keep' && (isCreator || (session.lastEnds === end && session.users.has(want.job)))
  if (mayEnd && isUnused) return ended(session, want.job, end)
  const isLeft = isCreator && isShared(session, want.job) && want.sessionCleanup !== 'keep'
  return { ...session, files, lastEnds: isLeft ? want.sessionCleanup : session.lastEnds }
}

function isShared({ name, files }: ModelSession, job: string): boolean {
  return name !== undefined && [...files.values()].some(({ claims }) => !(claims.size === 1 && claims.has(job)))
}

function ended(session: ModelSession, job: string, end: Want['sessionCleanup']): ModelSession | undefined {
  if (end !== 'archive') return undefined
  const isFrozen = session.state === 'archived'
  return { ...session, state: 'archived', files: isFrozen ? session.files : withoutClaims(session.files, job) }
}

function withoutClaims(files: Files, job: string): Files {
  const left = [...files].flatMap(([path, slot]): [string, Slot][] => {
    if (!slot.claims.has(job)) return [[path, slot]]
    const claims = new Set([...slot.claims].filter((each) => each !== job))
    // What was to stay is undone: the others have their own there again.
    const keeper = slot.keeper === job ? undefined : slot.keeper
    return claims.size === 0 ? [] : [[path, { ...slot, claims, keeper }]]
  })
  return new Map(left)
}
