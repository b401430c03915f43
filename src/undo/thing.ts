import type { SessionCleanup } from '../ledger/cleanup-settings.ts'

/** A file object that was uploaded. */
export interface UploadThing {
  readonly kind: 'upload'
  readonly fileId: string
  /** Upload name, if known. */
  readonly name?: string
}

/** A file that is mounted on a session. */
export interface MountedThing {
  readonly kind: 'resource'
  readonly sessionId: string
  readonly resourceId: string
  /** It took the place of another run's with the same content, which may still need one there. */
  readonly hasTakenOver?: boolean
}

export interface SessionThing {
  readonly kind: 'session'
  readonly sessionId: string
  readonly end: 'archive' | 'delete'
}

/** Something on the server that is to go. */
export type Thing = UploadThing | MountedThing | SessionThing

/** Something that a call whose reply was lost may have made. */
export type LostThing =
  | { readonly kind: 'lost-upload'; readonly name: string }
  | {
      readonly kind: 'lost-resource'
      readonly sessionId: string
      readonly mountPath: string
      readonly name: string
      readonly hasTakenOver: boolean
    }
  | { readonly kind: 'lost-session'; readonly agentId: string; readonly runKey: string }

export function isLost(thing: Thing | LostThing): thing is LostThing {
  return thing.kind.startsWith('lost-')
}

export interface SessionOutcome {
  readonly end: SessionCleanup
  readonly why: string
}

/** A session, and what is to be done on it and with it. */
export interface SessionToUndo {
  readonly sessionId: string
  /** Mounted files to remove. */
  readonly files: readonly MountedThing[]
  readonly outcome: SessionOutcome
  /** It was created for this, so that it is told if it stays. */
  readonly isCreated: boolean
  /**
   * With how many resources it was created, if others may find it by its name: with more on it, or with other files
   * than these, it is theirs as well, and is not ended.
   */
  readonly resourcesOfItsOwn?: number
  /** A file of somebody else's was seen on it. */
  readonly hasOthersFiles?: boolean
}

/** All that is to be removed, whoever says so: a ledger, a manifest, ids, or a sweep. */
export interface Removals {
  readonly uploads: readonly UploadThing[]
  readonly sessions: readonly SessionToUndo[]
}

/** The same for the same thing. */
export function idOf(thing: Thing): string {
  switch (thing.kind) {
    case 'upload':
      return thing.fileId
    case 'resource':
      return thing.resourceId
    case 'session':
      return thing.sessionId
  }
}

/** The session itself, if it is to be ended. */
export function sessionThing({ sessionId, outcome: { end } }: SessionToUndo): SessionThing | undefined {
  return end === 'keep' ? undefined : { kind: 'session', sessionId, end }
}

/** Everything that a run made, whatever is to become of it. */
export function thingsMade({ uploads, sessions }: Removals): readonly Thing[] {
  const created = sessions.filter(({ isCreated }) => isCreated)
  return [
    ...sessions.flatMap(({ files }) => files),
    ...created.map(({ sessionId }): Thing => ({ kind: 'session', sessionId, end: 'delete' })),
    ...uploads,
  ]
}

/** Everything that is to go, in the order in which it can. */
export function thingsOf({ uploads, sessions }: Removals): readonly Thing[] {
  return [
    ...sessions.flatMap(({ files }) => files),
    ...uploads,
    ...sessions.flatMap((session) => sessionThing(session) ?? []),
  ]
}
