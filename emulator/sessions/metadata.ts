import * as v from 'valibot'
import type { JsonObject, Schema } from '../../src/text/json.ts'
import { invalid } from '../http/problem.ts'
import { decode, text } from '../http/schema.ts'

export type Metadata = Record<string, string>

const MAX_PAIRS = 16
const MAX_KEY = 64
const VALUE = text(512, 0)

/** Documented limits: 16 pairs, keys of 64 and values of 512 characters, string values. */
export const decodeMetadata = (sent: JsonObject = {}): Metadata => merge({}, sent, VALUE)

/** The documented update: a string sets the key, null deletes it, the rest is kept. */
export const mergeMetadata = (before: Metadata, sent: JsonObject = {}): Metadata =>
  merge(before, sent, v.nullable(VALUE))

function merge(before: Metadata, sent: JsonObject, value: Schema<string | null>): Metadata {
  const after = { ...before }
  for (const [key, entry] of Object.entries(sent)) {
    if (key.length < 1 || key.length > MAX_KEY) throw invalid(`metadata: keys should have 1 to ${MAX_KEY} characters`)
    const decoded = decode(value, entry, `metadata.${key}`)
    if (decoded === null) delete after[key]
    else after[key] = decoded
  }
  if (Object.keys(after).length > MAX_PAIRS) throw invalid(`metadata: at most ${MAX_PAIRS} pairs are allowed`)
  return after
}
