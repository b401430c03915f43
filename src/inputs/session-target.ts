import { CLEANUP_METADATA, REPLACES_METADATA, RUN_KEY_METADATA } from '../ledger/run-key.ts'
import { cut } from '../text/cut.ts'
import { quote } from '../text/escape.ts'
import { lengthOf } from '../text/format.ts'
import { sessionIdOf } from './id-kind.ts'
import type { InputReader } from './reader.ts'

export interface NewSession {
  readonly agentId: string
  readonly agentVersion: number | undefined
  readonly environmentId: string
  readonly title: string | undefined
  readonly vaultIds: readonly string[]
  readonly metadata: Readonly<Record<string, string>>
  /** The most that it may cost. */
  readonly budgetCents: number | undefined
}

/** The session to mount onto. */
export type SessionTarget =
  | { readonly kind: 'existing'; readonly sessionId: string }
  | { readonly kind: 'named'; readonly name: string; readonly create: NewSession }
  | { readonly kind: 'new'; readonly create: NewSession }

/** Documented limits of a session's metadata: 16 pairs, keys of 64 and values of 512 characters. Two pairs are ours. */
const METADATA = { pairs: 14, key: 64, value: 512 } as const

/** Documented limit of a session's title, in characters (code points). */
const TITLE_MAX = 500

const ONLY_NEW = ['session-title', 'agent-version', 'vault-ids', 'metadata'] as const

/** Reads which session is meant; contradictions between the inputs are reported as problems. */
export function readSessionTarget(read: InputReader, budgetCents: number | undefined): SessionTarget {
  const sessionId = readSessionId(read)
  const name = readTitle(read, 'session-name')
  const create = readNewSession(read, budgetCents)
  if (read.text('session-id') !== undefined) {
    if (name !== undefined) read.problem('session-name', 'cannot be combined with `session-id`; remove one of them')
    read.problemIfGiven(ONLY_NEW, 'applies to a new session only; remove it, or remove `session-id`')
    read.warnIfGiven(['agent-id', 'environment-id'], 'with `session-id`: the session has both already')
    return { kind: 'existing', sessionId: sessionId ?? '' }
  }
  requireForNew(read, name)
  if (name === undefined) return { kind: 'new', create }
  if (create.title !== undefined) {
    read.problem('session-title', 'cannot be combined with `session-name`, which is also the title; remove one of them')
  }
  return { kind: 'named', name, create: { ...create, title: name } }
}

function readNewSession(read: InputReader, budgetCents: number | undefined): NewSession {
  return {
    agentId: read.id('agent-id', 'agent') ?? '',
    agentVersion:
      read.text('agent-version') === undefined
        ? undefined
        : read.integer('agent-version', { min: 1, max: 2_147_483_647 }),
    environmentId: read.id('environment-id', 'environment') ?? '',
    title: readTitle(read, 'session-title'),
    vaultIds: read.ids('vault-ids', 'vault'),
    metadata: readMetadata(read),
    budgetCents,
  }
}

/** An id, or the address of the session in the console. */
export function readSessionId(read: InputReader): string | undefined {
  return read.id('session-id', 'session', sessionIdOf)
}

function requireForNew(read: InputReader, name: string | undefined): void {
  const [agent, environment] = (['agent-id', 'environment-id'] as const).map((input) => read.text(input) === undefined)
  if (agent && environment && name === undefined) {
    read.problem(
      'session-id',
      'no session is named: set `session-id`, or `agent-id` and `environment-id` for a new session (with `session-name`, for a shared one)',
    )
    return
  }
  const why =
    name === undefined ? 'a new session' : '`session-name`: sessions are looked up by agent, and created if missing'
  if (agent) read.problem('agent-id', `required for ${why}`)
  if (environment) read.problem('environment-id', `required for ${why}`)
}

export function readTitle(read: InputReader, input: 'session-name' | 'session-title'): string | undefined {
  const title = read.text(input)
  const length = lengthOf(title)
  if (length > TITLE_MAX) read.problem(input, `has ${length} characters; a title has at most ${TITLE_MAX}`)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
  if (/[\u0000-\u001f\u007f\u2028\u2029]/.test(title ?? '')) {
    read.problem(
      input,
      `${quote(cut(title ?? '', 40))} contains a line break or control character; a title is one line`,
    )
  }
  return title
}

function readMetadata(read: InputReader): Readonly<Record<string, string>> {
  const pairs = read.lines('metadata').map((line): [string, string] => {
    const at = line.indexOf('=')
    if (at <= 0) read.problem('metadata', `${quote(cut(line, 40))} is not \`key=value\``)
    return [line.slice(0, at).trim(), line.slice(at + 1).trim()]
  })
  const keys = pairs.map(([key]) => key)
  for (const key of new Set(keys.filter((each, index) => keys.indexOf(each) !== index))) {
    read.problem('metadata', `${quote(key)} is given more than once`)
  }
  for (const own of [RUN_KEY_METADATA, CLEANUP_METADATA, REPLACES_METADATA].filter((key) => keys.includes(key))) {
    read.problem('metadata', `${quote(own)} is the action's own key`)
  }
  if (pairs.length > METADATA.pairs)
    read.problem('metadata', `${pairs.length} pairs; at most ${METADATA.pairs} are allowed`)
  for (const [key, value] of pairs) {
    if (lengthOf(key) > METADATA.key || lengthOf(value) > METADATA.value) {
      const limits = `a key has at most ${METADATA.key} and a value at most ${METADATA.value} characters`
      read.problem('metadata', `${quote(cut(key, 64))} is too long; ${limits}`)
    }
  }
  return Object.fromEntries(pairs)
}
