import type { Client } from '../api/client.ts'
import { ApiError } from '../api/errors.ts'
import { interruptSession } from '../api/sessions.ts'
import type { Conversation, ConversationContext, ConverseResult } from './conversation.ts'
import { Follower } from './follow.ts'
import { readTurn, type TurnEvents, type TurnSource } from './read-turn.ts'
import type { SentPrompt } from './send-prompt.ts'
import type { SessionBefore } from './session-before.ts'
import { isOrdinary } from './turn.ts'

const LACKING = {
  message: 'The agent said nothing, so the output `reply` is empty.',
  'tool-result':
    "The session lists neither the result of the agent's last tool call nor a message after it, so the output `reply` may not be its final message.",
} as const

/** Follows the session until the agent is done. @param sent undefined to wait for what is under way */
export async function waitForAgent(
  before: SessionBefore,
  sent: SentPrompt | undefined,
  timeIsUp: AbortSignal,
  conversation: Conversation,
  context: ConversationContext,
): Promise<ConverseResult> {
  const { listener, stop } = context
  const follower = new Follower(conversation, before, sent, context)
  const seen = (): Omit<TurnEvents, 'ending'> => {
    const { ours, usageBefore } = follower.view()
    return { ours, prompt: sent, usageBefore: usageBefore ?? before.usage }
  }
  try {
    const ending = await follower.follow(timeIsUp, stop.startNothingNew)
    const { lack } = follower.view()
    const isDone = ending.kind === 'idle' && isOrdinary(ending)
    if (isDone && lack !== undefined && sent !== undefined) listener.warning(LACKING[lack])
    return await conclude({ ...seen(), ending }, conversation, context)
  } catch (error) {
    const turn = await readTurn(lastSource(conversation, context), { ...seen(), ending: undefined })
    return { ending: undefined, interruption: undefined, turn, error }
  }
}

export async function conclude(
  events: TurnEvents,
  conversation: Conversation,
  context: ConversationContext,
): Promise<ConverseResult> {
  const { ending } = events
  const goesOn = ending?.kind === 'no-repository' && !ending.isIdle && conversation.prompt !== undefined
  const interruption = goesOn ? await interrupt(conversation.sessionId, context.client) : undefined
  const turn = await readTurn(lastSource(conversation, context), events)
  return { ending, turn, interruption, error: undefined }
}

/** Without the repository the agent would go on with work that is of no use. */
async function interrupt(sessionId: string, client: Client): Promise<'done' | ApiError> {
  try {
    await interruptSession(client, sessionId)
    return 'done'
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
}

/** In milliseconds: time for a last look at the session. */
const LAST_LOOK_MS = 15_000

export function lastSource({ sessionId }: Conversation, { client, stop }: ConversationContext): TurnSource {
  return { client, sessionId, signal: AbortSignal.any([stop.startNothingNew, AbortSignal.timeout(LAST_LOOK_MS)]) }
}
