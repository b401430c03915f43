import { Fields } from '../http/fields.ts'
import { invalid } from '../http/problem.ts'
import type { Act, AgentScript, AskedTool, ErrorType, ToolInput } from './agent-script.ts'

const MAX_TEXT = 32 * 1024 * 1024
const MAX_TURNS = 1000
const MAX_ACTS = 100_000
const MAX_MS = 3_600_000
const MAX_BYTES = 10_000_000_000

const ERRORS = [
  'unknown_error',
  'model_overloaded_error',
  'model_rate_limited_error',
  'model_request_failed_error',
  'mcp_connection_failed_error',
  'mcp_authentication_failed_error',
  'billing_error',
  'credential_host_unreachable_error',
  'tool_use_limit_reached_error',
  'compaction_limit_reached_error',
  'repository_authentication_error',
  'repository_forbidden_error',
  'repository_not_found_error',
  'repository_checkout_error',
  'repository_clone_error',
] as const satisfies readonly ErrorType[]

const STOP_REASONS = ['end_turn', 'retries_exhausted', 'budget_reached', 'refusal'] as const

/** A script from outside: the whole object, or the acts of its only turn. */
export function decodeAgentScript(value: unknown): AgentScript {
  if (Array.isArray(value)) return { turns: [decodeTurn(value, 'acts')] }
  const fields = new Fields(value)
  const turns = fields.list('turns', MAX_TURNS)
  const interruptLagMs = fields.wholeNumber('interruptLagMs', 0, MAX_MS)
  fields.end()
  if (turns.length === 0) throw invalid('turns: at least one turn is expected')
  return { turns: turns.map((turn, index) => decodeTurn(turn, `turns.${index}`)), interruptLagMs }
}

function decodeTurn(value: unknown, name: string): readonly Act[] {
  if (!Array.isArray(value) || value.length > MAX_ACTS) throw invalid(`${name}: Input should be an array of acts`)
  return value.map((act, index) => {
    const fields = new Fields(act, `${name}.${index}`)
    const kind = required(fields, 'act', NAMES)
    const decoded = DECODERS[kind](fields)
    fields.end()
    return decoded
  })
}

const DECODERS: Readonly<Record<Act['act'], (fields: Fields) => Act>> = {
  message: (fields) => ({ act: 'message', text: fields.text('text', { max: MAX_TEXT }) }),
  thinking: () => ({ act: 'thinking' }),
  'tool-use': (fields) => ({ act: 'tool-use', name: nameOf(fields, 'name'), input: inputOf(fields) }),
  'mcp-tool-use': (fields) => ({
    act: 'mcp-tool-use',
    server: nameOf(fields, 'server'),
    name: nameOf(fields, 'name'),
    input: inputOf(fields),
  }),
  'tool-result': (fields) => ({
    act: 'tool-result',
    text: fields.optionalText('text', { min: 0, max: MAX_TEXT }),
    isError: fields.flag('isError'),
  }),
  error: (fields) => ({
    act: 'error',
    type: required(fields, 'type', ERRORS),
    message: fields.text('message', { min: 0, max: MAX_TEXT }),
    retryStatus: fields.oneOf('retryStatus', ['retrying', 'exhausted', 'terminal']),
    repositoryUrl: fields.optionalText('repositoryUrl', { max: 2048 }),
  }),
  event: (fields) => {
    const event = fields.object('event')
    return { act: 'event', event: { ...Object.fromEntries(event.entries()), type: nameOf(event, 'type') } }
  },
  wait: (fields) => ({ act: 'wait', ms: msOf(fields) }),
  'output-file': decodeOutputFile,
  spend: (fields) => ({ act: 'spend', cents: wholeNumberOf(fields, 'cents', 1, 1_000_000_000) }),
  evaluate: (fields) => ({
    act: 'evaluate',
    result: required(fields, 'result', ['satisfied', 'needs_revision', 'failed']),
    explanation: fields.optionalText('explanation', { max: MAX_TEXT }),
  }),
  ask: (fields) => ({
    act: 'ask',
    tools: fields.objects('tools', MAX_ACTS).map(decodeAskedTool),
    thread: fields.optionalText('thread', { max: 256 }),
  }),
  thread: (fields) => ({
    act: 'thread',
    name: nameOf(fields, 'name'),
    does: required(fields, 'does', ['begins', 'says', 'ends']),
    text: fields.optionalText('text', { max: MAX_TEXT }),
  }),
  'requires-action': (fields) => ({
    act: 'requires-action',
    kind: required(fields, 'kind', ['custom-tool', 'confirmation']),
    name: fields.optionalText('name', { max: 256 }),
    input: inputOf(fields),
  }),
  idle: (fields) => ({ act: 'idle', stopReason: fields.oneOf('stopReason', STOP_REASONS) }),
  'idle-event-before-status': (fields) => ({ act: 'idle-event-before-status', ms: msOf(fields) }),
  flap: (fields) => ({ act: 'flap', ms: msOf(fields) }),
  running: () => ({ act: 'running' }),
  rescheduling: () => ({ act: 'rescheduling' }),
  terminated: () => ({ act: 'terminated' }),
  'drop-streams': () => ({ act: 'drop-streams' }),
  'end-streams': () => ({ act: 'end-streams' }),
  'duplicate-last': () => ({ act: 'duplicate-last' }),
}

const NAMES = Object.keys(DECODERS) as readonly Act['act'][]

function decodeOutputFile(fields: Fields): Act {
  const filename = fields.text('filename', { max: 4096 })
  const content = fields.optionalText('content', { min: 0, max: MAX_TEXT })
  const sizeBytes = fields.wholeNumber('sizeBytes', 0, MAX_BYTES)
  if ((content === undefined) === (sizeBytes === undefined))
    throw invalid(`${fields.name('content')}: either content or sizeBytes is expected`)
  const indexingLagMs = fields.wholeNumber('indexingLagMs', 0, MAX_MS)
  return { act: 'output-file', filename, content, sizeBytes, indexingLagMs }
}

function required<T extends string>(fields: Fields, field: string, allowed: readonly T[]): T {
  const value = fields.oneOf(field, allowed)
  if (value === undefined) throw invalid(`${fields.name(field)}: Field required`)
  return value
}

const nameOf = (fields: Fields, field: string): string => fields.text(field, { max: 256 })

const msOf = (fields: Fields): number => wholeNumberOf(fields, 'ms', 0, MAX_MS)

function wholeNumberOf(fields: Fields, field: string, min: number, max: number): number {
  const number = fields.wholeNumber(field, min, max)
  if (number === undefined) throw invalid(`${fields.name(field)}: Field required`)
  return number
}

function decodeAskedTool(fields: Fields): AskedTool {
  const tool = {
    name: nameOf(fields, 'name'),
    server: fields.optionalText('server', { max: 256 }),
    input: inputOf(fields),
    isCustom: fields.flag('isCustom'),
  }
  fields.end()
  return tool
}

const inputOf = (fields: Fields): ToolInput | undefined =>
  fields.has('input') ? Object.fromEntries(fields.object('input').entries()) : undefined
