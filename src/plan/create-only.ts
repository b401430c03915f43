import type { SessionResource } from '../api/resources.ts'
import type { DesiredRepository } from '../desired/repository/resolve.ts'
import type { MemoryStore } from '../inputs/memory-stores.ts'

/** A repository that is on the session. */
export interface RepositoryResource {
  readonly id: string
  readonly mountPath: string | undefined
  /** The commit that it was mounted at; undefined for a branch. */
  readonly sha: string | undefined
}

/** The resource that is the wanted repository at the wanted checkout. */
export function findRepository(
  wanted: DesiredRepository,
  resources: readonly SessionResource[],
): RepositoryResource | undefined {
  return toRepository(
    resources.find((resource) => isSameUrl(resource, wanted) && isSameAsThere(resource.checkout, wanted)),
  )
}

/** The resource that is the wanted repository, whatever is checked out. */
export function findAnyCheckout(
  wanted: DesiredRepository,
  resources: readonly SessionResource[],
): RepositoryResource | undefined {
  return toRepository(resources.find((resource) => isSameUrl(resource, wanted)))
}

function toRepository(found: SessionResource | undefined): RepositoryResource | undefined {
  if (found?.id === undefined) return undefined
  const sha = found.checkout?.type === 'commit' ? found.checkout.sha.toLowerCase() : undefined
  return { id: found.id, mountPath: found.mount_path, sha }
}

/** Error text for a repository that is not on an existing session as it is wanted. */
export function repositoryMissing(wanted: DesiredRepository, resources: readonly SessionResource[]): string {
  const mounted = resources
    .filter(({ type }) => type === 'github_repository')
    .map(({ url, checkout }) => `${url ?? 'a repository'} at ${checkoutText(checkout)}`)
  const has = mounted.length === 0 ? 'it has none' : `it has ${mounted.join(', ')}`
  return `${wanted.url} at ${checkoutText(wanted.checkout)} cannot be added: repositories can only be given when a session is created, and ${has}; ${adviceFor(wanted, findAnyCheckout(wanted, resources) !== undefined)}`
}

function adviceFor({ onNewCommit, sha }: DesiredRepository, isThere: boolean): string {
  const anew = 'mount onto a new session'
  if (!isThere) return anew
  switch (onNewCommit) {
    case 'error':
      return `${anew}, or set \`on-new-commit\`: with \`fetch\` the prompt has the agent fetch the commit, with \`recreate\` a new session takes the name of this one`
    case 'fetch':
      return sha === undefined
        ? 'the agent cannot be told which commit to fetch, since GitHub could not be asked; run the job again'
        : anew
    case 'recreate':
      return 'another job has just created the session; run this job again, and give the workflow a `concurrency` group'
  }
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
