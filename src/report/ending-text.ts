import type { SessionError } from '../api/session-event.ts'
import type { Conversation, ConverseResult } from '../converse/converse.ts'
import type { Awaited, Stopped, Turn } from '../converse/turn.ts'
import { cut } from '../text/cut.ts'
import { escapeForLog, quote } from '../text/escape.ts'
import { formatDuration } from '../text/format.ts'

/** The most that is shown of a message of the service's. */
const MAX_MESSAGE = 2_000

/** Error text for a wait, with what to do next; undefined if it ended well. */
export function endingText(
  { sessionId, waitSeconds = 0 }: Pick<Conversation, 'sessionId' | 'waitSeconds'>,
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
      return stoppedText(session, ending, turn)
  }
}

function stoppedText(session: string, stopped: Stopped, turn: Turn | undefined): string | undefined {
  switch (stopped.stopReason) {
    case undefined:
    case 'end_turn':
      return undefined
    case 'requires_action':
      return `${session} is waiting for ${waitedFor(stopped.waitsFor)}, which a workflow cannot give: let the agent use the tool without asking, answer from elsewhere, or remove \`wait\``
    case 'budget_reached':
      return `${session} stopped: its budget is used up (budget_reached); raise or remove the session's budget to continue`
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

function waitedFor(waitsFor: readonly Awaited[]): string {
  const tools = waitsFor.map(({ id, tool }) => {
    if (tool === undefined) return `an answer to ${escapeForLog(id)}`
    return tool.isCustom
      ? `the result of the tool ${quote(tool.name)}`
      : `permission to use the tool ${quote(tool.name)}`
  })
  return tools.length === 0 ? 'an answer' : tools.join(' and ')
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
