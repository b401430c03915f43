import type {
  BetaManagedAgentsDeletedMemoryStore,
  BetaManagedAgentsMemoryStore,
} from '@anthropic-ai/sdk/resources/beta/memory-stores/memory-stores'
import * as v from 'valibot'
import { jsonObject } from '../../src/text/json.ts'
import { type Operation, param } from '../http/call.ts'
import { paginate } from '../http/page.ts'
import { missing } from '../http/problem.ts'
import { decodeQuery, flag } from '../http/query.ts'
import { decode, object, optional, text } from '../http/schema.ts'
import type { World } from '../world.ts'
import { decodeMetadata, type Metadata } from './metadata.ts'

export interface MemoryStoreSeed {
  readonly id?: string
  readonly name: string
  readonly description?: string | undefined
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
const CREATION = object({
  name: text(255),
  description: optional(text(1024, 0)),
  metadata: v.optional(jsonObject),
})

export const createMemoryStore: Operation = (world, { json }) => {
  const { metadata, ...sent } = decode(CREATION, json)
  return addMemoryStore(world, { ...sent, metadata: decodeMetadata(metadata) })
}

export const listMemoryStores: Operation = (world, { query }) => {
  const { include_archived: archivedToo } = decodeQuery({ include_archived: flag }, query)
  const stores = [...world.memoryStores.values()].filter(({ store }) => archivedToo || store.archived_at === null)
  const { items, next } = paginate(stores, query, { order: 'desc', size: 20 })
  return { data: items.map(({ store }) => store), next_page: next }
}

export const retrieveMemoryStore: Operation = (world, call) => findMemoryStore(world, param(call, 'store'))

export const deleteMemoryStore: Operation = (world, call): BetaManagedAgentsDeletedMemoryStore => {
  const { id } = findMemoryStore(world, param(call, 'store'))
  world.memoryStores.delete(id)
  return { id, type: 'memory_store_deleted' }
}
