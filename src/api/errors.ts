import { Interrupted } from '../stop/interrupted.ts'
import { cut } from '../text/cut.ts'
import { escapeForLog } from '../text/escape.ts'

/** The call that failed, as far as it may be told. */
export interface CallName {
  readonly method: string
  /** Path and query, without the host. */
  readonly target: string
}

/** Base of all errors of the API. `acted` says whether the server may have carried the call out. */
export abstract class ApiError extends Error {
  abstract readonly acted: 'no' | 'unknown'
  readonly call: CallName
  /** How often the call had been sent when it was given up. */
  attempts = 1
  /** As whom it was sent, in words. */
  credential = 'credential'
  /** What to do about it, from the credential that it was sent with. */
  advice: string | undefined

  constructor(call: CallName, what: string, options?: ErrorOptions) {
    super(`${call.method} ${escapeForLog(call.target)}: ${what}`, options)
    this.call = call
  }
}

/** What the error envelope and the headers of a refusal say. All but `status` may be missing. */
export interface StatusDetails {
  readonly status: number
  readonly type: string | undefined
  readonly code: string | undefined
  readonly message: string | undefined
  readonly requestId: string | undefined
  /** The body names no error, as the API's do: something on the way may have answered. */
  readonly isForeign: boolean
  /** From `retry-after-ms` or `retry-after`. */
  readonly retryAfterMs: number | undefined
  /** From `x-should-retry`: the server's own word on whether the call is worth another attempt. */
  readonly shouldRetry: boolean | undefined
}

/** The server answered with a status other than success. */
export class StatusError extends ApiError {
  readonly acted: 'no' | 'unknown'
  readonly details: StatusDetails

  constructor(call: CallName, details: StatusDetails) {
    super(call, describeStatus(details))
    this.name = 'StatusError'
    this.details = details
    // A gateway that gives up (500, 502, 503, 504, 408) may have passed the call on; the rest are refusals.
    this.acted = details.status === 408 || (details.status >= 500 && details.status !== 529) ? 'unknown' : 'no'
  }
}

/** Whether the API says that something is not there; a 404 of a proxy or a gateway says nothing of the kind. */
export function saysGone(error: unknown): boolean {
  return error instanceof StatusError && error.details.status === 404 && !error.details.isForeign
}

/** The server answered with success, but not with what the API promises; a proxy or portal may stand in between. */
export class ReplyError extends ApiError {
  readonly acted = 'unknown'

  constructor(call: CallName, reply: { status: number; contentType: string; text: string }, missing: string) {
    const { status, contentType, text } = reply
    super(
      call,
      text.trim() === ''
        ? `answered ${status} with an empty body`
        : `answered ${status} with ${escapeForLog(contentType)}, ${missing}; it starts with "${escapeForLog(cut(text, 80))}"`,
    )
    this.name = 'ReplyError'
  }
}

/** The server answered, and will hardly answer otherwise when it is asked again: with too much, or with an invalid id. */
export class UnusableReplyError extends ApiError {
  readonly acted = 'unknown'

  constructor(call: CallName, what: string) {
    super(call, what)
    this.name = 'UnusableReplyError'
  }
}

/** The content of a file is shorter or longer than the service has said. */
export class LengthError extends ApiError {
  readonly acted = 'unknown'

  constructor(call: CallName, expected: number, received: string) {
    super(call, `sent ${received} bytes instead of ${expected}`)
    this.name = 'LengthError'
  }
}

/**
 * Whether a call that ended with this error may have been carried out all the same. An error that is not the API's
 * comes from the body's source: the server never saw the end of the request.
 */
export function mayHaveActed(error: unknown): boolean {
  return (error instanceof ApiError || error instanceof Interrupted) && error.acted === 'unknown'
}

function describeStatus({ status, type, code, message, requestId }: StatusDetails): string {
  const kind = [type, code].filter((part) => part !== undefined).join(', ')
  const id = requestId === undefined ? '' : ` (request_id ${escapeForLog(requestId)})`
  return `${status}${kind === '' ? '' : ` ${escapeForLog(kind)}`}${message === undefined ? '' : `: ${escapeForLog(message)}`}${id}`
}
