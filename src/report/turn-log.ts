import type { SessionError, SessionEvent } from '../api/session-event.ts'
import type { Ending, ToolUse, TurnRecord } from '../converse/turn.ts'
import type { Runner } from '../runner/runner.ts'
import { cut } from '../text/cut.ts'
import { inert, quoted } from '../text/escape.ts'
import { inTime } from '../text/format.ts'

/** What is shown of one event. */
const MAX = { lines: 200, characters: 20_000, input: 200, toolError: 500 } as const

/** Shows what the agent does while it does it. All of it is foreign text; the runner makes lines inert. */
export class TurnLog {
  readonly #runner: Runner
  readonly #record: TurnRecord
  readonly #told = new Set<string>()

  constructor(runner: Runner, record: TurnRecord) {
    this.#runner = runner
    this.#record = record
  }

  async show(event: SessionEvent): Promise<void> {
    switch (event.kind) {
      case 'agent-message':
        return this.#runner.group('Agent', async () => {
          for (const line of shownLines(event.text)) this.#runner.info(line)
        })
      case 'tool-use':
        return this.#runner.info(`Tool ${inert(event.name)} ${inputText(event.input)}`)
      case 'tool-result':
        return this.#toolError(event.error, this.#record.tool(event.useId))
      case 'rescheduled':
        return this.#runner.info('The session is rescheduled')
      case 'error':
        return this.#error(event.error)
      default:
        return undefined
    }
  }

  #toolError(error: string | undefined, tool: ToolUse | undefined): void {
    if (error === undefined) return
    const name = tool === undefined ? '' : ` ${inert(tool.name)}`
    this.#runner.info(`Tool${name} failed: ${inert(cut(error, MAX.toolError))}`)
  }

  /** An annotation; what is tried again and fails again gets no second one. */
  #error(error: SessionError): void {
    // What ends the step is told at its end.
    if (error.type.startsWith('repository_')) return
    const text = errorText(error)
    if (this.#told.has(text)) this.#runner.info(text)
    else if (error.retryStatus === 'exhausted' || error.retryStatus === 'terminal') this.#runner.error(text)
    else this.#runner.warning(text)
    this.#told.add(text)
  }
}

/** Lines of a text for the log, as many as are shown of one event. */
function shownLines(text: string): readonly string[] {
  const lines = cut(text, MAX.characters)
    .replaceAll('\t', '  ')
    .split(/\r\n|[\n\r]/)
  return lines.length > MAX.lines ? [...lines.slice(0, MAX.lines), '…'] : lines
}

function inputText(input: unknown): string {
  return inert(cut(JSON.stringify(input ?? {}), MAX.input))
}

const AFTER: Readonly<Record<string, string>> = {
  retrying: 'the service tries again',
  exhausted: 'the service has given up this turn',
  terminal: 'the session is over',
}

function errorText({ type, message, retryStatus }: SessionError): string {
  const after = AFTER[retryStatus ?? '']
  return `The session reports ${inert(type)}: ${inert(cut(message, 2_000))}${after === undefined ? '' : ` (${after})`}`
}

/** Why a turn that ended so is a failure, and what to do next; undefined if it is none. */
export function endingText(sessionId: string, ending: Ending, record: TurnRecord): string | undefined {
  switch (ending.kind) {
    case 'terminated':
      return `session ${sessionId} is terminated: it ended before the agent was done, and takes nothing any more${lastError(record)}`
    case 'deleted':
      return `session ${sessionId} was deleted while it was waited for`
    case 'no-repository':
      return repositoryText(sessionId, ending.error)
    case 'was-idle':
      // How the turn of somebody else ended is not this step's; what it waits for keeps the session from going on.
      return ending.last?.stopReason === 'requires_action' ? idleText(sessionId, ending.last, record) : undefined
    case 'idle':
      return idleText(sessionId, ending, record)
  }
}

type Idle = Extract<SessionEvent, { kind: 'idle' }>

function idleText(sessionId: string, idle: Idle, record: TurnRecord): string | undefined {
  switch (idle.stopReason) {
    case undefined:
    case 'end_turn':
      return undefined
    case 'requires_action':
      return `session ${sessionId} waits for ${waitedFor(idle, record)}, which a workflow cannot give: let the agent use the tool without being asked, answer it from elsewhere, or leave \`wait\` away`
    case 'budget_reached':
      return `session ${sessionId} stopped: its budget is used up (budget_reached); raise or remove the budget of the session, and it goes on`
    case 'retries_exhausted':
      return `session ${sessionId} stopped: the service gave up after trying again (retries_exhausted)${lastError(record)}; run the job again later`
    case 'refusal': {
      const why = idle.explanation === undefined ? '' : `: ${inert(cut(idle.explanation, 2_000))}`
      return `session ${sessionId} stopped: the model refused (refusal)${why}; change the prompt, or what is mounted`
    }
    default:
      return `session ${sessionId} stopped: ${inert(idle.stopReason)}, which this action does not know`
  }
}

function waitedFor({ waitsFor }: Idle, record: TurnRecord): string {
  const tools = waitsFor.map((id) => {
    const tool = record.tool(id)
    if (tool === undefined) return `an answer to ${inert(id)}`
    return tool.isCustom ? `the result of the tool ${quoted(tool.name)}` : `leave to use the tool ${quoted(tool.name)}`
  })
  return tools.length === 0 ? 'an answer' : tools.join(' and ')
}

function lastError({ errors }: TurnRecord): string {
  const last = errors.at(-1)
  return last === undefined ? '' : `: ${inert(last.type)}: ${inert(cut(last.message, 2_000))}`
}

/** What is the likely reason, by the documented meaning of each error. */
const LIKELY: Readonly<Record<string, string>> = {
  repository_authentication_error:
    'The token was rejected: it has expired (the workflow’s own dies with its job), or was revoked; check `github-token`.',
  repository_forbidden_error:
    'The token may not read the repository: it needs `contents: read`, and the organization may have to allow it.',
  repository_not_found_error:
    'There is no such repository, or the token does not see it: the workflow’s own sees its own repository only.',
  repository_checkout_error:
    'The commit or branch is not in the clone: was it force-pushed away, or is it in a fork? Run the workflow again on the newest commit, or set `ref`.',
  repository_clone_error: 'Something else went wrong while cloning; run the job again.',
}

function repositoryText(sessionId: string, { type, message, repositoryUrl }: SessionError): string {
  const name = repositoryUrl === undefined ? 'a repository' : inert(repositoryUrl)
  const likely = LIKELY[type] ?? LIKELY.repository_clone_error
  return `session ${sessionId} could not clone ${name} (${inert(type)}): ${inert(cut(message, 2_000))}\n${likely}`
}

/** What is said when time is up. */
export function timeoutText(sessionId: string, seconds: number): string {
  return `session ${sessionId} was not done within ${inTime(seconds)} (\`wait-timeout\`). It goes on, unless clean-up ends it (\`session-cleanup\`)`
}
