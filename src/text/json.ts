import * as v from 'valibot'

/** An object of foreign JSON. Only what is needed is read from it; the rest is ignored. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Parses JSON; undefined if the text is none. */
export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/** What a schema reads of a value; undefined if the value is none of its kind. */
export function read<T>(schema: Schema<T>, value: unknown): T | undefined {
  const result = v.safeParse(schema, value)
  return result.success ? result.output : undefined
}

/** Reads foreign JSON. */
export type Schema<T> = v.GenericSchema<unknown, T>

/** The names that a foreign object may have, for schemas that are held to its type. */
export type Fields<Wire> = Partial<Record<Wire extends unknown ? keyof Wire : never, v.GenericSchema>>

/** A text that is not empty. */
export const text = v.pipe(v.string(), v.nonEmpty())

/** A number that is not negative. */
export const amount = v.pipe(v.number(), v.minValue(0))

export const jsonObject = v.custom<JsonObject>(isObject)

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What is there and of another kind counts as missing. */
export function lenient<const S extends v.GenericSchema>(schema: S) {
  return v.fallback(v.optional(schema), undefined)
}

/** An array's items, as far as they are of the kind. */
export function listOf<T>(item: Schema<T>) {
  return v.pipe(
    v.array(v.unknown()),
    v.transform((items): readonly T[] => items.flatMap((each) => read(item, each) ?? [])),
  )
}
