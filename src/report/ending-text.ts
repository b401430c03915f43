import type { SessionError } from '../api/session-event.ts'
import { spendingOf } from '../api/usage.ts'
import type { Conversation, ConverseResult } from '../converse/conversation.ts'
import type { Awaited, Stopped, Turn, Verdict } from '../converse/turn.ts'
import type { ConversationInput } from '../inputs/conversation.ts'
import { cut } from '../text/cut.ts'
import { escapeForLog, quote } from '../text/escape.ts'
import { count, formatCents, formatDuration } from '../text/format.ts'
import { explain } from './explain.ts'

/** The most that is shown of a message of the service's. */
const MAX_MESSAGE = 2_000

type Asked = Pick<Conversation, 'sessionId' | 'waitSeconds'> & Pick<ConversationInput, 'ifNotSatisfied'>

/** Whether the step fails after a conversation, and what there is to warn of if it does not. */
export function judgeTurn(
  asked: Asked,
  result: ConverseResult,
): { readonly failure: string | undefined; readonly notes: readonly string[] } {
  const failure = result.error === undefined ? endingText(asked, result) : explain(result.error)
  const doubt = verdictText(asked.sessionId, result.turn?.verdict)
  if (failure !== undefined || doubt === undefined) return { failure, notes: [] }
  return asked.ifNotSatisfied === 'warn' ? { failure, notes: [doubt] } : { failure: doubt, notes: [] }
}

/** Error text for a wait, with what to do next; undefined if it ended well. */
function endingText(
  { sessionId, waitSeconds = 0 }: Asked,
  { ending, turn, interruption }: ConverseResult,
): string | undefined {
  const session = `session ${sessionId}`
  switch (ending?.kind) {
    case undefined:
      return undefined
    case 'timed-out':
      return timeoutText(session, waitSeconds, turn?.status)
    case 'terminated':
      return `${session} was terminated before the agent finished${lastError(turn)}`
    case 'deleted':
      return `${session} was deleted during the wait`
    case 'no-repository':
      return `${cloneFailureText(session, ending.error)}${interruptionText(interruption)}`
    case 'no-answer':
      return `the agent of ${session} said nothing after an error: ${errorText(ending.error)}`
    case 'was-idle':
      // How the turn of somebody else ended is not this step's; what it waits for keeps the session from going on.
      return ending.stopReason === 'requires_action' ? stoppedText(session, ending, turn) : undefined
    case 'idle':
    case 'asked':
      return stoppedText(session, ending, turn)
  }
}

function stoppedText(session: string, stopped: Stopped, turn: Turn | undefined): string | undefined {
  switch (stopped.stopReason) {
    case undefined:
    case 'end_turn':
      return undefined
    case 'requires_action':
      return waitingText(session, stopped.waitsFor)
    case 'budget_reached':
      return `${session} stopped: its budget is used up (budget_reached)${costText(turn)}; to let it continue, run again with \`session-id\`, \`budget\` and \`wait\`, without a prompt`
    case 'retries_exhausted':
      return `${session} stopped: the service gave up after several attempts (retries_exhausted)${lastError(turn)}; run the job again later`
    case 'refusal': {
      const why = stopped.explanation === undefined ? '' : `: ${escapeForLog(cut(stopped.explanation, MAX_MESSAGE))}`
      return `${session} stopped: the model refused (refusal)${why}; change the prompt, or what is mounted`
    }
    default:
      return `${session} stopped for a reason that this action does not know: ${escapeForLog(stopped.stopReason)}`
  }
}

function costText(turn: Turn | undefined): string {
  const { cents } = spendingOf(turn?.usage)
  return cents === undefined ? '' : ` at ${formatCents(cents)}`
}

function waitingText(session: string, waitsFor: readonly Awaited[]): string {
  const waits = `${session} is waiting for ${waitsFor.length === 0 ? 'an answer' : waitsFor.map(awaitedText).join(' and ')}`
  const names = waitsFor.flatMap(({ tool }) => (tool === undefined || tool.isCustom ? [] : [tool.name]))
  if (names.length === 0 || names.length < waitsFor.length) {
    return `${waits}, which a workflow cannot give: let the agent do without it, answer from elsewhere, or remove \`wait\``
  }
  const named = [...new Set(names)].map(quote).join(' and ')
  return `${waits}. Add ${named} to \`allow-tools\`, set \`on-tool-confirmation: deny\`, or let the agent's permission policy allow it`
}

