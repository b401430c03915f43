import { invalid } from './problem.ts'
import type { Query } from './query.ts'

export type Order = 'asc' | 'desc'

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
  readonly order: Order
}

const encode = (cursor: Cursor): string =>
  `page_${Buffer.from(`${cursor.side}:${cursor.seq}:${cursor.order}`).toString('base64url')}`

function decodeCursor(text: string, order: Order): Cursor {
  const plain = text.startsWith('page_') ? Buffer.from(text.slice(5), 'base64url').toString() : ''
  const [, side, seq, made] = /^(after|before):(\d+):(asc|desc)$/.exec(plain) ?? []
  if (seq === undefined) throw invalid('page: not a cursor of this list')
  // Observed: a cursor made under one order is refused under the other.
  if (made !== order) throw invalid('page: the cursor was made with another order')
  return { side: side === 'before' ? 'before' : 'after', seq: Number(seq), order }
}

/** One page of `items`, which come in the order of making. Without a limit everything comes back at once. */
export function paginate<T extends Numbered>(
  items: readonly T[],
  query: Query,
  { order, limit, max = 1000 }: { readonly order: Order; readonly limit?: number; readonly max?: number },
): Page<T> {
  const size = query.wholeNumber('limit', 1, max) ?? limit ?? Number.POSITIVE_INFINITY
  const text = query.text('page')
  const cursor = text === undefined ? undefined : decodeCursor(text, order)
  const ordered = order === 'asc' ? items : items.toReversed()
  const isPast = (seq: number, mark: number): boolean => (order === 'asc' ? seq > mark : seq < mark)
  const [start, end] = window(ordered, size, cursor, isPast)
  return {
    items: ordered.slice(start, end),
    next: neighbour(ordered[end - 1], end < ordered.length, 'after', order),
    previous: neighbour(ordered[start], start > 0, 'before', order),
  }
}

/** A list, newest first, of what is never taken away, so that its place is its number. */
export function paginateAll(items: readonly object[], query: Query): object {
  const numbered = items.map((item, seq) => ({ seq, item }))
  const { items: shown, next } = paginate(numbered, query, { order: 'desc', limit: 20 })
  return { data: shown.map(({ item }) => item), next_page: next }
}

function window(
  ordered: readonly Numbered[],
  size: number,
  cursor: Cursor | undefined,
  isPast: (seq: number, mark: number) => boolean,
): readonly [number, number] {
  if (cursor?.side === 'before') {
    const found = ordered.findIndex(({ seq }) => seq === cursor.seq || isPast(seq, cursor.seq))
    const end = found === -1 ? ordered.length : found
    return [Math.max(0, end - size), end]
  }
  const found = cursor === undefined ? 0 : ordered.findIndex(({ seq }) => isPast(seq, cursor.seq))
  const start = found === -1 ? ordered.length : found
  return [start, Math.min(ordered.length, start + size)]
}

const neighbour = (edge: Numbered | undefined, more: boolean, side: Cursor['side'], order: Order): string | null =>
  more && edge !== undefined ? encode({ side, seq: edge.seq, order }) : null
