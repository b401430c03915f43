import { ApiError, mayHaveActed } from '../api/errors.ts'
import { tellAgent } from '../api/events.ts'
import type { SessionEvent } from '../api/session-event.ts'
import type { Prompt } from '../api/user-event.ts'
import type { Opening } from '../apply/applied.ts'
import { type EffectContext, EffectError, lookRepeatedly, performEffect, UNCLEAR } from '../apply/effect.ts'
import { readNew } from './read-events.ts'
import type { SessionBefore } from './session-before.ts'

/** A prompt that the session has. */
export interface SentPrompt extends Prompt {
  /** Of its event, if the service said so. */
  readonly id: string | undefined
  /** As the service calls it. */
  readonly outcomeId: string | undefined
  /** The service did not say that the agent has taken it up. */
  readonly isQueued: boolean
  /** The session had nothing to do when it came. */
  readonly wasIdle: boolean
}

export interface PromptContext extends EffectContext {
  readonly sessionId: string
  readonly before: SessionBefore
}

/** A message as the service has it; without an event if the service does not show it. */
interface Message {
  readonly event: SessionEvent | undefined
}

/**
 * Sends a message to the agent, once: if the reply is lost, the message is looked for before it is sent again.
 * @throws EffectError, Interrupted
 */
export async function sendPrompt(prompt: Prompt, context: PromptContext): Promise<SentPrompt> {
  const { client, sessionId, before } = context
  const intent = { kind: 'prompt', sessionId } as const
  let isUnclear = false
  const { event } = await performEffect<Message>(context, {
    intent,
    failed: `everything is mounted, but the prompt could not be sent to session ${sessionId}`,
    call: async () => ({ event: (await tellAgent(client, sessionId, prompt)) ?? (await findTaken(prompt, context)) }),
    outcome: ({ event }) => ({ ...intent, eventId: event?.id }),
    find: async () => {
      const found = await findMessage(prompt, context)
      isUnclear = found === UNCLEAR
      return found
    },
  }).catch((error: unknown) => {
    if (!(error instanceof EffectError) || !(isUnclear || mayHaveActed(error.cause))) throw error
    const why = isUnclear ? ` (it has a message of the same text, which may be another job's)` : ''
    const failed = `everything is mounted, but the prompt may not have reached session ${sessionId}${why}`
    throw new EffectError(failed, error.cause)
  })
  const outcomeId = event?.kind === 'user-message' ? event.outcomeId || undefined : undefined
  return { ...prompt, id: event?.id, outcomeId, isQueued: event?.processedAt === undefined, wasIdle: before.isIdle }
}

/**
 * The prompt that a session was created with. A server that does not know of such ones leaves the session idle and
 * without events; it is sent the prompt after all. @throws EffectError, Interrupted
 */
export async function confirmOpening({ prompt, isRunning }: Opening, context: PromptContext): Promise<SentPrompt> {
  const hasIt = await lookRepeatedly(async () => isRunning || (await hasBegun(context)) || undefined, context)
  if (hasIt === undefined) return sendPrompt(prompt, context)
  return { ...prompt, id: undefined, outcomeId: undefined, isQueued: false, wasIdle: true }
}

/** What cannot be told counts as begun: nothing is said twice. */
async function hasBegun({ client, sessionId, stop }: PromptContext): Promise<boolean> {
  try {
    const events = await readNew({ client, sessionId, options: { signal: stop.startNothingNew } }, new Set())
    return events.some(({ kind }) => kind !== 'idle')
  } catch (error) {
    if (error instanceof ApiError) return true
    throw error
  }
}

/**
 * A message that the service has taken without saying which event it is; undefined if the list does not tell either.
 */
async function findTaken(prompt: Prompt, context: PromptContext): Promise<SessionEvent | undefined> {
  const look = () =>
    findMessage(prompt, context).catch((error: unknown) => {
      if (error instanceof ApiError) return undefined
      throw error
    })
  const found = await lookRepeatedly(look, context)
  if (found === undefined) context.log(`The service accepted the prompt, but does not list it yet`)
  return found === UNCLEAR ? undefined : found?.event
}

/**
 * A prompt of this text that came since. Where others know the session it may be another job's that says the same:
 * that one must not be taken for ours, nor may ours be sent twice.
 */
async function findMessage(
  prompt: Prompt,
  { client, sessionId, before, stop }: PromptContext,
): Promise<Message | typeof UNCLEAR | undefined> {
  const news = await readNew({ client, sessionId, options: { signal: stop.startNothingNew } }, before.known)
  const event = news.findLast((each) => isSame(each, prompt))
  if (event === undefined) return undefined
  return before.isShared ? UNCLEAR : { event }
}

/** By its text, where its id is not known. */
export function isSame(event: SessionEvent, { text, rubric }: Prompt): boolean {
  return (
    event.kind === 'user-message' && event.text === text && (event.outcomeId !== undefined) === (rubric !== undefined)
  )
}
