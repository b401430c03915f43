/** A kind of id, as a user would call what it names. */
export type IdKind =
  | 'session'
  | 'agent'
  | 'environment'
  | 'vault'
  | 'memory store'
  | 'resource'
  | 'file'
  | 'federation rule'
  | 'service account'
  | 'workspace'
  | 'organization'

/**
 * The prefixes that the documentation uses. Ids are opaque and other servers have others, so an unknown prefix says
 * nothing; a known one of another kind is a mix-up of inputs.
 */
const KIND_OF_PREFIX: Readonly<Record<string, IdKind>> = {
  sesn: 'session',
  sess: 'session',
  agent: 'agent',
  env: 'environment',
  vlt: 'vault',
  memstore: 'memory store',
  sesrsc: 'resource',
  file: 'file',
  fdrl: 'federation rule',
  svac: 'service account',
  wrkspc: 'workspace',
}

/** The kind that an id's prefix names (`agent_…`, on some servers `agent-…`); undefined when it names none. */
export function kindOfId(id: string): IdKind | undefined {
  const prefix = /^([a-z]+)[_-]/.exec(id)?.[1] ?? ''
  return Object.hasOwn(KIND_OF_PREFIX, prefix) ? KIND_OF_PREFIX[prefix] : undefined
}

/** `an agent`, `a session`. */
export function withArticle(kind: IdKind): string {
  return `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`
}

/** The id of a session in an address of the console (`https://…/sessions/{id}`); other texts as they are. */
export function sessionIdOf(text: string): string {
  return /^https:\/\/[^\s/]+\/(?:[^\s?#]*\/)?sessions\/([A-Za-z0-9_-]+)\/?(?:[?#]\S*)?$/.exec(text)?.[1] ?? text
}
