import type { ApiError } from '../api/errors.ts'
import type { SessionEvent } from '../api/session-event.ts'
import type { Prompt } from '../api/user-event.ts'
import type { Applied } from '../apply/applied.ts'
import type { EffectContext } from '../apply/effect.ts'
import type { ToolPolicy } from '../inputs/conversation.ts'
import type { Ending, ToolUse, Turn } from './turn.ts'

/** A prompt for a session on which everything is mounted, and the time to wait for the answer. */
export interface Conversation {
  readonly prompt: Prompt | undefined
  readonly mountContext: boolean
  /** Undefined when nothing is waited for. */
  readonly waitSeconds: number | undefined
  /** What this step may cost at most, in cents. */
  readonly budgetCents: number | undefined
  readonly toolPolicy: ToolPolicy
  readonly sessionId: string
  /** Others may know the session, and talk to it. */
  readonly isShared: boolean
  readonly applied: Applied
  /** Those that this step attached. */
  readonly memoryStoreIds: readonly string[]
  /** Shell command; undefined without an archive. */
  readonly unpackCommand: string | undefined
}

export interface ConversationContext extends EffectContext {
  readonly listener: ConversationListener
}

/** Told how a conversation goes, and what the agent does while it does it. */
export interface ConversationListener {
  /**
   * @param tool whose result the event is, if that is known
   * @param agent that the event is of, if it is another than the session's own
   */
  show(event: SessionEvent, tool: ToolUse | undefined, agent: string | undefined): Promise<void>
  warning(text: string): void
}

export interface ConverseResult {
  /** Undefined if there was no wait, or an error ended it. */
  readonly ending: Ending | undefined
  /** If it was waited for, as far as things got. */
  readonly turn: Turn | undefined
  /** Result of interrupting an agent that lacks its repository; undefined if it was not interrupted. */
  readonly interruption: 'done' | ApiError | undefined
  /** The error that ended the conversation early. */
  readonly error: unknown
}
