import { asList, asObject, asText } from '../text/json.ts'

/** One page of a list. Some servers leave `next_page` out. */
export interface Page<T> {
  readonly data: readonly T[]
  readonly nextPage: string | undefined
}

/** The items of a list, page after page, each page fetched when it is reached. */
export async function* itemsOf<T>(fetchPage: (page: string | undefined) => Promise<Page<T>>): AsyncGenerator<T> {
  let page: string | undefined
  do {
    const { data, nextPage } = await fetchPage(page)
    yield* data
    page = nextPage
  } while (page !== undefined)
}

export function decodePage<T>(decode: (item: unknown) => T | undefined): (json: unknown) => Page<T> | undefined {
  return (json) => {
    const page = asObject(json)
    const data = asList(page?.data, decode)
    return data === undefined ? undefined : { data, nextPage: asText(page?.next_page) }
  }
}
