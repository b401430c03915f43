import { type EffectContext, EffectError, performEffect } from '../apply/effect.ts'
import { endSession } from './end-session.ts'

/**
 * Archives the sessions that a new one has replaced, after everything is mounted on that one: until then post would take
 * it back, and the name would mean the old one again. The oldest first, and none after one that fails: as long as one
 * is live that replaces another, the name does not mean that. Resolves to what went wrong. @throws Interrupted
 */
export async function archiveReplaced(
  sessionIds: readonly string[],
  context: EffectContext,
): Promise<EffectError | undefined> {
  try {
    for (const sessionId of sessionIds) {
      const intent = { kind: 'replacement', sessionId } as const
      await performEffect(context, {
        intent,
        failed: `session ${sessionId}, which the new one replaces, could not be archived`,
        call: () => endSession(sessionId, 'archive', context),
        outcome: () => ({ ...intent, isArchived: true }),
      })
      context.log(`Archived session ${sessionId}, whose name the new one has`)
    }
    return undefined
  } catch (error) {
    if (error instanceof EffectError) return error
    throw error
  }
}
