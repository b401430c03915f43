import type { BetaManagedAgentsSessionErrorEvent } from '@anthropic-ai/sdk/resources/beta/sessions/events'

export type ErrorType = BetaManagedAgentsSessionErrorEvent['error']['type']
type RetryStatus = 'retrying' | 'exhausted' | 'terminal'
export type StopReason = 'end_turn' | 'retries_exhausted' | 'budget_reached' | 'refusal'
export type ToolInput = Readonly<Record<string, unknown>>

/** A tool that the agent may not use without being allowed to; a custom one is the client's to carry out. */
export interface AskedTool {
  readonly name: string
  /** Of an MCP server. */
  readonly server?: string | undefined
  readonly input?: ToolInput | undefined
  readonly isCustom?: boolean | undefined
}

/** What leaves one event in the session and changes nothing else. */
export type EventAct =
  /** In its text `{{mounted}}` stands for the mount paths, comma-separated, and `{{prompt}}` for the message it answers. */
  | { readonly act: 'message'; readonly text: string }
  | { readonly act: 'thinking' }
  | { readonly act: 'tool-use'; readonly name: string; readonly input?: ToolInput | undefined }
  | {
      readonly act: 'mcp-tool-use'
      readonly server: string
      readonly name: string
      readonly input?: ToolInput | undefined
    }
  /** The result of the latest use of a tool, of either kind. */
  | { readonly act: 'tool-result'; readonly text?: string | undefined; readonly isError?: boolean | undefined }
  | {
      readonly act: 'error'
      readonly type: ErrorType
      readonly message: string
      /** `retrying` if not given. */
      readonly retryStatus?: RetryStatus | undefined
      /** For the errors of a repository; null if not given. */
      readonly repositoryUrl?: string | undefined
    }
  /** An event as it stands here, of a type that clients may not know; it gets an id and a time. */
  | { readonly act: 'event'; readonly event: Readonly<Record<string, unknown>> & { readonly type: string } }

/** One step of the scripted agent. The times are in milliseconds. */
export type Act =
  | EventAct
  | { readonly act: 'wait'; readonly ms: number }
  /**
   * A file that can be downloaded: a text, where placeholders are filled in, or so many bytes of no meaning. With a lag
   * it is not to be seen until that long after the session went idle (documented: a few seconds).
   */
  | {
      readonly act: 'output-file'
      readonly filename: string
      readonly content?: string | undefined
      readonly sizeBytes?: number | undefined
      readonly indexingLagMs?: number | undefined
    }
  /** A request to the model that costs so many cents. At the session's budget it is not begun: the turn pauses. */
  | { readonly act: 'spend'; readonly cents: number }
  /** Grades the work, if it is for an outcome. */
  | {
      readonly act: 'evaluate'
      readonly result: 'satisfied' | 'needs_revision' | 'failed'
      readonly explanation?: string | undefined
    }
  /** Asks for leave to use tools, five at a time, and goes on when all are answered; as another thread if it is given. */
  | { readonly act: 'ask'; readonly tools: readonly AskedTool[]; readonly thread?: string | undefined }
  /** Another agent's thread begins, hands its work over, or ends; `name` is the agent's. */
  | {
      readonly act: 'thread'
      readonly name: string
      readonly does: 'begins' | 'says' | 'ends'
      readonly text?: string | undefined
    }
  /** Asks for a tool's result or for leave to use one, and goes idle waiting for it. */
  | {
      readonly act: 'requires-action'
      readonly kind: 'custom-tool' | 'confirmation'
      /** `ask` if not given. */
      readonly name?: string | undefined
      readonly input?: ToolInput | undefined
    }
  /** `end_turn` if not given. */
  | { readonly act: 'idle'; readonly stopReason?: StopReason | undefined }
  /** Observed: the event that the session is idle comes before the session itself says so. */
  | { readonly act: 'idle-event-before-status'; readonly ms: number }
  /** Observed: a session that went idle runs once more for a moment. */
  | { readonly act: 'flap'; readonly ms: number }
  | { readonly act: 'running' | 'rescheduling' | 'terminated' }
  /** What happens to the session's open streams: all are cut, all end, or the last event comes again on each. */
  | { readonly act: 'drop-streams' | 'end-streams' | 'duplicate-last' }

/**
 * What happens when a session is sent a message: its nth message starts the nth turn, the last one repeats. The session
 * is running when a turn starts, and stays so unless an act changes it. Messages sent meanwhile wait for their turn.
 */
export interface AgentScript {
  readonly turns: readonly (readonly Act[])[]
  /** How long an interrupted session still runs; 0 if not given. */
  readonly interruptLagMs?: number | undefined
}

/** What happens where nobody says what is to happen: an answer at once, from which can be seen what reached the agent. */
export const ECHO: AgentScript = {
  turns: [
    [
      { act: 'message', text: 'I was told: {{prompt}}\nMounted: {{mounted}}' },
      { act: 'evaluate', result: 'satisfied' },
      { act: 'idle' },
    ],
  ],
}
