import type * as v from 'valibot'
import { FILES_BETA, MANAGED_AGENTS_BETA, type Operation } from '../http/call.ts'
import { limit, paginate } from '../http/page.ts'
import { invalid } from '../http/problem.ts'
import { decodeQuery, word, words } from '../http/query.ts'
import type { FileRecord } from '../world.ts'
import { fileMetadata, listedFiles } from './files.ts'

const DEFAULT_LIMIT = 20
const MAX_IDS = 100

const FILTERS = { scope_id: word, 'ids[]': words, limit, page: word, before_id: word, after_id: word }

type Wanted = v.InferOutput<v.ObjectSchema<typeof FILTERS, undefined>>

/** The list before the files API left beta, and what it became. With only the agents' beta both shapes answer. */
export const listFiles: Operation = (world, { query, betas }) => {
  const wanted = decodeQuery(FILTERS, query)
  const files = inScope(listedFiles(world), wanted, betas)
  const shown = (items: readonly FileRecord[]) => items.map((file) => fileMetadata(world, file, betas))
  if (wanted['ids[]'].length > 0) return { data: shown(byIds(files, wanted)), next_page: null }
  if (betas.has(FILES_BETA)) {
    const { items, hasMore } = byMarks(files.toReversed(), wanted)
    return { data: shown(items), ...marks(items, hasMore) }
  }
  if (wanted.before_id !== undefined || wanted.after_id !== undefined)
    throw invalid(`before_id and after_id need the ${FILES_BETA} beta; use page`)
  const { items, next } = paginate(files, query, { order: 'desc', size: DEFAULT_LIMIT })
  const page = { data: shown(items), next_page: next }
  return betas.has(MANAGED_AGENTS_BETA) ? { ...page, ...marks(items, next !== null) } : page
}

/** Documented: the filter by scope belongs to the beta surface. */
function inScope(
  files: readonly FileRecord[],
  { scope_id: scope }: Wanted,
  betas: ReadonlySet<string>,
): readonly FileRecord[] {
  if (scope === undefined) return files
  if (!betas.has(MANAGED_AGENTS_BETA) && !betas.has(FILES_BETA))
    throw invalid(`scope_id: needs the ${MANAGED_AGENTS_BETA} beta`)
  return files.filter((file) => file.scope?.id === scope)
}

/** Documented: at most 100 different ids, in one page; unknown and deleted ones are left out silently. */
function byIds(files: readonly FileRecord[], { 'ids[]': ids, page, limit }: Wanted): readonly FileRecord[] {
  const wanted = new Set(ids)
  if (wanted.size > MAX_IDS) throw invalid(`ids: at most ${MAX_IDS} ids are allowed`)
  if (page !== undefined || limit !== undefined) throw invalid('ids: cannot be combined with page or limit')
  return files.filter(({ id }) => wanted.has(id)).toReversed()
}

function byMarks(
  newestFirst: readonly FileRecord[],
  { limit = DEFAULT_LIMIT, before_id: before, after_id: after }: Wanted,
): { readonly items: readonly FileRecord[]; readonly hasMore: boolean } {
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

const marks = (items: readonly FileRecord[], hasMore: boolean) => ({
  has_more: hasMore,
  first_id: items[0]?.id ?? null,
  last_id: items.at(-1)?.id ?? null,
})
