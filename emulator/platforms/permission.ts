/** What a call does to what: the clouds name their permissions by the two (documented by both, route by route). */
export interface Permission {
  readonly verb: 'Create' | 'List' | 'Get' | 'Update' | 'Archive' | 'Delete'
  /** As in the path: `files`, `memory_stores`. */
  readonly collection: string
}

/** Whatever is below a session is read with the session's `Get` and changed with its `Update`. */
export function permissionOf(method: string, target: string): Permission {
  const [, , collection = '', id, below] = (target.split('?')[0] ?? '').split('/')
  return { verb: verbOf(method, id, below), collection }
}

function verbOf(method: string, id: string | undefined, below: string | undefined): Permission['verb'] {
  if (id === undefined) return method === 'GET' ? 'List' : 'Create'
  if (method === 'GET') return 'Get'
  if (below === 'archive') return 'Archive'
  return method === 'DELETE' && below === undefined ? 'Delete' : 'Update'
}
