import { invalid } from './problem.ts'

interface Length {
  readonly min?: number
  readonly max: number
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Decodes one JSON object. Each read marks its field as known; `end` refuses whatever was not read, since the
 * documented schemas forbid additional properties. Messages name the field by its path.
 */
export class Fields {
  readonly #values: Readonly<Record<string, unknown>>
  readonly #path: string
  readonly #known = new Set<string>()

  constructor(value: unknown, path = '') {
    if (!isRecord(value)) throw invalid(`${path === '' ? 'body' : path}: Input should be an object`)
    this.#values = value
    this.#path = path
  }

  name(field: string): string {
    return this.#path === '' ? field : `${this.#path}.${field}`
  }

  /** The raw value; null counts as present. */
  raw(field: string): unknown {
    this.#known.add(field)
    return this.#values[field]
  }

  has(field: string): boolean {
    return this.raw(field) !== undefined
  }

  text(field: string, length: Length): string {
    const value = this.raw(field)
    if (value === undefined) throw invalid(`${this.name(field)}: Field required`)
    return checkText(value, this.name(field), length)
  }

  /** Null and absence mean the same: not given. */
  optionalText(field: string, length: Length): string | undefined {
    const value = this.raw(field)
    return value === undefined || value === null ? undefined : checkText(value, this.name(field), length)
  }

  oneOf<T extends string>(field: string, allowed: readonly T[]): T | undefined {
    const value = this.raw(field)
    if (value === undefined || value === null) return undefined
    const found = allowed.find((one) => one === value)
    if (found === undefined) throw invalid(`${this.name(field)}: Input should be ${quoted(allowed)}`)
    return found
  }

  wholeNumber(field: string, min: number, max: number): number | undefined {
    const value = this.raw(field)
    if (value === undefined || value === null) return undefined
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max)
      throw invalid(`${this.name(field)}: Input should be an integer between ${min} and ${max}`)
    return value
  }

  flag(field: string): boolean | undefined {
    const value = this.raw(field)
    if (value === undefined || value === null) return undefined
    if (typeof value !== 'boolean') throw invalid(`${this.name(field)}: Input should be a boolean`)
    return value
  }

  object(field: string): Fields {
    return new Fields(this.raw(field), this.name(field))
  }

  list(field: string, max: number): readonly unknown[] {
    const value = this.raw(field)
    if (value === undefined) return []
    if (!Array.isArray(value)) throw invalid(`${this.name(field)}: Input should be an array`)
    if (value.length > max) throw invalid(`${this.name(field)}: Array should have at most ${max} items`)
    return value
  }

  objects(field: string, max: number): readonly Fields[] {
    return this.list(field, max).map((value, index) => new Fields(value, `${this.name(field)}.${index}`))
  }

  entries(): readonly (readonly [string, unknown])[] {
    return Object.entries(this.#values)
  }

  end(): void {
    const unknown = Object.keys(this.#values).find((field) => !this.#known.has(field))
    if (unknown !== undefined) throw invalid(`${this.name(unknown)}: Extra inputs are not permitted`)
  }
}

function checkText(value: unknown, name: string, { min = 1, max }: Length): string {
  if (typeof value !== 'string') throw invalid(`${name}: Input should be a string`)
  // Counted in code points, so that an emoji is one character and not two.
  const length = value.length <= max ? value.length : [...value].length
  if (length < min) throw invalid(`${name}: String should have at least ${min} character${min === 1 ? '' : 's'}`)
  if (length > max) throw invalid(`${name}: String should have at most ${max} characters`)
  return value
}

const quoted = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(' or ')
