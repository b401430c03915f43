import { asList, asObject, asText } from '../json.ts'

/** One page of a list. Some servers leave `next_page` out. */
export interface Page<T> {
  readonly data: readonly T[]
  readonly nextPage: string | undefined
}

export function decodePage<T>(decode: (item: unknown) => T | undefined): (json: unknown) => Page<T> | undefined {
  return (json) => {
    const page = asObject(json)
    const data = asList(page?.data, decode)
    return data === undefined ? undefined : { data, nextPage: asText(page?.next_page) }
  }
}
