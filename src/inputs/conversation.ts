import type { RequestLimits } from '../api/request-limits.ts'
import { formatDuration } from '../text/format.ts'
import type { InputReader } from './reader.ts'

export type PromptSource =
  | { readonly kind: 'text'; readonly text: string }
  /** A path relative to the workspace. */
  | { readonly kind: 'file'; readonly path: string }

/** A prompt, a wait, or both. */
export interface ConversationInput {
  readonly prompt: PromptSource | undefined
  readonly mountContext: boolean
  /** Undefined when nothing is waited for. */
  readonly waitSeconds: number | undefined
}

const TIMEOUT = { min: 1, max: 21_600, allowed: 'a time from `1s` to `6h`, like `90s`, `30m` or `2h`' } as const

/**
 * Reads `prompt`, `wait` and their companions; undefined when there is neither a prompt nor a wait.
 * @param limits bounds the wait too
 */
export function readConversation(read: InputReader, { timeoutMs }: RequestLimits): ConversationInput | undefined {
  const prompt = readPromptSource(read)
  const mountContext = read.boolean('mount-context')
  const wait = read.boolean('wait')
  const timeout = read.duration('wait-timeout', TIMEOUT)
  if (prompt === undefined && !wait) return undefined
  if (wait && timeout * 1000 > timeoutMs) {
    read.problem(
      'wait-timeout',
      `${formatDuration(timeout)} is longer than \`timeout-minutes\` (${timeoutMs / 60_000}) allows for the whole step; raise that, or wait less`,
    )
  }
  return { prompt, mountContext, waitSeconds: wait ? timeout : undefined }
}

function readPromptSource(read: InputReader): PromptSource | undefined {
  const [text, path] = [read.text('prompt'), read.text('prompt-file')]
  if (text !== undefined && path !== undefined)
    read.problem('prompt-file', 'cannot be combined with `prompt`; remove one of them')
  if (text !== undefined) return { kind: 'text', text }
  return path === undefined ? undefined : { kind: 'file', path }
}
