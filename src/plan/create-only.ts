import type { SessionResource } from '../api/resources.ts'
import type { DesiredRepository } from '../desired/repository/resolve.ts'
import type { MemoryStore } from '../inputs/memory-stores.ts'

/** A repository that is on the session. */
export interface RepositoryResource {
  readonly id: string
  readonly mountPath: string | undefined
}

/** The resource that is the wanted repository at the wanted checkout. */
export function findRepository(
  wanted: DesiredRepository,
  resources: readonly SessionResource[],
): RepositoryResource | undefined {
  const found = resources.find((resource) => isSameUrl(resource, wanted) && isSameAsThere(resource.checkout, wanted))
  return found?.id === undefined ? undefined : { id: found.id, mountPath: found.mount_path }
}

/** Error text for a repository that is not on an existing session. */
export function repositoryMissing(wanted: DesiredRepository, resources: readonly SessionResource[]): string {
  const mounted = resources
    .filter(({ type }) => type === 'github_repository')
    .map(({ url, checkout }) => `${url ?? 'a repository'} at ${checkoutText(checkout)}`)
  const has = mounted.length === 0 ? 'it has none' : `it has ${mounted.join(', ')}`
  return `${wanted.url} at ${checkoutText(wanted.checkout)} cannot be added: repositories can only be given when a session is created, and ${has}; mount onto a new session`
}

/**
 * Error texts for memory stores that an existing session lacks or has with other access; they can be given only when a
 * session is created.
 */
export function memoryStoresMissing(
  wanted: readonly MemoryStore[],
  resources: readonly SessionResource[],
): readonly string[] {
  return wanted.flatMap(({ id, access }) => {
    const attached = resources.find((resource) => resource.memory_store_id === id)
    if (attached === undefined) {
      return [
        `memory store ${id} cannot be added: memory stores can only be given when a session is created; mount onto a new session`,
      ]
    }
    if (access === undefined || attached.access === undefined || attached.access === access) return []
    return [
      `memory store ${id} is attached as ${attached.access}, which cannot be changed to ${access}; mount onto a new session`,
    ]
  })
}

function isSameUrl({ url }: SessionResource, wanted: DesiredRepository): boolean {
  return url?.replace(/\.git$/, '').toLowerCase() === wanted.url.toLowerCase()
}

/** A server may show the default branch as nothing or by its name. */
function isSameAsThere(there: SessionResource['checkout'], { checkout, ref }: DesiredRepository): boolean {
  if (there?.type === 'commit') return checkout?.type === 'commit' && checkout.sha === there.sha.toLowerCase()
  if (there?.type === 'branch') return checkout?.type !== 'commit' && (ref === undefined || there.name === ref)
  return checkout === undefined
}

function checkoutText(checkout: SessionResource['checkout'] | undefined): string {
  if (checkout?.type === 'commit') return `commit ${checkout.sha}`
  return checkout?.type === 'branch' ? `branch ${checkout.name}` : 'its default branch'
}
