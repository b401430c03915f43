import { EventEmitter, once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type {
  BetaManagedAgentsSessionStatusIdleEvent,
  BetaManagedAgentsUserToolConfirmationEvent,
} from '@anthropic-ai/sdk/resources/beta/sessions/events'
import { isAtCap } from '../sessions/budget.ts'
import type { SentEvent, World } from '../world.ts'
import { type ActContext, eventOfAct, idleEvent } from './agent-event.ts'
import type { Act, EventAct } from './agent-script.ts'
import { COST_CENTS } from './agent-usage.ts'
import { Asks, askForOne } from './asks.ts'
import { evaluate } from './evaluation.ts'
import { LiveSession } from './live-session.ts'
import { actOfThread, threadIdOf, threadStatusEvent } from './thread-acts.ts'
import { beginTurn, endTurn, fillIn } from './turn-ends.ts'
import { TurnFiles } from './turn-files.ts'

const STREAM_ACTS = { 'drop-streams': 'cut', 'end-streams': 'end', 'duplicate-last': 'repeat' } as const

/** The scripted agent at work on one message. */
export class Turn {
  readonly #world: World
  readonly #sessionId: string
  readonly #session: LiveSession
  readonly #message: SentEvent
  /** Ends the waits of this turn, and those for its files. */
  readonly #life: AbortSignal
  readonly #stop = new AbortController()
  readonly #over: AbortSignal
  readonly #startedAt: number
  #awake = new AbortController()
  #toolUse: ActContext['toolUse']
  readonly #files: TurnFiles
  /** Cents since the last idle, where the script says. */
  #spent: number | undefined
  #asks: Asks | undefined
  /** Where it waits for somebody outside. */
  readonly #held = new EventEmitter()

  constructor(world: World, sessionId: string, message: SentEvent, life: AbortSignal) {
    this.#world = world
    this.#sessionId = sessionId
    this.#session = new LiveSession(world, sessionId)
    this.#message = message
    this.#life = life
    this.#startedAt = world.now()
    this.#files = new TurnFiles(world, sessionId)
    this.#over = AbortSignal.any([life, this.#stop.signal])
  }

  /** Whether its waits have been ended from outside. */
  get isOver(): boolean {
    return this.#stop.signal.aborted || this.#life.aborted
  }

  /** It paused at the budget. */
  get isPaused(): boolean {
    return this.#held.listenerCount('release') > 0 && this.#asks === undefined
  }

  /** The tools that may be confirmed; undefined if it asks nothing. */
  get asking(): readonly string[] | undefined {
    return this.#asks?.confirmable
  }

  /** No further act is done. */
  stop(): void {
    this.#stop.abort()
  }

  /** Ends the wait that it is in. */
  wake(): void {
    this.#awake.abort()
  }

  resume(): void {
    this.#held.emit('release')
  }

  confirm(confirmation: BetaManagedAgentsUserToolConfirmationEvent): void {
    this.#asks?.take(confirmation)
    this.#held.emit('release')
  }

  /** Rejects when it is over, and with SessionOver when the session is gone or closed. */
  async perform(acts: readonly Act[]): Promise<void> {
    if (acts.some(({ act }) => act === 'spend')) this.#spent = 0
    // Not before the request that brought the message has been answered for.
    await this.#wait(0)
    beginTurn(this.#session, this.#message)
    for (const act of acts) {
      await this.#act(act)
      this.#stop.signal.throwIfAborted()
    }
  }

  /** Ends the turn in the session, as the idle event says; the status can be left as it is. */
  idle(event: BetaManagedAgentsSessionStatusIdleEvent, { keepsStatus = false } = {}): void {
    endTurn(this.#session, event, { startedAt: this.#startedAt, spent: this.#spent ?? COST_CENTS, keepsStatus })
    if (this.#spent !== undefined) this.#spent = 0
    this.#files.writeLate(this.#life)
  }

  idleAtEnd(): void {
    this.idle(idleEvent(this.#world, 'end_turn'))
  }

  async #act(act: Act): Promise<void> {
    switch (act.act) {
      case 'wait':
        return this.#wait(act.ms)
      case 'output-file':
        return this.#output(act)
      case 'spend':
        return this.#spend(act.cents)
      case 'evaluate':
        return this.#message.type === 'user.define_outcome' ? evaluate(this.#session, this.#message, act) : undefined
      case 'thread':
        return actOfThread(this.#session, act)
      case 'ask':
        return this.#ask(act)
      case 'requires-action':
        return this.#ask(askForOne(act))
      case 'idle':
        return this.idle(idleEvent(this.#world, act.stopReason ?? 'end_turn'))
      case 'idle-event-before-status':
        this.idle(idleEvent(this.#world, 'end_turn'), { keepsStatus: true })
        await this.#wait(act.ms)
        return this.#session.changeFacts({ status: 'idle' })
      case 'flap':
        this.#session.turnTo('running')
        await this.#wait(act.ms)
        return this.#session.turnTo('idle')
      case 'running':
      case 'rescheduling':
      case 'terminated':
        return this.#session.turnTo(act.act)
      case 'drop-streams':
      case 'end-streams':
      case 'duplicate-last':
        return this.#world.streams[STREAM_ACTS[act.act]](this.#sessionId)
      default:
        return this.#tell(act)
    }
  }

  #tell(act: EventAct): void {
    const event = eventOfAct(this.#world, act, {
      fill: (text) => fillIn(text, this.#session, this.#message),
      toolUse: this.#toolUse,
    })
    if (act.act === 'tool-use') this.#toolUse = { id: event.id, isMcp: false }
    if (act.act === 'mcp-tool-use') this.#toolUse = { id: event.id, isMcp: true }
    this.#session.tell(event)
  }

  /** Documented: the request that crosses the cap is finished, and the next one not begun. */
  async #spend(cents: number): Promise<void> {
    while (isAtCap(this.#session.record.facts, this.#spent)) {
      this.idle(idleEvent(this.#world, 'budget_reached'))
      await once(this.#held, 'release', { signal: this.#over })
      this.#session.turnTo('running')
    }
    this.#spent = (this.#spent ?? 0) + cents
  }

  /** Documented: of what another thread asks while the session runs, the session gives no idle. */
  async #ask({ act, tools, thread }: Extract<Act, { act: 'ask' }>): Promise<void> {
    const threadId = thread === undefined ? undefined : threadIdOf(this.#session, thread)
    const asks = new Asks(this.#session, { act, tools, thread: threadId })
    this.#asks = asks
    while (asks.window.length > 0) {
      const idle = idleEvent(this.#world, { waitsFor: asks.window })
      if (threadId === undefined) this.idle(idle)
      else this.#session.tell(threadStatusEvent(this.#session, threadId, idle.stop_reason))
      await once(this.#held, 'release', { signal: this.#over })
      if (threadId === undefined) this.#session.turnTo('running')
      else this.#session.tell(threadStatusEvent(this.#session, threadId))
    }
    this.#asks = undefined
  }

  #output({ filename, content = '', sizeBytes, indexingLagMs = 0 }: Extract<Act, { act: 'output-file' }>): void {
    this.#files.write(
      filename,
      sizeBytes === undefined ? fillIn(content, this.#session, this.#message) : { sizeBytes },
      indexingLagMs,
    )
  }

  async #wait(ms: number): Promise<void> {
    const awake = new AbortController()
    this.#awake = awake
    const signal = AbortSignal.any([this.#over, awake.signal])
    await sleep(ms, undefined, { signal }).catch((error: unknown) => {
      if (!awake.signal.aborted) throw error
    })
  }
}
