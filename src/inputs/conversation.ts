import type { RequestLimits } from '../api/request-limits.ts'
import { formatDuration } from '../text/format.ts'
import type { InputReader } from './reader.ts'

export type TextSource =
  | { readonly kind: 'text'; readonly text: string }
  /** A path relative to the workspace. */
  | { readonly kind: 'file'; readonly path: string }

export interface PromptInput {
  readonly task: TextSource
  /** What the result is graded by; undefined for a mere message. */
  readonly rubric: TextSource | undefined
  readonly maxIterations: number
}

/** A prompt, a wait, or both. */
export interface ConversationInput {
  readonly prompt: PromptInput | undefined
  readonly mountContext: boolean
  /** Undefined when nothing is waited for. */
  readonly waitSeconds: number | undefined
  readonly ifNotSatisfied: 'error' | 'warn'
}

const TIMEOUT = { min: 1, max: 21_600, allowed: 'a time from `1s` to `6h`, like `90s`, `30m` or `2h`' } as const

/** Documented. */
const MAX_ITERATIONS = { min: 1, max: 20 } as const

/**
 * Reads `prompt`, `wait` and their companions; undefined when there is neither a prompt nor a wait.
 * @param limits bounds the wait too
 */
export function readConversation(read: InputReader, { timeoutMs }: RequestLimits): ConversationInput | undefined {
  const task = readSource(read, 'prompt')
  const rubric = readRubric(read, task)
  const maxIterations = read.integer('max-iterations', MAX_ITERATIONS)
  const mountContext = read.boolean('mount-context')
  const wait = read.boolean('wait')
  const timeout = read.duration('wait-timeout', TIMEOUT)
  const ifNotSatisfied = read.oneOf('if-not-satisfied', ['error', 'warn'])
  if (task === undefined && !wait) return undefined
  if (wait && timeout * 1000 > timeoutMs) {
    read.problem(
      'wait-timeout',
      `${formatDuration(timeout)} is longer than \`timeout-minutes\` (${timeoutMs / 60_000}) allows for the whole step; raise that, or wait less`,
    )
  }
  const prompt = task === undefined ? undefined : { task, rubric, maxIterations }
  return { prompt, mountContext, waitSeconds: wait ? timeout : undefined, ifNotSatisfied }
}

function readRubric(read: InputReader, task: TextSource | undefined): TextSource | undefined {
  const rubric = readSource(read, 'rubric')
  const input = rubric?.kind === 'file' ? 'rubric-file' : 'rubric'
  if (read.raw('rubric') !== '' && read.text('rubric') === undefined) read.problem('rubric', 'is empty')
  if (rubric === undefined) return undefined
  if (task === undefined) read.problem(input, 'needs `prompt` or `prompt-file`, which says what to make')
  return rubric
}

function readSource(read: InputReader, input: 'prompt' | 'rubric'): TextSource | undefined {
  const [text, path] = [read.text(input), read.text(`${input}-file`)]
  if (text !== undefined && path !== undefined)
    read.problem(`${input}-file`, `cannot be combined with \`${input}\`; remove one of them`)
  if (text !== undefined) return { kind: 'text', text }
  return path === undefined ? undefined : { kind: 'file', path }
}
