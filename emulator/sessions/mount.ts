import type { BetaEnvironment } from '@anthropic-ai/sdk/resources/beta/environments/environments'
import type { BetaManagedAgentsMemoryStore } from '@anthropic-ai/sdk/resources/beta/memory-stores/memory-stores'
import * as v from 'valibot'
import { findLiveFile } from '../files/files.ts'
import { invalid } from '../http/problem.ts'
import { id, optional, text } from '../http/schema.ts'
import type { FileRecord, ResourceRecord, World } from '../world.ts'
import { findMemoryStore } from './memory-store.ts'
import { fileMountPath, memoryMountPath, mountPaths, refuseOverlap, repositoryMountPath } from './mount-path.ts'

/** Documented: github.com over https, owner and name, no `.git`. */
const REPOSITORY = /^https:\/\/github\.com\/[A-Za-z0-9-]+\/(?!\.+$)([A-Za-z0-9._-]+)(?<!\.git)$/

/** Documented: a branch by name or a commit by its hexadecimal id; without either, the default branch. */
const checkout = v.variant('type', [
  v.strictObject({ type: v.literal('branch'), name: text(255) }),
  v.strictObject({
    type: v.literal('commit'),
    sha: v.pipe(text(64, 7), v.regex(/^[0-9a-f]+$/i, 'Input should be hexadecimal')),
  }),
])

const mount_path = optional(text(4096))

const FILE = v.strictObject({ type: v.literal('file'), file_id: id, mount_path })

/** What a session can be created with. */
export const resource = v.variant('type', [
  FILE,
  v.strictObject({
    type: v.literal('github_repository'),
    url: v.pipe(text(2048), v.regex(REPOSITORY, 'Input should have the form https://github.com/<owner>/<repository>')),
    authorization_token: optional(text(4096)),
    mount_path,
    checkout: optional(checkout),
  }),
  v.strictObject({
    type: v.literal('memory_store'),
    memory_store_id: id,
    access: optional(v.picklist(['read_write', 'read_only'])),
    instructions: optional(text(4096, 0)),
  }),
])

/** What may be added to a session that exists: a file, and nothing else, whatever else is said of it. */
export const addition = v.variant('type', [
  FILE,
  v.looseObject({ type: v.picklist(['github_repository', 'memory_store']) }),
])

type Asked = v.InferOutput<typeof resource>

/** What a request asks to be mounted, checked and resolved. Tokens end here: nothing keeps or echoes them. */
export type Mount =
  | { readonly type: 'file'; readonly mountPath: string; readonly original: FileRecord }
  | {
      readonly type: 'github_repository'
      readonly mountPath: string
      readonly url: string
      readonly checkout: v.InferOutput<typeof checkout> | undefined
    }
  | {
      readonly type: 'memory_store'
      readonly mountPath: string
      readonly store: BetaManagedAgentsMemoryStore
      readonly access: 'read_write' | 'read_only'
      readonly instructions: string | null
    }

const MAX_MEMORY_STORES = 8

/** Documented: a self-hosted environment takes memory stores only. */
export function mountsOf(world: World, asked: readonly Asked[], environment: BetaEnvironment): readonly Mount[] {
  refuseTooMany(world, asked.length)
  const other = asked.findIndex(({ type }) => type !== 'memory_store')
  if (other !== -1 && environment.config.type === 'self_hosted')
    throw invalid(`resources.${other}.type: a self-hosted environment takes memory stores only`)
  const mounts = asked.map((each) => mountOf(world, each))
  if (mounts.filter(({ type }) => type === 'memory_store').length > MAX_MEMORY_STORES)
    throw invalid(`resources: at most ${MAX_MEMORY_STORES} memory stores are allowed`)
  const taken: string[] = []
  for (const { mountPath } of mounts) {
    refuseOverlap(mountPath, taken)
    taken.push(mountPath)
  }
  return mounts
}

export function addedMountOf(
  world: World,
  asked: v.InferOutput<typeof addition>,
  present: readonly ResourceRecord[],
): Mount {
  if (asked.type !== 'file') throw invalid(`type: a ${asked.type} can only be attached when the session is created`)
  refuseTooMany(world, present.length + 1)
  const mount = mountOf(world, asked)
  refuseOverlap(mount.mountPath, mountPaths(present))
  return mount
}

function refuseTooMany(world: World, count: number): void {
  const { maxResources } = world.settings
  if (count > maxResources) throw invalid(`resources: a session takes at most ${maxResources} resources`)
}

function mountOf(world: World, asked: Asked): Mount {
  const { type } = asked
  switch (type) {
    case 'file': {
      const mountPath = fileMountPath(asked.mount_path, asked.file_id)
      return { type, mountPath, original: findLiveFile(world, asked.file_id) }
    }
    case 'github_repository': {
      const { url, checkout } = asked
      const [, repository = ''] = REPOSITORY.exec(url) ?? []
      return { type, mountPath: repositoryMountPath(asked.mount_path, repository), url, checkout }
    }
    case 'memory_store': {
      const store = findMemoryStore(world, asked.memory_store_id)
      if (store.archived_at !== null) throw invalid(`Memory store ${store.id} is archived`)
      const { access = 'read_write', instructions = null } = asked
      return { type, mountPath: memoryMountPath(store.name), store, access, instructions }
    }
  }
}
