import type {
  BetaManagedAgentsDeletedMemoryStore,
  BetaManagedAgentsMemoryStore,
} from '@anthropic-ai/sdk/resources/beta/memory-stores/memory-stores'
import { type Operation, param } from '../http/call.ts'
import { Fields } from '../http/fields.ts'
import { paginate } from '../http/page.ts'
import { missing } from '../http/problem.ts'
import type { World } from '../world.ts'
import { decodeMetadata, type Metadata } from './metadata.ts'

export interface MemoryStoreSeed {
  readonly id?: string
  readonly name: string
  readonly description?: string
  readonly metadata?: Metadata
  readonly archived?: boolean
}

export function addMemoryStore(world: World, seed: MemoryStoreSeed): BetaManagedAgentsMemoryStore {
  const now = world.timestamp()
  const store: BetaManagedAgentsMemoryStore = {
    id: seed.id ?? world.newId('memstore'),
    type: 'memory_store',
    name: seed.name,
    description: seed.description ?? '',
    metadata: { ...seed.metadata },
    created_at: now,
    updated_at: now,
    archived_at: seed.archived === true ? now : null,
  }
  world.memoryStores.set(store.id, { seq: world.nextSeq(), store })
  return store
}

export function findMemoryStore(world: World, id: string): BetaManagedAgentsMemoryStore {
  const record = world.memoryStores.get(id)
  if (record === undefined) throw missing(`Memory store not found: ${id}`)
  return record.store
}

/** Documented limits: name 1 to 255, description up to 1024 characters. */
export const createMemoryStore: Operation = (world, { json }) => {
  const fields = new Fields(json)
  const name = fields.text('name', { max: 255 })
  const description = fields.optionalText('description', { min: 0, max: 1024 }) ?? ''
  const sent = fields.raw('metadata')
  fields.end()
  return addMemoryStore(world, { name, description, metadata: sent === undefined ? {} : decodeMetadata(sent) })
}

export const listMemoryStores: Operation = (world, { query }) => {
  const archivedToo = query.flag('include_archived')
  const stores = [...world.memoryStores.values()].filter(({ store }) => archivedToo || store.archived_at === null)
  const { items, next } = paginate(stores, query, { order: 'desc', limit: 20 })
  return { data: items.map(({ store }) => store), next_page: next }
}

export const retrieveMemoryStore: Operation = (world, call) => findMemoryStore(world, param(call, 'store'))

export const deleteMemoryStore: Operation = (world, call): BetaManagedAgentsDeletedMemoryStore => {
  const { id } = findMemoryStore(world, param(call, 'store'))
  world.memoryStores.delete(id)
  return { id, type: 'memory_store_deleted' }
}
