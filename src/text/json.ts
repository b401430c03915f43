/** An object of foreign JSON. Only what is needed is read from it; the rest is ignored. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Parses JSON; undefined if the text is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
}

/** A text that is not empty. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A number that is not negative. */
export function asAmount(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 ? value : undefined
}

/** An array's items, as far as they decode. */
export function asList<T>(value: unknown, decode: (item: unknown) => T | undefined): readonly T[] | undefined {
  return Array.isArray(value) ? value.flatMap((item) => decode(item) ?? []) : undefined
}
