import { saysGone } from '../api/errors.ts'
import type { Confirmation } from '../api/events.ts'
import type { SessionEvent } from '../api/session-event.ts'
import { EffectError } from '../apply/effect.ts'
import { pause } from '../stop/pause.ts'
import { answerAsks, answersOf } from './answer-asks.ts'
import { openAsks } from './asks.ts'
import type { Conversation, ConversationContext } from './conversation.ts'
import { persist } from './persist.ts'
import { eventKey, readNew } from './read-events.ts'
import type { SentPrompt } from './send-prompt.ts'
import type { SessionBefore } from './session-before.ts'
import { agentOf, ownThread, withoutThread } from './threads.ts'
import { type Awaited, type Ending, toolOf } from './turn.ts'
import { NO_PATIENCE, type Patience, type Reading, type TurnView, viewTurn } from './view-turn.ts'

/** Polling interval by time waited, in milliseconds. */
const PACE = [
  { until: 60_000, every: 1_000 },
  { until: 600_000, every: 5_000 },
  { until: Number.POSITIVE_INFINITY, every: 10_000 },
] as const

/** While a session is idle, and more may come or not: with the pause before it, the end is seen within two seconds. */
const SETTLING_MS = 800

/** In milliseconds: time for the last look at the list when time is up. */
const LAST_LOOK_MS = 5_000

/**
 * The pause before the next look at the list. A hundred jobs that wait must not use up what the organization may ask.
 * @param elapsed since the wait began, in milliseconds
 */
export function paceAfter(elapsed: number): number {
  return (PACE.find(({ until }) => elapsed < until) ?? PACE[2]).every
}

/** In milliseconds: how long to look on where something is asked for that has no answer here. What was asked before may be over. */
const ASKING_MS = { now: 1_500, before: 6_000 } as const

/** Follows a session by its list of events, until the turn that answers a prompt is over. */
export class Follower {
  readonly #conversation: Pick<Conversation, 'sessionId' | 'toolPolicy'>
  readonly #before: SessionBefore
  readonly #prompt: SentPrompt | undefined
  readonly #context: ConversationContext
  /** The events that are no news, by `eventKey`. */
  readonly #known: Set<string>
  readonly #shown = new Set<string>()
  readonly #readings: Reading[] = []
  readonly #begun = performance.now()
  /** The session's own thread. */
  #own: string | undefined

  /** @param prompt undefined when nothing was sent: then whatever ends next is the end */
  constructor(
    conversation: Pick<Conversation, 'sessionId' | 'toolPolicy'>,
    before: SessionBefore,
    prompt: SentPrompt | undefined,
    context: ConversationContext,
  ) {
    this.#conversation = conversation
    this.#before = before
    this.#prompt = prompt
    this.#context = context
    this.#known = new Set(before.known)
  }

  view(patience?: Patience): TurnView {
    return viewTurn({ prompt: this.#prompt, readings: this.#readings, now: performance.now() }, patience)
  }

  /**
   * @param timeIsUp fires when the wait is to end; there is one last look then
   * @throws the reason of `cancelled` when that fires, ApiError if the service will not tell any more
   */
  async follow(timeIsUp: AbortSignal, cancelled: AbortSignal): Promise<Ending> {
    try {
      return await this.#followUntilOver(AbortSignal.any([timeIsUp, cancelled]))
    } catch (error) {
      if (saysGone(error)) return { kind: 'deleted' }
      cancelled.throwIfAborted()
      if (!timeIsUp.aborted) throw error
      return this.#lastLook(cancelled)
    }
  }

  async #followUntilOver(signal: AbortSignal): Promise<Ending> {
    for (let view = this.view(); ; view = this.view()) {
      const ending = await this.#endingOf(view)
      if (ending !== undefined) return ending
      const delayMs = paceAfter(performance.now() - this.#begun)
      await pause(view.isSettling ? Math.min(SETTLING_MS, delayMs) : delayMs, signal)
      await persist(() => this.#look(signal), { signal, delayMs, log: this.#context.log })
    }
  }

  /** How it has ended; what it asks is answered, as far as the policy has an answer. */
  async #endingOf({ ending, isSettling }: TurnView): Promise<Ending | undefined> {
    const asks = openAsks(this.#events())
    const isAsking = asks.length > 0
    if (ending !== undefined && !(isAsking && 'waitsFor' in ending && ending.stopReason === 'requires_action'))
      return ending
    if (!isAsking) return undefined
    const answers = answersOf(asks, this.#conversation.toolPolicy)
    if (answers !== undefined) {
      await this.#answer(asks, answers)
      return undefined
    }
    // An idle of the session follows on that of its thread, and the use of a tool may be listed late.
    const since = performance.now() - (this.#readings.at(-1)?.at ?? this.#begun)
    const isKnown = ending !== undefined && asks.every(({ tool }) => tool !== undefined)
    const isNew = openAsks(this.#readings.flatMap(({ events }) => events)).length > 0
    if (!isKnown && since < ASKING_MS[isNew ? 'now' : 'before']) return undefined
    const stopped = { stopReason: 'requires_action', waitsFor: asks, explanation: undefined } as const
    return ending ?? { kind: isSettling ? 'idle' : 'asked', ...stopped }
  }

  /** If that fails, somebody else may have answered one of them. @throws EffectError */
  async #answer(asks: readonly Awaited[], answers: readonly Confirmation[]): Promise<void> {
    try {
      await answerAsks(this.#conversation.sessionId, asks, answers, this.#known, this.#context)
    } catch (error) {
      if (!(error instanceof EffectError)) throw error
      await this.#look(this.#context.stop.startNothingNew)
      const open = openAsks(this.#events()).map(({ id }) => id)
      if (asks.every(({ id }) => open.includes(id))) throw error
      return
    }
    const given = answers.map(
      ({ useId }) => ({ kind: 'confirmation', useId, id: undefined, processedAt: undefined }) as const,
    )
    this.#readings.push({ events: given, at: performance.now() })
  }

  #events(): readonly SessionEvent[] {
    return withoutThread([...this.#before.events, ...this.#readings.flatMap(({ events }) => events)], this.#own)
  }

  /** An end that is on the list when time is up is the end. */
  async #lastLook(cancelled: AbortSignal): Promise<Ending> {
    try {
      await this.#look(AbortSignal.any([cancelled, AbortSignal.timeout(LAST_LOOK_MS)]))
    } catch (error) {
      cancelled.throwIfAborted()
      if (saysGone(error)) return { kind: 'deleted' }
    }
    return this.view(NO_PATIENCE).ending ?? { kind: 'timed-out' }
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { client } = this.#context
    const { sessionId } = this.#conversation
    const events = await readNew({ client, sessionId, options: { signal, repeat: 'by-caller' } }, this.#known)
    for (const event of events) this.#known.add(eventKey(event))
    this.#own ??= ownThread([...this.#events(), ...events])
    const told = withoutThread(events, this.#own)
    if (told.length > 0) this.#readings.push({ events: told, at: performance.now() })
    await this.#show()
  }

  async #show(): Promise<void> {
    const { ours } = this.view()
    const all = this.#events()
    for (const event of ours.filter((each) => !this.#shown.has(eventKey(each)))) {
      this.#shown.add(eventKey(event))
      const tool = event.kind === 'tool-result' ? toolOf(event.useId, all) : undefined
      await this.#context.listener.show(event, tool, agentOf(event, all))
    }
  }
}
