import type { Client, ReadOptions } from '../api/client.ts'
import { listResources } from '../api/resources.ts'
import type { Prompt } from '../api/user-event.ts'
import { answersOf } from './answer-asks.ts'
import { openAsks } from './asks.ts'
import type { Conversation, ConversationContext, ConverseResult } from './conversation.ts'
import { paceAfter } from './follow.ts'
import { type MountContext, withContext } from './mount-context.ts'
import { persist } from './persist.ts'
import { interruptResumed, raiseBudget } from './raise-budget.ts'
import { readTurn } from './read-turn.ts'
import { confirmOpening, type SentPrompt, sendPrompt } from './send-prompt.ts'
import { NEW_SESSION, readBefore, type SessionBefore } from './session-before.ts'
import { conclude, lastSource, waitForAgent } from './wait-for-agent.ts'

const NO_WAIT: ConverseResult = { ending: undefined, turn: undefined, interruption: undefined, error: undefined }

/** Nothing is known of the turn. */
const NO_EVENTS = { ours: [], prompt: undefined, usageBefore: undefined, ending: undefined } as const

/** Sends the prompt, and follows the session until the agent is done. Does not throw. */
export async function converse(conversation: Conversation, context: ConversationContext): Promise<ConverseResult> {
  const { prompt, waitSeconds } = conversation
  try {
    if (prompt === undefined) return await waitForOthers(conversation, context)
    const before = await readIfShared(conversation, context, { signal: context.stop.startNothingNew })
    const ready = await makeRoom(before, conversation, context)
    const sent = await sendWithContext(prompt, ready, conversation, context)
    if (waitSeconds === undefined) return NO_WAIT
    return await waitForAgent(ready, sent, AbortSignal.timeout(waitSeconds * 1000), conversation, context)
  } catch (error) {
    if (waitSeconds === undefined) return { ...NO_WAIT, error }
    return { ...NO_WAIT, turn: await readTurn(lastSource(conversation, context), NO_EVENTS), error }
  }
}

/** Waits for a turn that is already running, or goes on with a higher budget. */
async function waitForOthers(conversation: Conversation, context: ConversationContext): Promise<ConverseResult> {
  const { waitSeconds = 0, toolPolicy } = conversation
  const timeIsUp = AbortSignal.timeout(waitSeconds * 1000)
  const cancelled = context.stop.startNothingNew
  const signal = AbortSignal.any([timeIsUp, cancelled])
  try {
    const read = () => readIfShared(conversation, context, { signal, repeat: 'by-caller' })
    const before = await persist(read, { signal, delayMs: paceAfter(0), log: context.log })
    const goesOn = (await raiseIfAsked(before, conversation, context)) && before.isPaused
    const isAnswerable = answersOf(openAsks(before.events), toolPolicy)?.length
    if (!before.isIdle || goesOn || isAnswerable) {
      return await waitForAgent(before, undefined, timeIsUp, conversation, context)
    }
    return await conclude(
      { ...NO_EVENTS, usageBefore: before.usage, ending: { kind: 'was-idle', ...before.stopped } },
      conversation,
      context,
    )
  } catch (error) {
    if (!timeIsUp.aborted || cancelled.aborted) throw error
    return await conclude({ ...NO_EVENTS, ending: { kind: 'timed-out' } }, conversation, context)
  }
}

/** Raises the budget of a session that others made, so that it takes a prompt, and ends what goes on by that. */
async function makeRoom(
  before: SessionBefore,
  conversation: Conversation,
  context: ConversationContext,
): Promise<SessionBefore> {
  if (!(await raiseIfAsked(before, conversation, context)) || !before.isPaused) return before
  await interruptResumed(conversation.sessionId, before, context)
  const { usage } = before
  return { ...(await readIfShared(conversation, context, { signal: context.stop.startNothingNew })), usage }
}

/** Resolves to whether it was raised: a session of this step was created with its budget. */
async function raiseIfAsked(
  before: SessionBefore,
  { budgetCents, sessionId, applied }: Conversation,
  context: ConversationContext,
): Promise<boolean> {
  if (budgetCents === undefined || applied.sessionCreated) return false
  await raiseBudget(sessionId, budgetCents, before, context)
  return true
}

async function readIfShared(
  { isShared, sessionId }: Conversation,
  { client }: ConversationContext,
  options: ReadOptions,
): Promise<SessionBefore> {
  return isShared ? readBefore({ client, sessionId, options }) : NEW_SESSION
}

async function sendWithContext(
  prompt: Prompt,
  before: SessionBefore,
  conversation: Conversation,
  context: ConversationContext,
): Promise<SentPrompt> {
  const { sessionId, applied } = conversation
  const promptContext = { ...context, sessionId, before }
  const sent =
    applied.opening === undefined
      ? await sendPrompt(withContext(prompt, await contextOf(conversation, context.client)), promptContext)
      : await confirmOpening(applied.opening, promptContext)
  context.log(
    before.isIdle ? `Sent the prompt to session ${sessionId}` : `Session ${sessionId} is running; the prompt is queued`,
  )
  return sent
}

async function contextOf(conversation: Conversation, client: Client): Promise<MountContext | undefined> {
  const { applied, memoryStoreIds, unpackCommand, sessionId } = conversation
  if (!conversation.mountContext) return undefined
  const resources = memoryStoreIds.length === 0 ? [] : await listResources(client, sessionId)
  const memoryStorePaths = resources.flatMap(({ memory_store_id, mount_path }) =>
    memory_store_id !== undefined && memoryStoreIds.includes(memory_store_id) ? (mount_path ?? []) : [],
  )
  return { applied, memoryStorePaths, unpackCommand }
}
