import { Fields } from '../http/fields.ts'
import { invalid } from '../http/problem.ts'

export type Metadata = Record<string, string>

const MAX_PAIRS = 16
const MAX_KEY = 64
const MAX_VALUE = 512

/** Documented limits: 16 pairs, keys of 64 and values of 512 characters, string values. */
export function decodeMetadata(value: unknown, name = 'metadata'): Metadata {
  return mergeMetadata({}, value, name, false)
}

/** The documented update: a string sets the key, null deletes it, the rest is kept. */
export function mergeMetadata(before: Metadata, value: unknown, name = 'metadata', nulls = true): Metadata {
  if (value === undefined || (value === null && nulls)) return before
  const after: Metadata = { ...before }
  const fields = new Fields(value, name)
  for (const [key, entry] of fields.entries()) {
    if (key.length < 1 || key.length > MAX_KEY) throw invalid(`${name}: keys should have 1 to ${MAX_KEY} characters`)
    if (entry === null && nulls) delete after[key]
    else after[key] = fields.text(key, { min: 0, max: MAX_VALUE })
  }
  if (Object.keys(after).length > MAX_PAIRS) throw invalid(`${name}: at most ${MAX_PAIRS} pairs are allowed`)
  return after
}
