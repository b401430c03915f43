import type { StoredFile } from '../api/files.ts'

/** The files of a session, sorted out. */
export interface SessionOutputs {
  /** The agent's files, and those whose origin the server does not give. */
  readonly made: readonly StoredFile[]
  /** Copies of what was mounted; they cannot be downloaded. */
  readonly copies: number
  /** Files that are not of this session: a server has ignored the filter. */
  readonly foreign: number
  /** Files of `made` whose session the server does not give. */
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
