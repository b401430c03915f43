/** The value at a path of names and numbers, `data.0.id`; undefined where there is none. */
export function at(json: unknown, path: string): unknown {
  let value = json
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Readonly<Record<string, unknown>>)[name]
  }
  return value
}

export function textAt(json: unknown, path: string): string | undefined {
  const value = at(json, path)
  return typeof value === 'string' ? value : undefined
}

/** The objects of a list. */
export function dataOf(json: unknown): readonly unknown[] {
  const data = at(json, 'data')
  return Array.isArray(data) ? data : []
}

export const idsOf = (json: unknown): readonly string[] => dataOf(json).flatMap((each) => textAt(each, 'id') ?? [])
