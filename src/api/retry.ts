import type { IncomingHttpHeaders } from 'node:http'
import { ConnectionError, type ConnectionKind } from './connection-error.ts'
import { type ApiError, StatusError, UnusableReplyError } from './errors.ts'
import { single } from './header.ts'

/**
 * Whether a call may be sent again when it is not known whether the server acted on it: reads, deletes and uploads
 * `freely`; what would be made twice only `if-not-acted`. Whoever asks again in its own time says `by-caller`.
 */
export type Repeat = 'freely' | 'if-not-acted' | 'by-caller'

/** How often one request is sent before it counts as failed. */
export const MAX_ATTEMPTS = 5

/** The same while the server says when to come back: of many jobs that share a limit, few get through at a time. */
const MAX_LIMITED_ATTEMPTS = 20

/**
 * By how much more than asked for is waited at most, in multiples of it, and the most of a wait that is multiplied: after a
 * longer one a limit lets many through at once. With four times, fifty jobs at once took a tenth longer.
 */
const SPREAD = 2
const SPREAD_OF_MS = 1_000

const FIRST_DELAY_MS = 500
const MAX_DELAY_MS = 8_000

/** 429s that waiting does not cure (`details.error_code` of the service). */
const SPENT = new Set(['enforced_spend_limit_reached', 'contract_spend_limit_reached'])

/** What was never connected, and may be the next time: a certificate does not get better, nor does a proxy's refusal. */
const TRANSIENT: ReadonlySet<ConnectionKind> = new Set(['name', 'unconnected', 'broken'])

/** How servers word a 409 that is not about another change under way: something stands where this was to go. */
const OCCUPIED = /\b(already (mounted|in use)|exists|taken|occupied|overlaps)\b/i

/**
 * How long to wait before the call is sent again, in milliseconds; undefined to give up.
 * @param attempt how many times it was sent, from 1
 * @param most how many times it may be sent
 * @param random from 0 up to 1, for jitter
 */
export function retryDelay(
  failure: ApiError,
  repeat: Repeat,
  attempt: number,
  most: number,
  random = Math.random(),
): number | undefined {
  const asked = failure instanceof StatusError ? failure.details.retryAfterMs : undefined
  const last = asked === undefined ? most : Math.max(most, MAX_LIMITED_ATTEMPTS)
  if (repeat === 'by-caller' || attempt >= last || !isTransient(failure)) return undefined
  if (failure.acted === 'unknown' && repeat === 'if-not-acted') return undefined
  if (asked !== undefined) return asked + Math.round(random * spreadOf(asked, attempt))
  const backoff = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), MAX_DELAY_MS)
  return Math.round(backoff * (1 - random / 4))
}

/** Jobs that were refused together come back together: from the second refusal on each waits a time of its own on top. */
function spreadOf(asked: number, attempt: number): number {
  return attempt === 1 ? 0 : SPREAD * Math.min(asked, SPREAD_OF_MS)
}

/**
 * The wait that a reply asks for, in milliseconds: `retry-after-ms`, else `retry-after` in seconds (fractions too) or as an
 * HTTP date, which counts from the reply's own `date`: clocks differ. Undefined when there is none, or none that lies ahead.
 * @param now the time of the runner, for a reply without a date
 */
export function retryAfter(headers: IncomingHttpHeaders, now: number): number | undefined {
  const ms = Number(single(headers['retry-after-ms']) || Number.NaN)
  if (ms > 0) return ms
  const text = headers['retry-after']?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) > 0 ? Number(text) * 1000 : undefined
  const sent = Date.parse(headers.date ?? '')
  const ahead = Date.parse(text) - (Number.isNaN(sent) ? now : sent)
  return ahead > 0 ? ahead : undefined
}

/** Whether a failure may go by itself, so that the call is worth another attempt. The one rule for all who wait. */
export function isTransient(failure: ApiError): boolean {
  // We have closed the connections ourselves: the run is over, and somebody had given this call up.
  if (failure instanceof ConnectionError && failure.code === 'UND_ERR_DESTROYED') return false
  if (failure instanceof ConnectionError) return TRANSIENT.has(failure.kind)
  if (failure instanceof UnusableReplyError) return false
  // A success that is not the API's is a proxy's or a portal's; it may pass.
  if (!(failure instanceof StatusError)) return true
  const { status, code, message, shouldRetry } = failure.details
  if (shouldRetry !== undefined) return shouldRetry
  if (status === 429) return code === undefined || !SPENT.has(code)
  if (status === 409) return !OCCUPIED.test(message ?? '')
  return status === 408 || (status >= 500 && status !== 501)
}
