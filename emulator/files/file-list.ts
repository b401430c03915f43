import type { BetaFileMetadata } from '@anthropic-ai/sdk/resources/beta/files'
import { type Call, FILES_BETA, MANAGED_AGENTS_BETA, type Operation } from '../http/call.ts'
import { paginate } from '../http/page.ts'
import { invalid } from '../http/problem.ts'
import type { Query } from '../http/query.ts'
import type { FileRecord } from '../world.ts'
import { fileMetadata, listedFiles } from './files.ts'

const DEFAULT_LIMIT = 20
const MAX_LIMIT = 1000
const MAX_IDS = 100

/** The list before the files API left beta, and what it became. With only the agents' beta both shapes answer. */
interface OldPage {
  readonly data: readonly BetaFileMetadata[]
  readonly has_more: boolean
  readonly first_id: string | null
  readonly last_id: string | null
}

interface NewPage {
  readonly data: readonly BetaFileMetadata[]
  readonly next_page: string | null
}

export const listFiles: Operation = (world, call) => {
  const { query, betas } = call
  const files = inScope(listedFiles(world), call)
  const ids = query.all('ids')
  if (ids.length > 0) return newPage(byIds(files, ids, query), null)
  if (betas.has(FILES_BETA)) return oldPage(files, query)
  if (query.text('before_id') !== undefined || query.text('after_id') !== undefined)
    throw invalid(`before_id and after_id need the ${FILES_BETA} beta; use page`)
  const { items, next } = paginate(files, query, { order: 'desc', limit: DEFAULT_LIMIT })
  const page = newPage(items, next)
  return betas.has(MANAGED_AGENTS_BETA) ? { ...page, ...marks(items, next !== null) } : page

  function newPage(items: readonly FileRecord[], next: string | null): NewPage {
    return { data: items.map((file) => fileMetadata(world, file, betas)), next_page: next }
  }

  function oldPage(all: readonly FileRecord[], range: Query): OldPage {
    const { items, hasMore } = byMarks(all.toReversed(), range)
    return { data: items.map((file) => fileMetadata(world, file, betas)), ...marks(items, hasMore) }
  }
}

/** Documented: the filter by scope belongs to the beta surface. */
function inScope(files: readonly FileRecord[], { query, betas }: Call): readonly FileRecord[] {
  const scope = query.text('scope_id')
  if (scope === undefined) return files
  if (!betas.has(MANAGED_AGENTS_BETA) && !betas.has(FILES_BETA))
    throw invalid(`scope_id: needs the ${MANAGED_AGENTS_BETA} beta`)
  return files.filter((file) => file.scope?.id === scope)
}

/** Documented: at most 100 different ids, in one page; unknown and deleted ones are left out silently. */
function byIds(files: readonly FileRecord[], ids: readonly string[], query: Query): readonly FileRecord[] {
  const wanted = new Set(ids)
  if (wanted.size > MAX_IDS) throw invalid(`ids: at most ${MAX_IDS} ids are allowed`)
  if (query.text('page') !== undefined || query.text('limit') !== undefined)
    throw invalid('ids: cannot be combined with page or limit')
  return files.filter(({ id }) => wanted.has(id)).toReversed()
}

function byMarks(
  newestFirst: readonly FileRecord[],
  query: Query,
): { readonly items: readonly FileRecord[]; readonly hasMore: boolean } {
  const limit = query.wholeNumber('limit', 1, MAX_LIMIT) ?? DEFAULT_LIMIT
  const after = query.text('after_id')
  const before = query.text('before_id')
  if (before !== undefined) {
    const end = position(newestFirst, before, 'before_id')
    const start = Math.max(0, end - limit)
    return { items: newestFirst.slice(start, end), hasMore: start > 0 }
  }
  const start = after === undefined ? 0 : position(newestFirst, after, 'after_id') + 1
  return { items: newestFirst.slice(start, start + limit), hasMore: start + limit < newestFirst.length }
}

function position(files: readonly FileRecord[], id: string, name: string): number {
  const index = files.findIndex((file) => file.id === id)
  if (index === -1) throw invalid(`${name}: no such file in this list`)
  return index
}

const marks = (items: readonly FileRecord[], hasMore: boolean): Omit<OldPage, 'data'> => ({
  has_more: hasMore,
  first_id: items[0]?.id ?? null,
  last_id: items.at(-1)?.id ?? null,
})
