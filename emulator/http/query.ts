import { invalid } from './problem.ts'

/** A query string. Unknown parameters are ignored: `?beta=true` is what older SDKs send. */
export class Query {
  readonly #values: URLSearchParams

  constructor(search: string) {
    this.#values = new URLSearchParams(search)
  }

  text(name: string): string | undefined {
    const value = this.#values.get(name)
    return value === null || value === '' ? undefined : value
  }

  /** Arrays go out as `name[]=a&name[]=b` (observed with the SDK). */
  all(name: string): readonly string[] {
    return this.#values.getAll(`${name}[]`)
  }

  wholeNumber(name: string, min: number, max: number): number | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    const value = Number(text)
    if (!/^-?\d+$/.test(text) || value < min || value > max)
      throw invalid(`${name}: Input should be an integer between ${min} and ${max}`)
    return value
  }

  flag(name: string): boolean {
    return this.text(name) === 'true'
  }

  oneOf<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
    const text = this.text(name)
    if (text === undefined) return fallback
    const found = allowed.find((one) => one === text)
    if (found === undefined) throw invalid(`${name}: Input should be one of ${allowed.join(', ')}`)
    return found
  }

  /** The documented filters `name[gt]`, `[gte]`, `[lt]` and `[lte]`, as a test of a time in milliseconds. */
  timeRange(name: string): (at: number) => boolean {
    const [gt, gte, lt, lte] = ['gt', 'gte', 'lt', 'lte'].map((bound) => this.#time(`${name}[${bound}]`))
    return (at) =>
      (gt === undefined || at > gt) &&
      (gte === undefined || at >= gte) &&
      (lt === undefined || at < lt) &&
      (lte === undefined || at <= lte)
  }

  #time(name: string): number | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    const value = Date.parse(text)
    if (Number.isNaN(value)) throw invalid(`${name}: Input should be a time in RFC 3339`)
    return value
  }

  record(): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries([...new Set(this.#values.keys())].map((key) => [key, this.#values.getAll(key)]))
  }
}

/** The path of a request as sent (a URL parser would resolve its dots) and its query. */
export function splitTarget(target = '/'): { readonly path: string; readonly search: string } {
  const [path = '', ...rest] = target.split('?')
  return { path, search: rest.join('?') }
}
