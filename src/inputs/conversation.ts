import type { RequestLimits } from '../api/request-limits.ts'
import { quote } from '../text/escape.ts'
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
  readonly toolPolicy: ToolPolicy
}

/** Answers for tools that ask. */
export interface ToolPolicy {
  /** `bash`, or `server/tool` for a tool of an MCP server. */
  readonly allow: readonly string[]
  readonly others: 'fail' | 'deny'
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
  if (rubric === undefined && maxIterations !== 3) read.warn('max-iterations', 'has no effect without a rubric')
  const mountContext = read.boolean('mount-context')
  const wait = read.boolean('wait')
  const timeout = read.duration('wait-timeout', TIMEOUT)
  const ifNotSatisfied = read.oneOf('if-not-satisfied', ['error', 'warn'])
  const toolPolicy = readToolPolicy(read)
  if (!wait) warnOfNoWait(read, rubric, toolPolicy)
  if (task === undefined && !wait) return undefined
  if (wait && timeout * 1000 > timeoutMs) {
    read.problem(
      'wait-timeout',
      `${formatDuration(timeout)} is longer than \`timeout-minutes\` (${timeoutMs / 60_000}) allows for the whole step; raise that, or wait less`,
    )
  }
  const prompt = task === undefined ? undefined : { task, rubric, maxIterations }
  return { prompt, mountContext, waitSeconds: wait ? timeout : undefined, ifNotSatisfied, toolPolicy }
}

/** Documented: the tools of the agent toolset. */
const BUILT_IN = ['bash', 'edit', 'glob', 'grep', 'read', 'web_fetch', 'web_search', 'write']

function readToolPolicy(read: InputReader): ToolPolicy {
  const allow = read.lines('allow-tools')
  for (const name of allow) {
    if (BUILT_IN.includes(name) || /^[^/\s]+\/[^/\s]+$/.test(name)) continue
    read.problem(
      'allow-tools',
      `${quote(name)} is neither a built-in tool (${BUILT_IN.join(', ')}) nor a tool of an MCP server, like \`github/create_issue\``,
    )
  }
  return { allow, others: read.oneOf('on-tool-confirmation', ['fail', 'deny']) }
}

function warnOfNoWait(read: InputReader, rubric: TextSource | undefined, { allow, others }: ToolPolicy): void {
  const without = 'without `wait`: this step does not follow the agent'
  if (allow.length > 0) read.warn('allow-tools', `has no effect ${without}`)
  if (others !== 'fail') read.warn('on-tool-confirmation', `has no effect ${without}`)
  if (rubric !== undefined) read.warn('wait', 'with a rubric and without `wait`, this step does not learn the outcome')
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
