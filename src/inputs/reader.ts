import { isId } from '../api/id.ts'
import { quote } from '../text/escape.ts'
import { type IdKind, kindOfId, withArticle } from './id-kind.ts'

/** One thing wrong with one input. */
export interface Problem {
  readonly input: string
  readonly message: string
}

/** An annotation for a value that is allowed, but probably not what was meant. */
export interface Remark {
  readonly level: 'notice' | 'warning'
  readonly text: string
}

/** All that is wrong with a run's inputs, at once. */
export class InputError extends Error {
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    const lines = problems.map((problem) => `- ${problem.input}: ${problem.message}`)
    const inputs = new Set(problems.map((problem) => problem.input)).size
    super(`${inputs === 1 ? 'Invalid input' : `${inputs} invalid inputs`}:\n${lines.join('\n')}`)
    this.name = 'InputError'
    this.problems = problems
  }
}

const SECONDS_PER = { s: 1, m: 60, h: 3_600, d: 86_400 } as const

/**
 * Reads inputs by type. A value that is not allowed is recorded with the input's name, the value and what is allowed,
 * and a harmless one of the right type is returned, so that reading goes on and `finish` reports everything together.
 */
export class InputReader {
  readonly #input: (name: string) => string
  readonly #problems: Problem[] = []
  readonly #remarks: Remark[] = []

  constructor(input: (name: string) => string) {
    this.#input = input
  }

  problem(input: string, message: string): void {
    this.#problems.push({ input, message })
  }

  /** Each input of `names` that is given is wrong, for this reason. */
  problemIfGiven(names: readonly string[], message: string): void {
    for (const name of names) if (this.text(name) !== undefined) this.problem(name, message)
  }

  notice(input: string, message: string): void {
    this.#remarks.push({ level: 'notice', text: `${input}: ${message}` })
  }

  warn(input: string, message: string): void {
    this.#remarks.push({ level: 'warning', text: `${input}: ${message}` })
  }

  /** Each input of `names` that is given has no effect, for this reason. */
  warnIfGiven(names: readonly string[], reason: string): void {
    for (const name of names) if (this.text(name) !== undefined) this.warn(name, `has no effect ${reason}`)
  }

  /** Each boolean input of `names` that is `true` has no effect, for this reason. */
  warnIfTrue(names: readonly string[], reason: string): void {
    for (const name of names) if (/^true$/i.test(this.text(name) ?? '')) this.warn(name, `has no effect ${reason}`)
  }

  get remarks(): readonly Remark[] {
    return [...this.#remarks]
  }

  /** @throws InputError if a problem was recorded. */
  finish(): void {
    if (this.#problems.length > 0) throw new InputError(this.#problems)
  }

  /** The value as given: for texts in which spaces mean something. */
  raw(name: string): string {
    return this.#input(name)
  }

  text(name: string): string | undefined {
    const value = this.#input(name).trim()
    return value === '' ? undefined : value
  }

  /** Lines that are not empty, trimmed. */
  lines(name: string): readonly string[] {
    return this.#input(name)
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '')
  }

  /**
   * @param kind of thing that the id names
   * @param idIn takes the id out of what is given
   */
  id(name: string, kind: IdKind, idIn = (text: string): string => text): string | undefined {
    const text = this.text(name)
    return text === undefined ? undefined : this.checkId(name, idIn(text), kind)
  }

  /** An id that may come from elsewhere than the input that it is for. */
  checkId(name: string, value: string, kind: IdKind): string | undefined {
    return this.#isId(name, value, kind) ? value : undefined
  }

  /** Ids of things of one kind, one a line. */
  ids(name: string, kind: IdKind): readonly string[] {
    return this.lines(name).filter((line) => this.#isId(name, line, kind, true))
  }

  /** Ids, one a line, separated by commas, or a JSON array as the outputs hold it. */
  idList(name: string, kind: IdKind): readonly string[] {
    const values = this.lines(name).flatMap((line) => line.split(/[\s,"[\]]+/).filter((id) => id !== ''))
    return values.filter((value) => this.#isId(name, value, kind))
  }

  /** `true` and `false` as YAML 1.2 spells them, like `core.getBooleanInput`. */
  boolean(name: string): boolean {
    const value = this.text(name)
    if (value !== undefined && /^(true|True|TRUE)$/.test(value)) return true
    if (value === undefined || !/^(false|False|FALSE)$/.test(value)) this.#reject(name, value, '`true` or `false`')
    return false
  }

  oneOf<const T extends string>(name: string, allowed: readonly [T, ...T[]]): T {
    const value = this.text(name)
    const found = allowed.find((option) => option === value)
    if (found === undefined) this.#reject(name, value, `one of ${allowed.map((option) => `\`${option}\``).join(', ')}`)
    return found ?? allowed[0]
  }

  integer(name: string, bounds: { readonly min: number; readonly max: number }): number {
    const value = this.text(name)
    const number = value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN
    if (number >= bounds.min && number <= bounds.max) return number
    this.#reject(name, value, `a whole number from ${bounds.min} to ${bounds.max}`)
    return bounds.min
  }

  /** A number like `30` or `0.5`. */
  number(name: string, bounds: { readonly above: number; readonly max: number }): number {
    const value = this.text(name)
    const number = value !== undefined && /^\d{1,9}(\.\d{1,9})?$/.test(value) ? Number(value) : Number.NaN
    if (number > bounds.above && number <= bounds.max) return number
    this.#reject(name, value, `a number above ${bounds.above} and up to ${bounds.max}`)
    return bounds.max
  }

  /** A length of time like `90m`, `24h`, `7d`, or seconds without a unit; returns seconds. */
  duration(name: string, bounds: { readonly min: number; readonly max: number; readonly allowed: string }): number {
    const value = this.text(name)
    const match = /^(\d{1,9})\s*([smhd]?)$/.exec(value ?? '')
    const unit = (match?.[2] || 's') as keyof typeof SECONDS_PER
    const seconds = match === null ? Number.NaN : Number(match[1]) * SECONDS_PER[unit]
    if (seconds >= bounds.min && seconds <= bounds.max) return seconds
    this.#reject(name, value, bounds.allowed)
    return bounds.min
  }

  #isId(name: string, value: string, kind: IdKind, isList = false): boolean {
    const given = kindOfId(value)
    if (!isId(value)) {
      const hint = isList && /\s/.test(value) ? '; give one id a line' : ''
      this.#reject(name, value, `the id of ${withArticle(kind)}: up to 128 letters, digits, "_" and "-"${hint}`)
    } else if (given !== undefined && given !== kind) {
      this.problem(name, `${quote(value)} is the id of ${withArticle(given)}; ${withArticle(kind)} is needed here`)
    } else {
      return true
    }
    return false
  }

  #reject(name: string, value: string | undefined, allowed: string): void {
    this.problem(name, `${value === undefined ? 'empty' : quote(value)} is not ${allowed}`)
  }
}
