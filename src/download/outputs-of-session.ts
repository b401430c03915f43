import type { StoredFile } from '../api/files.ts'

/** The files of a session, sorted out. */
export interface SessionOutputs {
  /** What the agent made, or what may be that, where the server does not say. */
  readonly made: readonly StoredFile[]
  /** Copies of what was mounted; they cannot be downloaded. */
  readonly copies: number
  /** Files that are not of this session: a server has ignored the filter. */
  readonly foreign: number
  /** How many of `made` may be another session's, since the server does not say whose they are. */
  readonly unscoped: number
}

/** Picks what the agent made from a list by scope. Pure. */
export function outputsOfSession(files: readonly StoredFile[], sessionId: string): SessionOutputs {
  // A page that shifted while the list was walked brings a file twice.
  const different = [...new Map(files.map((file) => [file.id, file])).values()]
  const own = different.filter(({ scope }) => scope === undefined || scope?.id === sessionId)
  const made = own.filter(({ downloadable }) => downloadable !== false)
  const unscoped = made.filter(({ scope }) => scope === undefined).length
  return { made, copies: own.length - made.length, foreign: different.length - own.length, unscoped }
}
