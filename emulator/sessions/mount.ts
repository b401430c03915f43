import type { BetaEnvironment } from '@anthropic-ai/sdk/resources/beta/environments/environments'
import type { BetaManagedAgentsMemoryStore } from '@anthropic-ai/sdk/resources/beta/memory-stores/memory-stores'
import type {
  BetaManagedAgentsBranchCheckout,
  BetaManagedAgentsCommitCheckout,
} from '@anthropic-ai/sdk/resources/beta/sessions/sessions'
import { findLiveFile } from '../files/files.ts'
import type { Fields } from '../http/fields.ts'
import { invalid } from '../http/problem.ts'
import type { FileRecord, ResourceRecord, World } from '../world.ts'
import { decodeCheckout, decodeRepositoryUrl } from './checkout.ts'
import { findMemoryStore } from './memory-store.ts'
import { fileMountPath, memoryMountPath, mountPaths, refuseOverlap, repositoryMountPath } from './mount-path.ts'

/** What a request asks to be mounted, checked and resolved. Tokens end here: nothing keeps or echoes them. */
export type Mount =
  | { readonly type: 'file'; readonly mountPath: string; readonly original: FileRecord }
  | {
      readonly type: 'github_repository'
      readonly mountPath: string
      readonly url: string
      readonly checkout: BetaManagedAgentsBranchCheckout | BetaManagedAgentsCommitCheckout | undefined
    }
  | {
      readonly type: 'memory_store'
      readonly mountPath: string
      readonly store: BetaManagedAgentsMemoryStore
      readonly access: 'read_write' | 'read_only'
      readonly instructions: string | null
    }

const KINDS = ['file', 'github_repository', 'memory_store'] as const
const MAX_MEMORY_STORES = 8

/** Documented: a self-hosted environment takes memory stores only. */
export function decodeMounts(world: World, inputs: readonly Fields[], environment: BetaEnvironment): readonly Mount[] {
  refuseTooMany(world, inputs.length)
  const mounts = inputs.map((fields) => {
    const type = fields.oneOf('type', KINDS)
    if (type === undefined) throw invalid(`${fields.name('type')}: Field required`)
    if (type !== 'memory_store' && environment.config.type === 'self_hosted')
      throw invalid(`${fields.name('type')}: a self-hosted environment takes memory stores only`)
    return decodeMount(world, type, fields)
  })
  if (mounts.filter(({ type }) => type === 'memory_store').length > MAX_MEMORY_STORES)
    throw invalid(`resources: at most ${MAX_MEMORY_STORES} memory stores are allowed`)
  const taken: string[] = []
  for (const { mountPath } of mounts) {
    refuseOverlap(mountPath, taken)
    taken.push(mountPath)
  }
  return mounts
}

/** What may be added to a session that exists: a file, and nothing else. */
export function decodeAddedFile(world: World, fields: Fields, present: readonly ResourceRecord[]): Mount {
  const type = fields.oneOf('type', KINDS)
  if (type === undefined) throw invalid(`${fields.name('type')}: Field required`)
  if (type !== 'file') throw invalid(`type: a ${type} can only be attached when the session is created`)
  refuseTooMany(world, present.length + 1)
  const mount = decodeMount(world, type, fields)
  refuseOverlap(mount.mountPath, mountPaths(present))
  return mount
}

function refuseTooMany(world: World, count: number): void {
  const { maxResources } = world.settings
  if (count > maxResources) throw invalid(`resources: a session takes at most ${maxResources} resources`)
}

function decodeMount(world: World, type: Mount['type'], fields: Fields): Mount {
  const mount = decoders[type](world, fields)
  fields.end()
  return mount
}

const decoders: Readonly<Record<Mount['type'], (world: World, fields: Fields) => Mount>> = {
  file(world, fields) {
    const id = fields.text('file_id', { max: 128 })
    const mountPath = fileMountPath(fields.optionalText('mount_path', { max: 4096 }), id)
    return { type: 'file', mountPath, original: findLiveFile(world, id) }
  },
  github_repository(_world, fields) {
    const { url, repository } = decodeRepositoryUrl(fields)
    fields.optionalText('authorization_token', { max: 4096 })
    const mountPath = repositoryMountPath(fields.optionalText('mount_path', { max: 4096 }), repository)
    return { type: 'github_repository', mountPath, url, checkout: decodeCheckout(fields) }
  },
  memory_store(world, fields) {
    const store = findMemoryStore(world, fields.text('memory_store_id', { max: 128 }))
    if (store.archived_at !== null) throw invalid(`Memory store ${store.id} is archived`)
    const access = fields.oneOf('access', ['read_write', 'read_only']) ?? 'read_write'
    const instructions = fields.optionalText('instructions', { min: 0, max: 4096 }) ?? null
    return { type: 'memory_store', mountPath: memoryMountPath(store.name), store, access, instructions }
  },
}
