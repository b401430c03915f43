import * as v from 'valibot'
import { decode, object, optional, text, wholeNumber } from '../http/schema.ts'

const KINDS = [
  'refuse',
  'reset-before-read',
  'reset-after-commit',
  'reset-mid-reply',
  'never-answer',
  'slow',
  'status',
  'html',
  'empty',
  'truncated-json',
  'wrong-shape',
  'duplicate',
  'drop-stream',
  'end-stream',
  'stall-stream',
  'duplicate-events',
] as const

/**
 * How a request goes wrong.
 * Before the body is read: `refuse` closes the connection, `reset-before-read` resets it.
 * Read but not acted upon: `status` answers an error, `html` a page with status 200.
 * Acted upon: `reset-after-commit` resets instead of replying, `reset-mid-reply` half-way through the reply,
 * `never-answer` leaves the caller waiting, `slow` replies after `delayMs`, `empty` with no body, `truncated-json` with
 * half of it, `wrong-shape` with other JSON; `duplicate` acts twice and replies to the second.
 * An event stream is sent as it should be until `afterEvents` events are written; then `drop-stream` cuts the connection,
 * `end-stream` ends the body, `stall-stream` sends nothing any more. `duplicate-events` sends each event twice;
 * `truncated-json` and `wrong-shape` spoil every event, `reset-mid-reply` and `empty` do what the first two do.
 */
export type FaultKind = (typeof KINDS)[number]

const isPattern = (source: string): boolean => {
  try {
    return new RegExp(source) !== undefined
  } catch {
    return false
  }
}

const FAULT = object({
  kind: v.picklist(KINDS),
  /** Both must match; `path` is the source of a regular expression, tried on the path without its query. */
  match: v.optional(
    object({
      method: optional(text(10)),
      path: optional(v.pipe(text(1000), v.check(isPattern, 'Input should be a regular expression'))),
    }),
  ),
  /** The first matching request it strikes, counted from 1 since the fault was added. */
  nth: optional(wholeNumber(1, Number.MAX_SAFE_INTEGER)),
  /** How many matching requests it strikes, one after the other; 1 if not given. */
  times: optional(wholeNumber(1, Number.MAX_SAFE_INTEGER)),
  /** For `status`; 503 if not given. */
  status: optional(wholeNumber(200, 599)),
  /** For `status`: false answers plain text, as a proxy in between would. */
  envelope: optional(v.boolean()),
  /** For `status`: the `retry-after` header. */
  retryAfter: optional(text(100)),
  /** For `status`: what the server says. */
  message: optional(text(10_000, 0)),
  /** For event streams: how many events go well; 0 if not given. */
  afterEvents: optional(wholeNumber(0, 1_000_000)),
  /** For `slow`; 1000 if not given. */
  delayMs: optional(wholeNumber(0, 3_600_000)),
})

export type Fault = Readonly<v.InferOutput<typeof FAULT>>

interface Armed {
  readonly fault: Fault
  readonly path: RegExp
  seen: number
}

/** Counts requests per fault. Every fault counts every request it matches, also those another one strikes. */
export class Faults {
  #armed: Armed[] = []

  add(fault: Fault): void {
    this.#armed.push({ fault, path: new RegExp(fault.match?.path ?? ''), seen: 0 })
  }

  clear(): void {
    this.#armed = []
  }

  /** The fault that strikes this request: the earliest added one that is due. */
  strike(method: string, path: string): Fault | undefined {
    const due = this.#armed.filter((armed) => {
      const { match, nth = 1, times = 1 } = armed.fault
      if ((match?.method ?? method).toUpperCase() !== method || !armed.path.test(path)) return false
      armed.seen += 1
      return armed.seen >= nth && armed.seen < nth + times
    })
    return due[0]?.fault
  }
}

/** One fault or an array of them. */
export const decodeFaults = (value: unknown): readonly Fault[] => [value].flat().map((fault) => decode(FAULT, fault))
