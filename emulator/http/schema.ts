import * as v from 'valibot'
import { jsonObject } from '../../src/text/json.ts'
import { invalid } from './problem.ts'

/** What a schema reads of a value; refused with the first thing that is wrong. @param name of the value, '' for a whole body */
export function decode<const S extends v.GenericSchema>(schema: S, value: unknown, name = ''): v.InferOutput<S> {
  const result = v.safeParse(schema, value, { abortEarly: true, message: messageOf })
  if (result.success) return result.output
  const [issue] = result.issues
  const path = [name, v.getDotPath(issue) ?? ''].filter((part) => part !== '').join('.')
  throw invalid(`${path === '' ? 'body' : path}: ${issue.message}`)
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a string',
  boolean: 'a boolean',
  Array: 'an array',
  Object: 'an object',
  unknown: 'an object',
}

/** For what a schema does not say itself. Null in the place of a word counts as absence. */
function messageOf({ expected, input }: v.BaseIssue<unknown>): string {
  if (expected === 'never') return 'Extra inputs are not permitted'
  const words = /"/.test(expected ?? '')
  if (input === undefined || (words && input === null)) return 'Field required'
  const allowed = expected?.replaceAll('"', "'").replaceAll(' | ', ' or ').replaceAll(/[()]/g, '') ?? ''
  return `Input should be ${words ? allowed : KINDS[allowed]}`
}

/** An object of these fields and no others: the documented schemas forbid additional properties. */
export const object = <const E extends v.ObjectEntries>(entries: E) => v.pipe(jsonObject, v.strictObject(entries))

/** Null and absence mean the same: not given. */
export const optional = <const S extends v.GenericSchema>(schema: S) =>
  v.optional(
    v.pipe(
      v.nullable(schema),
      v.transform((value): v.InferOutput<S> | undefined => value ?? undefined),
    ),
  )

/** Its length is counted in code points, so that an emoji is one character and not two. */
export const text = (max: number, min = 1) =>
  v.pipe(
    v.string(),
    v.minLength(min, `String should have at least ${min} character${min === 1 ? '' : 's'}`),
    v.check((value) => value.length <= max || [...value].length <= max, `String should have at most ${max} characters`),
  )

export const id = text(128)

export const wholeNumber = (min: number, max: number) =>
  v.custom<number>(
    (value) => typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max,
    `Input should be an integer between ${min} and ${max}`,
  )

export const list = <const S extends v.GenericSchema>(item: S, max: number) =>
  v.pipe(v.array(item), v.maxLength(max, `Array should have at most ${max} items`), v.readonly())

/** Absence is an empty list. */
export const someOf = <const S extends v.GenericSchema>(item: S, max: number, noun: string) =>
  v.pipe(v.optional(list(item, max), []), v.minLength(1, `at least one ${noun} is expected`))
