import type { SessionEvent } from '../api/session-event.ts'
import { isSame, type SentPrompt } from './send-prompt.ts'

/** An event, and the number of the reading that brought it. */
export interface Placed {
  readonly event: SessionEvent
  readonly reading: number
}

export interface PromptPlace {
  /** Events from this index on may belong to its turn. */
  readonly index: number
  readonly isListed: boolean
  /** The agent has taken it up. */
  readonly isTaken: boolean
  /** Nothing else was under way when it came: the next idle is that of its turn. */
  readonly isAlone: boolean
  /**
   * The reading that brought that it was taken up, if it was seen waiting before: an idle that a later reading brings
   * is that of its turn.
   */
  readonly takenIn: number | undefined
}

/** Finds a prompt by its id; by its text only if the service gave it none that its list knows. */
export function findPromptPlace(prompt: SentPrompt, placed: readonly Placed[]): PromptPlace {
  const hasId = ({ event }: Placed) => prompt.id !== undefined && event.id === prompt.id
  const hasText = ({ event }: Placed) => isSame(event, prompt)
  const isOwn = placed.some(hasId) ? hasId : hasText
  const taken = placed.findLastIndex((each) => isOwn(each) && each.event.processedAt !== undefined)
  const index = taken >= 0 ? taken : placed.findLastIndex(isOwn)
  const takenIn = prompt.isQueued ? placed[taken]?.reading : undefined
  return {
    index: Math.max(index, 0),
    isListed: index >= 0,
    isTaken: taken >= 0 || !prompt.isQueued,
    isAlone: isAlone(prompt, placed.slice(0, Math.max(index, 0)), isOwn),
    takenIn,
  }
}

/** A session that was idle may have been told something else just before. */
function isAlone(prompt: SentPrompt, before: readonly Placed[], isOwn: (each: Placed) => boolean): boolean {
  const idle = before.findLastIndex(({ event }) => event.kind === 'idle')
  const others = before.slice(idle + 1).some((each) => each.event.kind === 'user-message' && !isOwn(each))
  return !others && (idle >= 0 || prompt.wasIdle)
}
