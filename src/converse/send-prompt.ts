import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '../api/client.ts'
import { ApiError, mayHaveActed } from '../api/errors.ts'
import { sendMessage } from '../api/events.ts'
import type { SessionEvent } from '../api/session-event.ts'
import { EffectError } from '../apply/effect.ts'
import { type EventHistory, eventsSince, MESSAGES } from './event-history.ts'

/** A prompt that the session has. */
export interface SentPrompt {
  /** When the agent took it up, if it has. */
  readonly takenAt: string | undefined
  /** The session had nothing else to do when it came. */
  readonly wasIdle: boolean
  /** Whether an event is this message. */
  readonly isSame: (event: SessionEvent) => boolean
}

/** Where and when a prompt is sent. */
export interface PromptContext {
  readonly client: Client
  readonly sessionId: string
  /** Before it is sent. */
  readonly history: EventHistory
  readonly wasIdle: boolean
}

const MAX_CALLS = 3

/** Waits before looking for a message whose reply was lost: a list may lag behind. */
const LOOK_AFTER_MS = [0, 500, 1_500] as const

/**
 * Sends a message to the agent, once: if the reply is lost, the message is looked for before it is sent again.
 * @throws EffectError, or what a call throws that is no ApiError
 */
export async function sendPrompt(text: string, context: PromptContext): Promise<SentPrompt> {
  for (let calls = 1; ; calls++) {
    const sent = await sendOnce(text, context, calls < MAX_CALLS)
    if (sent !== 'lost') return sentPrompt(text, sent, context.wasIdle)
  }
}

/** The message as the service has it; `lost` if it surely has not, though it may have been sent. */
async function sendOnce(
  text: string,
  context: PromptContext,
  mayRepeat: boolean,
): Promise<SessionEvent | undefined | 'lost'> {
  const { client, sessionId } = context
  try {
    return await sendMessage(client, sessionId, text)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const found = mayHaveActed(error) ? await lookFor(text, context, error) : undefined
    if (found !== undefined) return found
    if (mayHaveActed(error) && mayRepeat) return 'lost'
    throw notSent(sessionId, error)
  }
}

function sentPrompt(text: string, event: SessionEvent | undefined, wasIdle: boolean): SentPrompt {
  return {
    takenAt: event?.processedAt,
    wasIdle,
    // Some servers give the event another id than the reply does.
    isSame: (other) => isMessage(other, text) || (other.id !== undefined && other.id === event?.id),
  }
}

/** @throws EffectError if that cannot be found out: then it must not be sent again */
async function lookFor(
  text: string,
  { client, sessionId, history }: PromptContext,
  lost: ApiError,
): Promise<SessionEvent | undefined> {
  for (const delay of LOOK_AFTER_MS) {
    await sleep(delay)
    try {
      const messages = await Array.fromAsync(eventsSince(client, sessionId, history, MESSAGES))
      const found = messages.find((event) => isMessage(event, text))
      if (found !== undefined) return found
    } catch (error) {
      throw error instanceof ApiError ? notSent(sessionId, lost) : error
    }
  }
  return undefined
}

function notSent(sessionId: string, error: ApiError): EffectError {
  const what = mayHaveActed(error) ? 'may not have reached' : 'could not be sent to'
  return new EffectError(`everything is mounted, but the prompt ${what} session ${sessionId}`, error)
}

function isMessage(event: SessionEvent, text: string): boolean {
  return event.kind === 'user-message' && event.text === text
}
