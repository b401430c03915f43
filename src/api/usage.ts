import * as v from 'valibot'
import { amount, type JsonObject, lenient, read } from '../text/json.ts'

/** Money is whole cents as a text. */
export const cents = v.pipe(v.string(), v.regex(/^\d{1,15}(\.\d+)?$/), v.transform(Number))

/** What a session has used since its creation, of what is counted: undefined where the service gives none. */
export interface Spending {
  /** At list price. */
  readonly cents: number | undefined
  readonly inputTokens: number | undefined
  readonly outputTokens: number | undefined
  readonly cacheReadTokens: number | undefined
  readonly cacheWriteTokens: number | undefined
}

const usage = v.object({
  list_cost: lenient(v.object({ amount: cents })),
  input_tokens: lenient(amount),
  output_tokens: lenient(amount),
  cache_read_input_tokens: lenient(amount),
  /** By lifetime. */
  cache_creation: lenient(v.record(v.string(), v.fallback(amount, 0))),
})

/** Reads the service's own words. */
export function spendingOf(given: JsonObject | undefined): Spending {
  const used = read(usage, given)
  const written = Object.values(used?.cache_creation ?? {})
  return {
    cents: used?.list_cost?.amount,
    inputTokens: used?.input_tokens,
    outputTokens: used?.output_tokens,
    cacheReadTokens: used?.cache_read_input_tokens,
    cacheWriteTokens: written.length === 0 ? undefined : written.reduce((sum, tokens) => sum + tokens, 0),
  }
}
