import { setTimeout as sleep } from 'node:timers/promises'
import type {
  BetaManagedAgentsSessionEvent,
  BetaManagedAgentsSessionStatusIdleEvent,
} from '@anthropic-ai/sdk/resources/beta/sessions/events'
import { recordEvent } from '../events/events.ts'
import { addOutput } from '../files/files.ts'
import { blobOf, type Output } from '../http/blob.ts'
import { mountPaths } from '../sessions/mount-path.ts'
import { replaceSession, withStatus } from '../sessions/session.ts'
import type { SentEvent, SessionRecord, SessionStatus, World } from '../world.ts'
import { type ActContext, askingEvent, eventOfAct, idleEvent } from './agent-event.ts'
import type { Act, EventAct } from './agent-script.ts'
import { withTurn } from './agent-usage.ts'

/** Thrown to leave a turn whose session takes no more. */
export class SessionOver extends Error {}

interface LateOutput {
  readonly filename: string
  readonly output: Output
  readonly lagMs: number
}

/** The scripted agent at work on one message. */
export class Turn {
  readonly #world: World
  readonly #sessionId: string
  readonly #message: SentEvent
  /** Ends the waits of this turn, and those for its files. */
  readonly #life: AbortSignal
  readonly #stop = new AbortController()
  readonly #startedAt: number
  #awake = new AbortController()
  #toolUse: ActContext['toolUse']
  readonly #late: LateOutput[] = []

  constructor(world: World, sessionId: string, message: SentEvent, life: AbortSignal) {
    this.#world = world
    this.#sessionId = sessionId
    this.#message = message
    this.#life = life
    this.#startedAt = world.now()
  }

  /** Whether its waits have been ended from outside. */
  get isOver(): boolean {
    return this.#stop.signal.aborted || this.#life.aborted
  }

  /** No further act is done. */
  stop(): void {
    this.#stop.abort()
  }

  /** Ends the wait that it is in; the next act is done. */
  wake(): void {
    this.#awake.abort()
  }

  /** Rejects when it is over, and with SessionOver when the session is gone or closed. */
  async perform(acts: readonly Act[]): Promise<void> {
    // Not before the request that brought the message has been answered for.
    await this.#wait(0)
    this.#begin()
    for (const act of acts) {
      await this.#act(act)
      this.#stop.signal.throwIfAborted()
    }
  }

  /** Ends the turn in the session, as the idle event says; the status can be left as it is. */
  idle(event: BetaManagedAgentsSessionStatusIdleEvent, { keepsStatus = false } = {}): void {
    this.#change((session) => {
      const spent = { ...session, facts: withTurn(this.#world, session.facts, this.#startedAt) }
      const told = { ...spent, events: [...spent.events, recordEvent(this.#world, event)] }
      return keepsStatus ? told : { ...told, facts: { ...told.facts, status: 'idle' } }
    })
    for (const late of this.#late.splice(0)) void this.#writeLate(late)
  }

  idleAtEnd(): void {
    this.idle(idleEvent(this.#world, 'end_turn'))
  }

  /** A message that had to wait is marked as taken up. */
  #begin(): void {
    const message = this.#message
    this.#change((session) => {
      const running = withStatus(this.#world, session, 'running')
      const events = running.events.map((record) =>
        record.event.id === message.id ? { ...record, event: message } : record,
      )
      return { ...running, events }
    })
  }

  async #act(act: Act): Promise<void> {
    const { streams } = this.#world
    switch (act.act) {
      case 'wait':
        return this.#wait(act.ms)
      case 'output-file':
        return this.#output(act)
      case 'requires-action':
        return this.#ask(act)
      case 'idle':
        return this.idle(idleEvent(this.#world, act.stopReason ?? 'end_turn'))
      case 'idle-event-before-status':
        this.idle(idleEvent(this.#world, 'end_turn'), { keepsStatus: true })
        await this.#wait(act.ms)
        return this.#change((session) => ({ ...session, facts: { ...session.facts, status: 'idle' } }))
      case 'flap':
        this.#turnTo('running')
        await this.#wait(act.ms)
        return this.#turnTo('idle')
      case 'running':
      case 'rescheduling':
      case 'terminated':
        return this.#turnTo(act.act)
      case 'drop-streams':
        return streams.cut(this.#sessionId)
      case 'end-streams':
        return streams.end(this.#sessionId)
      case 'duplicate-last':
        return streams.repeat(this.#sessionId)
      default:
        return this.#tell(act)
    }
  }

  #turnTo(status: SessionStatus): void {
    this.#change((session) => withStatus(this.#world, session, status))
  }

  #tell(act: EventAct): void {
    const event = eventOfAct(this.#world, act, { fill: (text) => this.#fill(text), toolUse: this.#toolUse })
    if (act.act === 'tool-use') this.#toolUse = { id: event.id, isMcp: false }
    if (act.act === 'mcp-tool-use') this.#toolUse = { id: event.id, isMcp: true }
    this.#record(event)
  }

  #ask(act: Extract<Act, { act: 'requires-action' }>): void {
    const asking = askingEvent(this.#world, act)
    this.#record(asking)
    this.idle(idleEvent(this.#world, { waitsFor: [asking.id] }))
  }

  #output(act: Extract<Act, { act: 'output-file' }>): void {
    const { filename, content = '', sizeBytes, indexingLagMs = 0 } = act
    const output = sizeBytes === undefined ? this.#fill(content) : { sizeBytes }
    if (indexingLagMs > 0) this.#late.push({ filename, output, lagMs: indexingLagMs })
    else addOutput(this.#world, this.#session().facts.id, filename, blobOf(output))
  }

  async #writeLate({ filename, output, lagMs }: LateOutput): Promise<void> {
    try {
      await sleep(lagMs, undefined, { signal: this.#life })
    } catch {
      return
    }
    if (this.#world.sessions.has(this.#sessionId)) addOutput(this.#world, this.#sessionId, filename, blobOf(output))
  }

  #fill(text: string): string {
    const mounted = mountPaths(this.#session().resources).join(', ') || 'nothing'
    return text.replaceAll('{{mounted}}', () => mounted).replaceAll('{{prompt}}', () => promptOf(this.#message))
  }

  #record(event: BetaManagedAgentsSessionEvent): void {
    this.#change((session) => ({ ...session, events: [...session.events, recordEvent(this.#world, event)] }))
  }

  #change(change: (session: SessionRecord) => SessionRecord): void {
    replaceSession(this.#world, change(this.#session()))
  }

  #session(): SessionRecord {
    const session = this.#world.sessions.get(this.#sessionId)
    if (session === undefined || session.facts.status === 'terminated') throw new SessionOver()
    return session
  }

  async #wait(ms: number): Promise<void> {
    const awake = new AbortController()
    this.#awake = awake
    const signal = AbortSignal.any([this.#life, this.#stop.signal, awake.signal])
    await sleep(ms, undefined, { signal }).catch((error: unknown) => {
      if (!awake.signal.aborted) throw error
    })
  }
}

function promptOf(message: SentEvent): string {
  if (message.type === 'user.define_outcome') return message.description
  if (message.type !== 'user.message') return ''
  return message.content.map((block) => (block.type === 'text' ? block.text : '')).join('\n')
}
