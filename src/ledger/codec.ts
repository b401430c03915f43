import { parseJson, read } from '../text/json.ts'
import { redact, SHORTEST_IN_VALUE } from '../text/redact.ts'
import { type Entry, entry } from './ledger.ts'

export function encodeEntry(given: Entry): string {
  return redact(JSON.stringify(given), SHORTEST_IN_VALUE)
}

/** Reads one entry; undefined if it is none. */
export function decodeEntry(text: string): Entry | undefined {
  return read(entry, parseJson(text))
}
