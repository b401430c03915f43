/** Error types by status, as the SDK's union has them; `request_too_large` comes from the older documents. */
const TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  408: 'timeout_error',
  409: 'conflict_error',
  413: 'request_too_large',
  422: 'invalid_request_error',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
}

/** A refusal: thrown by an operation before it has changed anything, answered as the error envelope. */
export class Problem extends Error {
  readonly status: number
  readonly code: string | undefined
  readonly retryAfter: string | undefined

  constructor(status: number, message: string, extra: { readonly code?: string; readonly retryAfter?: string } = {}) {
    super(message)
    this.status = status
    this.code = extra.code
    this.retryAfter = extra.retryAfter
  }

  /** Headers of the reply. */
  headers(): Readonly<Record<string, string>> {
    return this.retryAfter === undefined ? {} : { 'retry-after': this.retryAfter }
  }

  /** The documented envelope; the request id is the one in the `request-id` header (observed). */
  envelope(requestId: string): object {
    const type = TYPES[this.status] ?? 'api_error'
    const details = this.code === undefined ? {} : { details: { error_code: this.code } }
    return { type: 'error', error: { type, message: this.message, ...details }, request_id: requestId }
  }
}

export const invalid = (message: string, code?: string): Problem =>
  new Problem(400, message, code === undefined ? {} : { code })

export const missing = (message: string, code?: string): Problem =>
  new Problem(404, message, code === undefined ? {} : { code })
