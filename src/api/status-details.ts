import type { IncomingHttpHeaders } from 'node:http'
import * as v from 'valibot'
import { cut } from '../text/cut.ts'
import { lenient, parseJson, read, text } from '../text/json.ts'
import type { StatusDetails } from './errors.ts'
import { single } from './header.ts'
import { retryAfter } from './retry.ts'

/**
 * The documented envelope, or `{"error": "text"}` as another server sends it. Gateways have bodies of their own: Google Cloud
 * (`{"error": {"code", "status", "message"}}`), and AWS (`{"__type", "message"}`, or `Message`, and the type in a header).
 */
const envelope = v.object({
  __type: lenient(text),
  message: lenient(text),
  Message: lenient(text),
  error: lenient(
    v.union([
      text,
      v.object({
        type: lenient(text),
        status: lenient(text),
        message: lenient(text),
        details: lenient(v.object({ error_code: lenient(text) })),
      }),
    ]),
  ),
  request_id: lenient(text),
})

/** Reads a refusal. @param now the time of the runner, in milliseconds */
export function statusDetails(status: number, headers: IncomingHttpHeaders, body: string, now: number): StatusDetails {
  const { error = {}, request_id, ...gateway } = read(envelope, parseJson(body)) ?? {}
  const { type, message, details, ...google } = typeof error === 'string' ? { message: error } : error
  const awsType = single(headers['x-amzn-errortype']) ?? gateway.__type
  return {
    status,
    // AWS puts a namespace before it, or an address behind it.
    type: type ?? google.status ?? awsType?.replace(/^.*#|:.*$/g, ''),
    code: details?.error_code,
    message: message ?? gateway.message ?? gateway.Message ?? (body.trim() === '' ? undefined : cut(body.trim(), 200)),
    requestId: single(headers['request-id']) ?? request_id ?? single(headers['x-amzn-requestid']),
    isForeign: type === undefined && (message === undefined || google.status !== undefined),
    retryAfterMs: retryAfter(headers, now),
    shouldRetry: shouldRetry(single(headers['x-should-retry'])),
  }
}

/** As the official SDK reads it: only these two words count. */
function shouldRetry(header: string | undefined): boolean | undefined {
  if (header === 'true') return true
  return header === 'false' ? false : undefined
}
