import type { SessionEvent } from '../api/session-event.ts'
import type { Session } from '../api/sessions.ts'
import type { SentPrompt } from './send-prompt.ts'
import type { Verdict } from './turn.ts'

/** Documented: after these the work goes on. */
const GOES_ON = ['pending', 'running', 'evaluating', 'needs_revision']

/**
 * What came of an outcome; undefined where none was sent.
 * @param session has the last word where the events lack it
 */
export function verdictOf(
  prompt: SentPrompt | undefined,
  ours: readonly SessionEvent[],
  session: Session | undefined,
): Verdict | undefined {
  if (prompt?.rubric === undefined) return undefined
  const isOurs = (id: string) => prompt.outcomeId === undefined || id === prompt.outcomeId
  const ends = ours.flatMap((event) => (event.kind === 'evaluation-end' && isOurs(event.outcomeId) ? [event] : []))
  const kept = session?.evaluations.findLast(({ outcome_id }) => isOurs(outcome_id))
  const isOver = kept !== undefined && !GOES_ON.includes(kept.result)
  const last = ends.at(-1)
  if (last !== undefined && !GOES_ON.includes(last.result)) return { ...last, iterations: last.iteration + 1 }
  return {
    result: isOver ? kept.result : 'unfinished',
    explanation: kept?.explanation || last?.explanation || '',
    iterations: Math.max(isOver ? kept.iteration + 1 : 0, last === undefined ? 0 : last.iteration + 1),
  }
}
