import type { SessionError, SessionEvent } from '../api/session-event.ts'
import type { JsonObject } from '../text/json.ts'
import { withoutOldAsks } from './asks.ts'
import { findPromptPlace, type Placed, type PromptPlace } from './prompt-place.ts'
import type { SentPrompt } from './send-prompt.ts'
import { answeringSpan, type Idle, type Lack, lackOf, type PlacedIdle, saysSomething, spansOf } from './spans.ts'
import { type Ending, isOrdinary, stoppedBy } from './turn.ts'

/** New events from one poll, and its time in milliseconds. */
export interface Reading {
  readonly events: readonly SessionEvent[]
  readonly at: number
}

/** All that is known of a session since just before it was told something. */
export interface Followed {
  /** Undefined when nothing was sent: then whatever ends next is the end. */
  readonly prompt: SentPrompt | undefined
  /** Those that brought anything. */
  readonly readings: readonly Reading[]
  readonly now: number
}

/** State of the turn that answers the prompt. */
export interface TurnView {
  /** Events that are known to belong to it. */
  readonly ours: readonly SessionEvent[]
  /** Undefined while it is not over. */
  readonly ending: Ending | undefined
  /** The session is idle; more may come within seconds all the same. */
  readonly isSettling: boolean
  readonly lack: Lack | undefined
  /** What the session had used when it began. */
  readonly usageBefore: JsonObject | undefined
}

/** Time to wait for more after an idle event, in milliseconds. */
export interface Patience {
  /** It cannot be told whose idle it is: ours follows at once on that of a turn before. */
  readonly unclear: number
  /** Nothing tells that the agent took the prompt up; some servers never do. */
  readonly untaken: number
  /** The turn lacks something; that was seen to come up to 1.5 s behind the idle event. */
  readonly lacking: number
}

/** `unclear` is a little less than the pause before a second look: timers may fire early. */
const PATIENCE: Patience = { unclear: 700, untaken: 6_000, lacking: 5_000 }

/** When time is up. */
export const NO_PATIENCE: Patience = { unclear: 0, untaken: Number.POSITIVE_INFINITY, lacking: 0 }

/** For a wait without a prompt. */
const FROM_HERE: PromptPlace = { index: 0, isListed: true, isTaken: true, isAlone: true, takenIn: undefined }

/** Tells which events answer the prompt, and whether and how that turn has ended. */
export function viewTurn(followed: Followed, patience: Patience = PATIENCE): TurnView {
  const { prompt, readings } = followed
  const placed = withoutOldAsks(readings.flatMap(({ events }, reading) => events.map((event) => ({ event, reading }))))
  const place = prompt === undefined ? FROM_HERE : findPromptPlace(prompt, placed)
  const spans = spansOf(placed.slice(place.index))
  const span = prompt === undefined ? spans[0] : answeringSpan(spans, place)
  const events = span?.events ?? []
  const view = { isSettling: lastStatus(placed)?.kind === 'idle', lack: lackOf(events) }
  const idle = place.isAlone ? span?.idles[0] : span?.idles.at(-1)
  const isOver = idle !== undefined && waitBehind(idle, place, view, patience, followed) <= 0
  // Until the agent takes the prompt up, what it does is for somebody else.
  const ours = place.isTaken || place.isAlone || isOver ? events : []
  const ending =
    goneEnding(placed) ??
    repositoryEnding(ours, idle !== undefined) ??
    blockedEnding(placed, place) ??
    (isOver ? idleEnding(idle.event, ours, placed, prompt !== undefined) : undefined)
  const begins = placed.findIndex(({ event }) => event === events[0])
  const usageBefore = lastUsage(eventsOf(placed.slice(0, Math.max(begins, 0))))
  return { ...view, ours, ending, usageBefore }
}

/** In milliseconds: remaining wait until an idle event counts as the end of the turn. */
function waitBehind(
  idle: PlacedIdle,
  { isListed, isTaken, isAlone, takenIn }: PromptPlace,
  { isSettling, lack }: Pick<TurnView, 'isSettling' | 'lack'>,
  patience: Patience,
  { readings, now }: Followed,
): number {
  const isClear = isTaken && isListed && (isAlone || (takenIn !== undefined && idle.reading > takenIn))
  if (!isClear && !isSettling) return Number.POSITIVE_INFINITY
  const sinceNews = now - (readings.at(-1)?.at ?? now)
  const sinceIdle = now - (readings[idle.reading]?.at ?? now)
  const settling = isTaken ? patience.unclear : patience.untaken
  return Math.max(
    isClear ? 0 : settling - sinceNews,
    lack !== undefined && isOrdinary(idle.event) ? patience.lacking - sinceIdle : 0,
  )
}

function lastStatus(placed: readonly Placed[]): SessionEvent | undefined {
  const statuses: readonly SessionEvent['kind'][] = ['running', 'rescheduled', 'idle']
  return placed.findLast(({ event }) => statuses.includes(event.kind))?.event
}

function goneEnding(placed: readonly Placed[]): Ending | undefined {
  const gone = placed.findLast(({ event }) => event.kind === 'terminated' || event.kind === 'deleted')?.event
  return gone?.kind === 'terminated' || gone?.kind === 'deleted' ? { kind: gone.kind } : undefined
}

function repositoryEnding(ours: readonly SessionEvent[], isIdle: boolean): Ending | undefined {
  const error = errorsOf(ours).find(({ type }) => type.startsWith('repository_'))
  return error === undefined ? undefined : { kind: 'no-repository', error, isIdle }
}

/** A blocked earlier turn blocks ours. */
function blockedEnding(placed: readonly Placed[], { isTaken }: PromptPlace): Ending | undefined {
  const last = lastStatus(placed)
  if (isTaken || last?.kind !== 'idle' || last.stopReason !== 'requires_action') return undefined
  return { kind: 'idle', ...stoppedBy(last, eventsOf(placed)) }
}

function idleEnding(idle: Idle, ours: readonly SessionEvent[], placed: readonly Placed[], isAnswer: boolean): Ending {
  const stopped = stoppedBy(idle, eventsOf(placed))
  const error = errorsOf(ours).at(-1)
  const isSilent = !ours.some(saysSomething)
  if (isAnswer && isSilent && isOrdinary(idle) && error !== undefined) return { kind: 'no-answer', error, ...stopped }
  return { kind: 'idle', ...stopped }
}

export function lastUsage(events: readonly SessionEvent[]): JsonObject | undefined {
  return events.flatMap((event) => (event.kind === 'usage' ? [event.usage] : [])).at(-1)
}

export function errorsOf(events: readonly SessionEvent[]): readonly SessionError[] {
  return events.flatMap((event) => (event.kind === 'error' ? [event.error] : []))
}

function eventsOf(placed: readonly Placed[]): readonly SessionEvent[] {
  return placed.map(({ event }) => event)
}
