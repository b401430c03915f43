import type { Fault } from '../../emulator/emulator.ts'

/** How one request goes wrong, whichever it is. */
export type Kind = Omit<Fault, 'match' | 'nth' | 'times'>

/** What a server or something in front of it may refuse a request with. */
const STATUSES = [400, 401, 403, 404, 409, 413, 429, 500, 503, 529] as const

const RETRY_AFTER = '1'

/** Faults other than a status, by name. */
const OTHERS: Readonly<Record<string, Kind>> = {
  refuse: { kind: 'refuse' },
  'reset-before-read': { kind: 'reset-before-read' },
  'reset-after-commit': { kind: 'reset-after-commit' },
  'reset-mid-reply': { kind: 'reset-mid-reply' },
  'never-answer': { kind: 'never-answer' },
  slow: { kind: 'slow', delayMs: 700 },
  html: { kind: 'html' },
  empty: { kind: 'empty' },
  'truncated-json': { kind: 'truncated-json' },
  'wrong-shape': { kind: 'wrong-shape' },
  duplicate: { kind: 'duplicate' },
}

/** Each status as the service sends it and as a proxy does, each with and without `retry-after`: `503-plain-retry`. */
const BY_STATUS: Readonly<Record<string, Kind>> = Object.fromEntries(
  STATUSES.flatMap((status) =>
    [true, false].flatMap((envelope) =>
      [undefined, RETRY_AFTER].map((retryAfter): [string, Kind] => [
        `${status}${envelope ? '' : '-plain'}${retryAfter === undefined ? '' : '-retry'}`,
        { kind: 'status', status, envelope, ...(retryAfter === undefined ? {} : { retryAfter }) },
      ]),
    ),
  ),
)

/** All faults, by name. */
export const KINDS: Readonly<Record<string, Kind>> = { ...OTHERS, ...BY_STATUS }

/** One of each for what the server then has, and of each reply that the action tells apart from others. */
export const DISTINCT: readonly string[] = [
  ...['refuse', 'reset-before-read', 'reset-after-commit', 'reset-mid-reply', 'never-answer'],
  ...['html', 'truncated-json', 'duplicate', '503'],
]

/** Each status in two of its four forms. */
export const WITHOUT_MIXED_FORMS: readonly string[] = Object.keys(KINDS).filter(
  (name) => name in OTHERS || /-plain-retry$/.test(name) || /^\d+$/.test(name),
)

/** Whether the server may have acted although its reply does not say so. */
function losesReply({ kind }: Kind): boolean {
  const losing: readonly Fault['kind'][] = [
    'reset-after-commit',
    'reset-mid-reply',
    'never-answer',
    'empty',
    'truncated-json',
    'wrong-shape',
  ]
  return losing.includes(kind)
}

/** Whether the server acts on a request that this strikes. */
export function actsOnce(kind: Kind): boolean {
  return losesReply(kind) || kind.kind === 'slow' || kind.kind === 'duplicate'
}
