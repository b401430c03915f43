import { setTimeout as sleep } from 'node:timers/promises'
import type { BetaManagedAgentsUserToolConfirmationEvent } from '@anthropic-ai/sdk/resources/beta/sessions/events'
import type { Agent, SentEvent, World } from '../world.ts'
import type { AgentScript } from './agent-script.ts'
import { Turn } from './agent-turn.ts'
import { SessionOver } from './live-session.ts'

interface Conversation {
  readonly sessionId: string
  /** How many messages have been taken up. */
  turns: number
  turn: Turn | undefined
  isBusy: boolean
  isStopping: boolean
  queue: readonly SentEvent[]
}

/** The agent that the sessions are run by: what it is asked is said of its interface. */
export class ScriptedAgent implements Agent {
  readonly #world: World
  #script: AgentScript | undefined
  #life = new AbortController()
  readonly #conversations = new Map<string, Conversation>()

  constructor(world: World) {
    this.#world = world
  }

  follow(script: AgentScript | 'silent'): void {
    this.#script = script === 'silent' ? undefined : script
  }

  hear(sessionId: string, message: SentEvent, isIdle: boolean): boolean {
    if (this.#script === undefined) return false
    const conversation = this.#conversation(sessionId)
    if (conversation.isBusy && (!isIdle || conversation.turn?.asking !== undefined)) {
      conversation.queue = [...conversation.queue, message]
      return true
    }
    conversation.turn?.stop()
    this.#start(conversation, message)
    return false
  }

  interrupt(sessionId: string): boolean {
    const conversation = this.#conversations.get(sessionId)
    if (conversation?.turn === undefined) return false
    conversation.queue = []
    conversation.turn.stop()
    if (!conversation.isStopping) void this.#settle(conversation, conversation.turn)
    return true
  }

  drop(sessionId: string): void {
    const conversation = this.#conversations.get(sessionId)
    if (conversation?.turn === undefined || (conversation.turn.asking === undefined && !conversation.turn.isPaused))
      return
    conversation.turn.stop()
    conversation.isBusy = false
    conversation.queue = []
  }

  resume(sessionId: string): boolean {
    const turn = this.#conversations.get(sessionId)?.turn
    if (turn?.isOver !== false || !turn.isPaused) return false
    turn.resume()
    return true
  }

  asking(sessionId: string): readonly string[] {
    const turn = this.#conversations.get(sessionId)?.turn
    return turn?.isOver === false ? (turn.asking ?? []) : []
  }

  confirm(sessionId: string, confirmation: BetaManagedAgentsUserToolConfirmationEvent): void {
    this.#conversations.get(sessionId)?.turn?.confirm(confirmation)
  }

  wake(sessionId: string): void {
    this.#conversations.get(sessionId)?.turn?.wake()
  }

  forget(sessionId: string): void {
    this.#conversations.get(sessionId)?.turn?.stop()
    this.#conversations.delete(sessionId)
  }

  clear(): void {
    this.#life.abort()
    this.#life = new AbortController()
    this.#script = undefined
    this.#conversations.clear()
  }

  #conversation(sessionId: string): Conversation {
    const known = this.#conversations.get(sessionId)
    if (known !== undefined) return known
    const begun = { sessionId, turns: 0, turn: undefined, isBusy: false, isStopping: false, queue: [] }
    this.#conversations.set(sessionId, begun)
    return begun
  }

  #start(conversation: Conversation, message: SentEvent): void {
    const turns = this.#script?.turns ?? []
    const acts = turns[Math.min(conversation.turns, turns.length - 1)] ?? []
    const turn = new Turn(this.#world, conversation.sessionId, message, this.#life.signal)
    conversation.turns += 1
    conversation.turn = turn
    conversation.isBusy = true
    turn.perform(acts).then(
      () => this.#next(conversation, turn),
      (error: unknown) => ignoreEnd(turn.isOver, error),
    )
  }

  async #settle(conversation: Conversation, turn: Turn): Promise<void> {
    conversation.isStopping = true
    conversation.isBusy = true
    const life = this.#life.signal
    try {
      await sleep(this.#script?.interruptLagMs ?? 0, undefined, { signal: life })
      conversation.isStopping = false
      turn.idleAtEnd()
      this.#next(conversation, turn)
    } catch (error) {
      ignoreEnd(life.aborted, error)
    }
  }

  #next(conversation: Conversation, turn: Turn): void {
    if (conversation.turn !== turn || conversation.isStopping) return
    const [message, ...queue] = conversation.queue
    conversation.isBusy = false
    conversation.queue = queue
    if (message !== undefined) this.#start(conversation, message)
  }
}

/** A turn that is stopped, or whose session is gone, has nobody left to tell. */
function ignoreEnd(isOver: boolean, error: unknown): void {
  if (!isOver && !(error instanceof SessionOver)) throw error
}
