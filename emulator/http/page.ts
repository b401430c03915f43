import { optional } from 'valibot'
import { invalid } from './problem.ts'
import { decodeQuery, digits, word } from './query.ts'

export type Order = 'asc' | 'desc'

export const limit = optional(digits(1, 1000))

/** What a list holds is numbered in the order of making; a cursor names a number, so deletions do not shift pages. */
export interface Numbered {
  readonly seq: number
}

export interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | null
  readonly previous: string | null
}

interface Cursor {
  readonly side: 'after' | 'before'
  readonly seq: number
}

/** Null where the list has nothing there. */
const cursorAt = (item: Numbered | undefined, side: Cursor['side'], order: Order): string | null =>
  item === undefined ? null : `page_${Buffer.from(`${side}:${item.seq}:${order}`).toString('base64url')}`

function decodeCursor(text: string, order: Order): Cursor {
  const plain = text.startsWith('page_') ? Buffer.from(text.slice(5), 'base64url').toString() : ''
  const [, side, seq, made] = /^(after|before):(\d+):(asc|desc)$/.exec(plain) ?? []
  if (seq === undefined) throw invalid('page: not a cursor of this list')
  // Observed: a cursor made under one order is refused under the other.
  if (made !== order) throw invalid('page: the cursor was made with another order')
  return { side: side === 'before' ? 'before' : 'after', seq: Number(seq) }
}

/** One page of `items`, which come in the order of making. Without a size or a limit everything comes back at once. */
export function paginate<T extends Numbered>(
  items: readonly T[],
  query: URLSearchParams,
  { order, size = Number.POSITIVE_INFINITY }: { readonly order: Order; readonly size?: number },
): Page<T> {
  const { limit: asked = size, page } = decodeQuery({ limit, page: word }, query)
  const cursor = page === undefined ? undefined : decodeCursor(page, order)
  const isBefore = cursor?.side === 'before'
  const ordered = order === 'asc' ? items : items.toReversed()
  const isLeftOf = ({ seq }: Numbered, mark: number): boolean => (order === 'asc' ? seq < mark : seq > mark)
  const isPassed = (item: T, mark: number): boolean => isLeftOf(item, mark) || (!isBefore && item.seq === mark)
  const place = cursor === undefined ? 0 : ordered.filter((item) => isPassed(item, cursor.seq)).length
  const start = isBefore ? Math.max(0, place - asked) : place
  const end = isBefore ? place : place + asked
  return {
    items: ordered.slice(start, end),
    next: end < ordered.length ? cursorAt(ordered[end - 1], 'after', order) : null,
    previous: start > 0 ? cursorAt(ordered[start], 'before', order) : null,
  }
}

/** A list, newest first, of what is never taken away, so that its place is its number. */
export function paginateAll(items: readonly object[], query: URLSearchParams): object {
  const numbered = items.map((item, seq) => ({ seq, item }))
  const { items: shown, next } = paginate(numbered, query, { order: 'desc', size: 20 })
  return { data: shown.map(({ item }) => item), next_page: next }
}
