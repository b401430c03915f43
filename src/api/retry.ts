import { type ApiError, ConnectionError, StatusError } from './errors.ts'

/**
 * Whether a call may be sent again when it is not known whether the server acted on it: reads, deletes and uploads
 * `freely`; what would be made twice only `if-not-acted`.
 */
export type Repeat = 'freely' | 'if-not-acted'

const FIRST_DELAY_MS = 500
const MAX_DELAY_MS = 8_000

/** 429s that waiting does not cure (`details.error_code` of the service). */
const SPENT = new Set(['enforced_spend_limit_reached', 'contract_spend_limit_reached'])

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
  if (attempt >= most || !isTransient(failure)) return undefined
  if (failure.acted === 'unknown' && repeat === 'if-not-acted') return undefined
  const asked = failure instanceof StatusError ? failure.details.retryAfterMs : undefined
  const backoff = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), MAX_DELAY_MS)
  return asked ?? Math.round(backoff * (1 - random / 4))
}

/**
 * The wait that a reply asks for, in milliseconds: `retry-after-ms`, else `retry-after` in seconds (fractions too) or
 * as an HTTP date. Undefined when there is none, or none that lies ahead.
 */
export function retryAfter(
  headers: { readonly 'retry-after-ms'?: string | undefined; readonly 'retry-after'?: string | undefined },
  now: number,
): number | undefined {
  const ms = Number(headers['retry-after-ms'] || Number.NaN)
  if (ms > 0) return ms
  const text = headers['retry-after']?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) > 0 ? Number(text) * 1000 : undefined
  const ahead = Date.parse(text) - now
  return ahead > 0 ? ahead : undefined
}

/** Whether a failure may go by itself, so that the call is worth another attempt. The one rule for all who wait. */
export function isTransient(failure: ApiError): boolean {
  // We have closed the connections ourselves: the run is over, and somebody had given this call up.
  if (failure instanceof ConnectionError && failure.code === 'UND_ERR_DESTROYED') return false
  // A certificate does not get better, nor does a proxy's refusal.
  if (failure instanceof ConnectionError) return !['tls', 'tls-name', 'proxy'].includes(failure.kind)
  // A success that is not the API's is a proxy's or a portal's; it may pass.
  if (!(failure instanceof StatusError)) return true
  const { status, code } = failure.details
  if (status === 429) return code === undefined || !SPENT.has(code)
  return status === 408 || status === 409 || (status >= 500 && status !== 501)
}
