import type { IncomingHttpHeaders } from 'node:http'
import { cut } from '../text/cut.ts'
import { asObject, asText, parseJson } from '../text/json.ts'
import type { StatusDetails } from './errors.ts'
import { single } from './header.ts'
import { retryAfter } from './retry.ts'

/** Reads a refusal. @param now the time of the runner, in milliseconds */
export function statusDetails(status: number, headers: IncomingHttpHeaders, text: string, now: number): StatusDetails {
  const envelope = parseEnvelope(text)
  return {
    status,
    type: envelope.type,
    code: envelope.code,
    message: envelope.message ?? (text.trim() === '' ? undefined : cut(text.trim(), 200)),
    requestId: single(headers['request-id']) ?? envelope.requestId,
    isForeign: envelope.type === undefined && envelope.message === undefined,
    retryAfterMs: retryAfter(headers, now),
    shouldRetry: shouldRetry(single(headers['x-should-retry'])),
  }
}

/** As the official SDK reads it: only these two words count. */
function shouldRetry(header: string | undefined): boolean | undefined {
  if (header === 'true') return true
  return header === 'false' ? false : undefined
}

/** The documented envelope, or `{"error": "text"}` as another server sends it. */
function parseEnvelope(text: string): Pick<StatusDetails, 'type' | 'code' | 'message' | 'requestId'> {
  const body = asObject(parseJson(text))
  const error = asObject(body?.error)
  return {
    type: asText(error?.type),
    code: asText(asObject(error?.details)?.error_code),
    message: asText(error?.message) ?? asText(body?.error),
    requestId: asText(body?.request_id),
  }
}
