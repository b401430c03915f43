import type { Client, ReadOptions } from '../api/client.ts'
import { ApiError } from '../api/errors.ts'
import { listResources } from '../api/resources.ts'
import type { SessionEvent } from '../api/session-event.ts'
import { interruptSession } from '../api/sessions.ts'
import type { Prompt } from '../api/user-event.ts'
import type { Applied } from '../apply/applied.ts'
import type { EffectContext } from '../apply/effect.ts'
import { Follower, paceAfter, type TurnListener } from './follow.ts'
import { mountContext } from './mount-context.ts'
import { persist } from './persist.ts'
import { readTurn, type TurnSource } from './read-turn.ts'
import { type SentPrompt, sendPrompt } from './send-prompt.ts'
import { NEW_SESSION, readBefore, type SessionBefore } from './session-before.ts'
import { type Ending, isOrdinary, type Turn } from './turn.ts'

/** A prompt for a session on which everything is mounted, and the time to wait for the answer. */
export interface Conversation {
  readonly prompt: Prompt | undefined
  readonly mountContext: boolean
  /** Undefined when nothing is waited for. */
  readonly waitSeconds: number | undefined
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

/** Told how a conversation goes. */
export interface ConversationListener extends TurnListener {
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

const NO_WAIT: ConverseResult = { ending: undefined, turn: undefined, interruption: undefined, error: undefined }

/** Sends the prompt, and follows the session until the agent is done. Does not throw. */
export async function converse(conversation: Conversation, context: ConversationContext): Promise<ConverseResult> {
  const { prompt, waitSeconds } = conversation
  try {
    if (prompt === undefined) return await waitForOthers(conversation, context)
    const before = await readIfShared(conversation, context, { signal: context.stop.startNothingNew })
    const sent = await sendWithContext(prompt, before, conversation, context)
    if (waitSeconds === undefined) return NO_WAIT
    return await waitForAgent(before, sent, AbortSignal.timeout(waitSeconds * 1000), conversation, context)
  } catch (error) {
    if (waitSeconds === undefined) return { ...NO_WAIT, error }
    return { ...NO_WAIT, turn: await readTurn(lastSource(conversation, context), [], undefined), error }
  }
}

/** Waits for a turn that is already running. */
async function waitForOthers(conversation: Conversation, context: ConversationContext): Promise<ConverseResult> {
  const timeIsUp = AbortSignal.timeout((conversation.waitSeconds ?? 0) * 1000)
  const cancelled = context.stop.startNothingNew
  const signal = AbortSignal.any([timeIsUp, cancelled])
  try {
    const read = () => readIfShared(conversation, context, { signal, repeat: 'by-caller' })
    const before = await persist(read, { signal, delayMs: paceAfter(0), log: context.log })
    if (!before.isIdle) return await waitForAgent(before, undefined, timeIsUp, conversation, context)
    return await conclude({ kind: 'was-idle', ...before.stopped }, [], conversation, context)
  } catch (error) {
    if (!timeIsUp.aborted || cancelled.aborted) throw error
    return await conclude({ kind: 'timed-out' }, [], conversation, context)
  }
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
  const { sessionId } = conversation
  const mounted = await contextOf(conversation, context.client)
  const text = mounted === '' ? prompt.text : `${mounted}\n\n${prompt.text}`
  const sent = await sendPrompt({ ...prompt, text }, { ...context, sessionId, before })
  context.log(
    before.isIdle ? `Sent the prompt to session ${sessionId}` : `Session ${sessionId} is running; the prompt is queued`,
  )
  return sent
}

async function contextOf(conversation: Conversation, client: Client): Promise<string> {
  const { applied, memoryStoreIds, unpackCommand, sessionId } = conversation
  if (!conversation.mountContext) return ''
  const resources = memoryStoreIds.length === 0 ? [] : await listResources(client, sessionId)
  const memoryStorePaths = resources.flatMap(({ memory_store_id, mount_path }) =>
    memory_store_id !== undefined && memoryStoreIds.includes(memory_store_id) ? (mount_path ?? []) : [],
  )
  return mountContext({ applied, memoryStorePaths, unpackCommand })
}

async function waitForAgent(
  before: SessionBefore,
  sent: SentPrompt | undefined,
  timeIsUp: AbortSignal,
  conversation: Conversation,
  context: ConversationContext,
): Promise<ConverseResult> {
  const { client, listener, log, stop } = context
  const { sessionId } = conversation
  const follower = new Follower({ client, sessionId, prompt: sent, known: before.known, listener, log })
  try {
    const ending = await follower.follow(timeIsUp, stop.startNothingNew)
    const { ours, lack } = follower.view()
    const isDone = ending.kind === 'idle' && isOrdinary(ending)
    if (isDone && lack !== undefined && sent !== undefined) listener.warning(LACKING[lack])
    return await conclude(ending, ours, conversation, context)
  } catch (error) {
    const turn = await readTurn(lastSource(conversation, context), follower.view().ours, undefined)
    return { ...NO_WAIT, turn, error }
  }
}

const LACKING = {
  message: 'The agent said nothing, so the output `reply` is empty.',
  'tool-result':
    "The session lists neither the result of the agent's last tool call nor a message after it, so the output `reply` may not be its final message.",
} as const

async function conclude(
  ending: Ending,
  ours: readonly SessionEvent[],
  conversation: Conversation,
  context: ConversationContext,
): Promise<ConverseResult> {
  const goesOn = ending.kind === 'no-repository' && !ending.isIdle && conversation.prompt !== undefined
  const interruption = goesOn ? await interrupt(conversation.sessionId, context.client) : undefined
  const turn = await readTurn(lastSource(conversation, context), ours, ending)
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

function lastSource({ sessionId }: Conversation, { client, stop }: ConversationContext): TurnSource {
  return { client, sessionId, signal: AbortSignal.any([stop.startNothingNew, AbortSignal.timeout(LAST_LOOK_MS)]) }
}
