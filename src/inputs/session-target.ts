import { CLEANUP_METADATA, RUN_KEY_METADATA } from '../ledger/run-key.ts'
import { quoted } from '../text/escape.ts'
import type { InputReader } from './reader.ts'

/** What a new session is made with. */
export interface NewSession {
  readonly agentId: string
  readonly agentVersion: number | undefined
  readonly environmentId: string
  readonly title: string | undefined
  readonly vaultIds: readonly string[]
  readonly metadata: Readonly<Record<string, string>>
}

/** The session to mount onto. */
export type SessionTarget =
  | { readonly kind: 'existing'; readonly sessionId: string }
  | { readonly kind: 'named'; readonly name: string; readonly create: NewSession }
  | { readonly kind: 'new'; readonly create: NewSession }

/** Documented limits of a session's metadata: 16 pairs, keys of 64 and values of 512 characters. Two pairs are ours. */
const METADATA = { pairs: 14, key: 64, value: 512 } as const

/** Documented limit of a session's title, in characters. */
const TITLE_MAX = 500

const ONLY_NEW = ['session-title', 'agent-version', 'vault-ids', 'metadata'] as const

/** Reads which session is meant; contradictions between the inputs are reported as problems. */
export function readSessionTarget(read: InputReader): SessionTarget {
  const sessionId = read.id('session-id')
  const name = readTitle(read, 'session-name')
  const create = readNewSession(read)
  if (read.text('session-id') !== undefined) {
    if (name !== undefined) read.problem('session-name', 'give `session-id` or `session-name`, not both')
    for (const input of ONLY_NEW) {
      if (read.text(input) !== undefined) {
        read.problem(input, 'applies to a new session only; take it away, or take `session-id` away')
      }
    }
    return { kind: 'existing', sessionId: sessionId ?? '' }
  }
  requireForNew(read, name)
  if (name === undefined) return { kind: 'new', create }
  if (create.title !== undefined) {
    read.problem('session-title', 'with `session-name`, the name is the title; take one of them away')
  }
  return { kind: 'named', name, create: { ...create, title: name } }
}

function readNewSession(read: InputReader): NewSession {
  return {
    agentId: read.id('agent-id') ?? '',
    agentVersion:
      read.text('agent-version') === undefined
        ? undefined
        : read.integer('agent-version', { min: 1, max: 2_147_483_647 }),
    environmentId: read.id('environment-id') ?? '',
    title: readTitle(read, 'session-title'),
    vaultIds: read.ids('vault-ids'),
    metadata: readMetadata(read),
  }
}

function requireForNew(read: InputReader, name: string | undefined): void {
  const why = name === undefined ? 'a new session needs it' : 'a session is found by name among those of an agent'
  const otherwise = name === undefined ? '; or give `session-id` or `session-name`' : ''
  if (read.text('agent-id') === undefined) read.problem('agent-id', `missing: ${why}${otherwise}`)
  if (read.text('environment-id') === undefined) {
    read.problem('environment-id', 'missing: a session that has to be created needs it')
  }
}

function readTitle(read: InputReader, input: 'session-name' | 'session-title'): string | undefined {
  const title = read.text(input)
  if (title !== undefined && title.length > TITLE_MAX) {
    read.problem(input, `has ${title.length} characters; a title has at most ${TITLE_MAX}`)
  }
  return title
}

function readMetadata(read: InputReader): Readonly<Record<string, string>> {
  const pairs = read.lines('metadata').map((line): [string, string] => {
    const at = line.indexOf('=')
    if (at <= 0) read.problem('metadata', `${quoted(line.slice(0, 40))} is not \`key=value\``)
    return [line.slice(0, at).trim(), line.slice(at + 1).trim()]
  })
  const keys = pairs.map(([key]) => key)
  for (const key of new Set(keys.filter((each, index) => keys.indexOf(each) !== index))) {
    read.problem('metadata', `${quoted(key)} is given more than once`)
  }
  for (const own of [RUN_KEY_METADATA, CLEANUP_METADATA].filter((key) => keys.includes(key))) {
    read.problem('metadata', `${quoted(own)} is the action's own key`)
  }
  if (pairs.length > METADATA.pairs)
    read.problem('metadata', `${pairs.length} pairs; at most ${METADATA.pairs} are allowed`)
  for (const [key, value] of pairs) {
    if (key.length > METADATA.key || value.length > METADATA.value) {
      const limits = `a key has at most ${METADATA.key} and a value at most ${METADATA.value} characters`
      read.problem('metadata', `${quoted(key.slice(0, 64))} is too long; ${limits}`)
    }
  }
  return Object.fromEntries(pairs)
}
