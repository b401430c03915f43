import * as v from 'valibot'
import { decode } from './schema.ts'

/** The path of a request as sent (a URL parser would resolve its dots) and its query. */
export function splitTarget(target = '/'): { readonly path: string; readonly search: string } {
  const [path = '', ...rest] = target.split('?')
  return { path, search: rest.join('?') }
}

/** Every parameter with all of its values. */
export const parametersOf = (query: URLSearchParams): Readonly<Record<string, string[]>> =>
  Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]))

/**
 * Reads a query. Unknown parameters are ignored: `?beta=true` is what older SDKs send. Arrays come as `name[]=a&name[]=b`
 * (observed with the SDK); of any other parameter the first value counts, and an empty one is none.
 */
export function decodeQuery<const E extends v.ObjectEntries>(entries: E, query: URLSearchParams) {
  const given = Object.entries(parametersOf(query)).map(([name, values]) => [
    name,
    name.endsWith('[]') ? values : values[0] || undefined,
  ])
  return decode(v.object(entries), Object.fromEntries(given))
}

export const word = v.optional(v.string())

export const words = v.optional(v.array(v.string()), [])

export const flag = v.optional(
  v.pipe(
    v.string(),
    v.transform((text) => text === 'true'),
  ),
  'false',
)

export const order = v.picklist(['asc', 'desc'], 'Input should be one of asc, desc')

/** A whole number in digits. */
export function digits(min: number, max: number) {
  const message = `Input should be an integer between ${min} and ${max}`
  return v.pipe(
    v.string(),
    v.regex(/^-?\d+$/, message),
    v.transform(Number),
    v.minValue(min, message),
    v.maxValue(max, message),
  )
}

const time = v.optional(
  v.pipe(
    v.string(),
    v.transform(Date.parse),
    v.check((value) => !Number.isNaN(value), 'Input should be a time in RFC 3339'),
  ),
)

/** The documented filters by the time of making. */
export const range = {
  'created_at[gt]': time,
  'created_at[gte]': time,
  'created_at[lt]': time,
  'created_at[lte]': time,
}

type Range = v.InferOutput<v.ObjectSchema<typeof range, undefined>>

/** @param at in milliseconds */
export function isWithin(given: Range, at: number): boolean {
  const { 'created_at[gt]': gt = -Infinity, 'created_at[gte]': gte = -Infinity } = given
  const { 'created_at[lt]': lt = Infinity, 'created_at[lte]': lte = Infinity } = given
  return at > gt && at >= gte && at < lt && at <= lte
}
