import type {
  BetaManagedAgentsSessionEvent,
  BetaManagedAgentsUserToolConfirmationEvent,
} from '@anthropic-ai/sdk/resources/beta/sessions/events'
import type { Act, AskedTool } from './agent-script.ts'
import type { LiveSession } from './live-session.ts'

/** Documented: so many ask at a time, and more follow when some are answered. */
const WINDOW = 5

type Ask = Extract<Act, { act: 'ask' }>

/** An agent that waits for confirmations of its tools; a custom tool is never answered here. */
export class Asks {
  readonly #session: LiveSession
  readonly thread: string | undefined
  #open: readonly BetaManagedAgentsSessionEvent[]

  constructor(session: LiveSession, { tools, thread }: Ask) {
    this.#session = session
    this.thread = thread
    this.#open = tools.map((tool) => askingEvent(session, tool, thread))
    session.tell(...this.#open)
  }

  /** Those that ask now. */
  get window(): readonly string[] {
    return this.#open.slice(0, WINDOW).map(({ id }) => id)
  }

  /** The tools that may be confirmed. */
  get confirmable(): readonly string[] {
    const custom = this.#open.filter(({ type }) => type === 'agent.custom_tool_use').map(({ id }) => id)
    return this.window.filter((id) => !custom.includes(id))
  }

  /** Of what another thread does, the session is shown no result. */
  take({ tool_use_id: id, result, deny_message }: BetaManagedAgentsUserToolConfirmationEvent): void {
    const asked = this.#open.find((each) => each.id === id)
    this.#open = this.#open.filter((each) => each.id !== id)
    if (this.thread !== undefined || asked === undefined) return
    const isDenied = result === 'deny'
    const text = isDenied ? `Permission denied: ${deny_message ?? 'no reason given'}` : 'done'
    const said = { content: [{ type: 'text' as const, text }], is_error: isDenied }
    this.#session.tell(
      asked.type === 'agent.mcp_tool_use'
        ? { ...this.#session.head(), type: 'agent.mcp_tool_result', mcp_tool_use_id: id, ...said }
        : { ...this.#session.head(), type: 'agent.tool_result', tool_use_id: id, ...said },
    )
  }
}

export function askForOne({ kind, name = 'ask', input }: Extract<Act, { act: 'requires-action' }>): Ask {
  return { act: 'ask', tools: [{ name, input, isCustom: kind === 'custom-tool' }] }
}

function askingEvent(
  session: LiveSession,
  { server, name, input, isCustom = false }: AskedTool,
  thread: string | undefined,
): BetaManagedAgentsSessionEvent {
  const of = thread === undefined ? {} : { session_thread_id: thread }
  const use = { ...session.head(), name, input: { ...input }, ...of }
  if (isCustom) return { ...use, type: 'agent.custom_tool_use' }
  const asks = { evaluated_permission: 'ask', evaluation: { type: 'always_ask' } } as const
  return server === undefined
    ? { ...use, type: 'agent.tool_use', ...asks }
    : { ...use, type: 'agent.mcp_tool_use', mcp_server_name: server, ...asks }
}
