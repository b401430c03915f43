import type { SessionError, SessionEvent } from '../api/session-event.ts'
import type { ConversationListener } from '../converse/conversation.ts'
import type { ToolUse } from '../converse/turn.ts'
import type { Runner } from '../runner/runner.ts'
import { cut } from '../text/cut.ts'
import { escapeForLog } from '../text/escape.ts'

/** Limits for one event. */
const MAX = { lines: 200, characters: 20_000, input: 200, toolError: 500, error: 2_000 } as const

/** Shows what the agent does while it does it. All of it is foreign text; the runner escapes lines. */
export class TurnLog implements ConversationListener {
  readonly #runner: Runner
  readonly #told = new Set<string>()

  constructor(runner: Runner) {
    this.#runner = runner
  }

  warning(text: string): void {
    this.#runner.warning(text)
  }

  async show(event: SessionEvent, tool: ToolUse | undefined, agent: string | undefined): Promise<void> {
    if (agent !== undefined) return this.#showOther(event, agent)
    switch (event.kind) {
      case 'agent-message':
        return this.#group('Agent', event.text)
      case 'evaluation-start':
        return this.#runner.info(`Evaluation ${event.iteration + 1} of the outcome has begun`)
      case 'evaluation-end':
        return this.#group(`Evaluation ${event.iteration + 1}: ${escapeForLog(event.result)}`, event.explanation)
      case 'tool-use':
        return this.#runner.info(`Tool ${escapeForLog(event.name)} ${inputText(event.input)}`)
      case 'tool-result':
        return this.#toolError(event.error, tool)
      case 'rescheduled':
        return this.#runner.info('The session is rescheduled')
      case 'error':
        return this.#error(event.error)
      default:
        return undefined
    }
  }

  /** What another agent does, under its name. */
  async #showOther(event: SessionEvent, agent: string): Promise<void> {
    const text = textOfOther(event)
    if (text !== undefined) await this.#group(escapeForLog(agent), text)
  }

  #group(name: string, text: string): Promise<void> {
    return this.#runner.group(name, async () => {
      for (const line of shownLines(text)) this.#runner.info(line)
    })
  }

  #toolError(error: string | undefined, tool: ToolUse | undefined): void {
    if (error === undefined) return
    const name = tool === undefined ? '' : ` ${escapeForLog(tool.name)}`
    this.#runner.info(`Tool${name} failed: ${escapeForLog(cut(error, MAX.toolError))}`)
  }

  /** A warning: whether it ends the turn is not known yet. What is tried again and fails again gets no second one. */
  #error(error: SessionError): void {
    // What ends the step is told at its end.
    if (error.type.startsWith('repository_')) return
    const text = errorLine(error)
    if (this.#told.has(text)) this.#runner.info(text)
    else this.#runner.warning(text)
    this.#told.add(text)
  }
}

function textOfOther(event: SessionEvent): string | undefined {
  switch (event.kind) {
    case 'thread-created':
      return 'Begins to work'
    case 'thread-idle':
      return event.waitsFor.length === 0 ? 'Has stopped' : 'Waits for permission to use a tool'
    case 'thread-message':
    case 'agent-message':
      return event.text
    case 'tool-use':
      return `Tool ${escapeForLog(event.name)} ${inputText(event.input)}`
    default:
      return undefined
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
  return escapeForLog(cut(JSON.stringify(input ?? {}), MAX.input))
}

function errorLine({ type, message, retryStatus }: SessionError): string {
  const after = retryStatus === 'retrying' ? ' (the service tries again)' : ''
  return `The session reports ${escapeForLog(type)}: ${escapeForLog(cut(message, MAX.error))}${after}`
}
