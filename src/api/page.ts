import * as v from 'valibot'
import { lenient, listOf, type Schema, text } from '../text/json.ts'
import type { ApiRequest, Client } from './client.ts'
import { UnusableReplyError } from './errors.ts'
import { callOf } from './request.ts'

/** One page of a list. Some servers leave `next_page` out. */
export function pageOf<T>(item: Schema<T>) {
  return v.object({ data: listOf(item), next_page: lenient(text), has_more: lenient(v.boolean()) })
}

type Page<T> = v.InferOutput<ReturnType<typeof pageOf<T>>>

/** More than any list of this API can have; a server that goes on is not counting. */
const MAX_PAGES = 10_000

/**
 * The pages of a list, each fetched when it is reached, and each item once: where a server counts items while others add
 * some, the last of a page comes again on the next. @throws ApiError, or the reason of the request's signal
 */
export async function* fetchPages<T extends { readonly id?: string | undefined }>(
  client: Client,
  request: ApiRequest,
  page: Schema<Page<T>>,
): AsyncGenerator<readonly T[]> {
  const [cursors, ids] = [new Set<string>(), new Set<string>()]
  for (let cursor: string | undefined; ; ) {
    const { data, next_page } = await client.send({ ...request, query: { ...request.query, page: cursor } }, page)
    yield data.filter(({ id }) => id === undefined || isAdded(ids, id))
    if (next_page === undefined) return
    if (cursors.has(next_page))
      throw new UnusableReplyError(callOf(request), 'the list names the same page twice, so it never ends')
    if (cursors.add(next_page).size >= MAX_PAGES)
      throw new UnusableReplyError(callOf(request), 'the list has more than 10,000 pages')
    cursor = next_page
  }
}

function isAdded(ids: Set<string>, id: string): boolean {
  const before = ids.size
  return ids.add(id).size > before
}

export async function* itemsOf<T>(pages: AsyncIterable<readonly T[]>): AsyncGenerator<T> {
  for await (const page of pages) yield* page
}