/** MCP toolsets ask unless they are told otherwise (documented). */
function awaitedText({ id, tool }: Awaited): string {
  if (tool === undefined) return `an answer to ${escapeForLog(id)}`
  if (tool.isCustom) return `the result of the tool ${quote(tool.name)}`
  const [server, name] = tool.name.includes('/') ? tool.name.split(/\/(.*)/) : [undefined, tool.name]
  const of = server === undefined ? '' : ` of the MCP server ${quote(server)}`
  return `permission to use the tool ${quote(name ?? '')}${of} (its policy is ${escapeForLog(tool.policy ?? 'always_ask')})`
}

/** Error text for an outcome that is not satisfied; undefined if it is, or there is none. */
function verdictText(sessionId: string, verdict: Verdict | undefined): string | undefined {
  if (verdict === undefined || verdict.result === 'satisfied') return undefined
  const { result, iterations, explanation } = verdict
  const why = explanation === '' ? '' : `: ${escapeForLog(cut(explanation, MAX_MESSAGE))}`
  const session = `session ${sessionId}`
  switch (result) {
    case 'failed':
      return `the rubric does not fit what ${session} made (failed)${why}\nChange the rubric or the prompt, so that they are about the same thing.`
    case 'max_iterations_reached':
      return `the outcome of ${session} is not satisfied after ${count(iterations, 'evaluation')} (max_iterations_reached)${why}\nRaise \`max-iterations\`, or ask for less.`
    case 'interrupted':
      return `the work of ${session} was interrupted before its outcome was satisfied (interrupted)${why}`
    case 'unfinished':
      return `${session} stopped before its outcome was graded to the end (unfinished)${why}`
    default:
      return `the outcome of ${session} is not satisfied (${escapeForLog(result)})${why}`
  }
}

function lastError(turn: Turn | undefined): string {
  const last = turn?.errors.at(-1)
  return last === undefined ? '' : `: ${errorText(last)}`
}

function errorText({ type, message }: SessionError): string {
  return `${escapeForLog(type)}: ${escapeForLog(cut(message, MAX_MESSAGE))}`
}

/** Likely reasons, from the documented meaning of each error. */
const LIKELY: Readonly<Record<string, string>> = {
  repository_authentication_error:
    "The token was rejected: it has expired (the workflow's own token expires with its job) or was revoked; check `github-token`.",
  repository_forbidden_error:
    'The token is not allowed to read the repository: it needs `contents: read`, and the organization may have to approve it.',
  repository_not_found_error:
    "The repository does not exist, or the token cannot see it: the workflow's own token sees only its own repository.",
  repository_checkout_error:
    'The commit or branch is not in the clone: was it force-pushed away, or is it in a fork? Run the workflow again on the newest commit, or set `ref`.',
  repository_clone_error: 'Something else went wrong while cloning; run the job again.',
}

function cloneFailureText(session: string, { type, message, repositoryUrl }: SessionError): string {
  const name = repositoryUrl === undefined ? 'a repository' : escapeForLog(repositoryUrl)
  const likely = LIKELY[type] ?? LIKELY.repository_clone_error
  return `${session} could not clone ${name} (${escapeForLog(type)}): ${escapeForLog(cut(message, MAX_MESSAGE))}\n${likely}`
}

function interruptionText(interruption: ConverseResult['interruption']): string {
  if (interruption === undefined) return ''
  return interruption === 'done'
    ? '\nThe agent was interrupted; it would have continued without the repository.'
    : `\nThe agent continues without the repository, and could not be interrupted: ${interruption.message}`
}

/** Says nothing that the session's own status contradicts. */
function timeoutText(session: string, seconds: number, status: string | undefined): string {
  const what = `${session} did not finish within ${formatDuration(seconds)} (\`wait-timeout\`).`
  switch (status) {
    case 'running':
    case 'rescheduling':
      return `${what} The agent keeps working unless cleanup ends its session (\`session-cleanup\`)`
    case undefined:
      return `${what} Its current status could not be read`
    default:
      return `${what} Its status is ${escapeForLog(status)} now, but its events do not say that the agent has finished`
  }
}
