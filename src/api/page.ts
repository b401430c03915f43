import { asList, asObject, asText } from '../text/json.ts'
import { type CallName, UnusableReplyError } from './errors.ts'

/** One page of a list. Some servers leave `next_page` out. */
export interface Page<T> {
  readonly data: readonly T[]
  readonly nextPage: string | undefined
  /** What it answers. */
  readonly call: CallName
}

/** More than any list of this API can have; a server that goes on is not counting. */
const MAX_PAGES = 10_000

/**
 * The items of a list, page after page, each page fetched when it is reached, and each item once: where a server counts
 * items while others add some, the last of a page comes again on the next. @throws UnusableReplyError
 */
export async function* itemsOf<T extends { readonly id?: string | undefined }>(
  fetchPage: (page: string | undefined) => Promise<Page<T>>,
): AsyncGenerator<T> {
  const cursors = new Set<string>()
  const ids = new Set<string>()
  for (let page: string | undefined; ; ) {
    const { data, nextPage, call } = await fetchPage(page)
    yield* data.filter(({ id }) => id === undefined || isAdded(ids, id))
    if (nextPage === undefined) return
    if (cursors.has(nextPage))
      throw new UnusableReplyError(call, 'the list names the same page twice, so it never ends')
    if (cursors.add(nextPage).size >= MAX_PAGES)
      throw new UnusableReplyError(call, 'the list has more than 10,000 pages')
    page = nextPage
  }
}

/** Whether the set did not have it. */
function isAdded(ids: Set<string>, id: string): boolean {
  const before = ids.size
  return ids.add(id).size > before
}

export function decodePage<T>(
  decode: (item: unknown) => T | undefined,
): (json: unknown, call: CallName) => Page<T> | undefined {
  return (json, call) => {
    const page = asObject(json)
    const data = asList(page?.data, decode)
    return data === undefined ? undefined : { data, nextPage: asText(page?.next_page), call }
  }
}
