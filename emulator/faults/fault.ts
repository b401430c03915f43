import { Fields } from '../http/fields.ts'
import { invalid } from '../http/problem.ts'

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

export interface Fault {
  /** Both must match; `path` is the source of a regular expression, tried on the path without its query. */
  readonly match?: { readonly method?: string | undefined; readonly path?: string | undefined } | undefined
  /** The first matching request it strikes, counted from 1 since the fault was added. */
  readonly nth?: number | undefined
  /** How many matching requests it strikes, one after the other; 1 if not given. */
  readonly times?: number | undefined
  readonly kind: FaultKind
  /** For `status`; 503 if not given. */
  readonly status?: number | undefined
  /** For `status`: false answers plain text, as a proxy in between would. */
  readonly envelope?: boolean | undefined
  /** For `status`: the `retry-after` header. */
  readonly retryAfter?: string | undefined
  /** For `status`: what the server says. */
  readonly message?: string | undefined
  /** For event streams: how many events go well; 0 if not given. */
  readonly afterEvents?: number | undefined
  /** For `slow`; 1000 if not given. */
  readonly delayMs?: number | undefined
}

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
export const decodeFaults = (value: unknown): readonly Fault[] =>
  (Array.isArray(value) ? value : [value]).map(decodeFault)

function decodeFault(value: unknown): Fault {
  const fields = new Fields(value)
  const kind = fields.oneOf('kind', KINDS)
  if (kind === undefined) throw invalid('kind: Field required')
  const given = {
    match: fields.has('match') ? decodeMatch(fields.object('match')) : undefined,
    nth: fields.wholeNumber('nth', 1, Number.MAX_SAFE_INTEGER),
    times: fields.wholeNumber('times', 1, Number.MAX_SAFE_INTEGER),
    status: fields.wholeNumber('status', 200, 599),
    envelope: fields.flag('envelope'),
    retryAfter: fields.optionalText('retryAfter', { max: 100 }),
    message: fields.optionalText('message', { min: 0, max: 10_000 }),
    afterEvents: fields.wholeNumber('afterEvents', 0, 1_000_000),
    delayMs: fields.wholeNumber('delayMs', 0, 3_600_000),
  }
  fields.end()
  return { kind, ...given }
}

function decodeMatch(fields: Fields): Fault['match'] {
  const method = fields.optionalText('method', { max: 10 })
  const path = fields.optionalText('path', { max: 1000 })
  fields.end()
  try {
    new RegExp(path ?? '')
  } catch {
    throw invalid(`${fields.name('path')}: Input should be a regular expression`)
  }
  return { method, path }
}
