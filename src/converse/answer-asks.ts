import { type Confirmation, confirmTools } from '../api/events.ts'
import { type EffectContext, performEffect, UNCLEAR } from '../apply/effect.ts'
import type { ToolPolicy } from '../inputs/conversation.ts'
import { quote } from '../text/escape.ts'
import { answeredIds } from './asks.ts'
import { readNew } from './read-events.ts'
import type { Awaited } from './turn.ts'

const DENIAL = 'The workflow that runs this session does not allow this tool. Go on without it.'

/** The answers of a policy; undefined if it has none for one of them. */
export function answersOf(
  asks: readonly Awaited[],
  { allow, others }: ToolPolicy,
): readonly Confirmation[] | undefined {
  const answers = asks.flatMap(({ id: useId, tool }): readonly Confirmation[] => {
    if (tool === undefined || tool.isCustom) return []
    if (allow.includes(tool.name)) return [{ useId, result: 'allow' }]
    return others === 'deny' ? [{ useId, result: 'deny', reason: DENIAL }] : []
  })
  return answers.length === asks.length ? answers : undefined
}

/**
 * Answers tools that ask, once: if the reply is lost, the answers are looked for before they are sent again.
 * @param known events in which they are not
 * @throws EffectError, Interrupted
 */
export async function answerAsks(
  sessionId: string,
  asks: readonly Awaited[],
  answers: readonly Confirmation[],
  known: ReadonlySet<string>,
  context: EffectContext,
): Promise<void> {
  const { client, stop, log } = context
  const useIds = answers.map(({ useId }) => useId)
  const intent = { kind: 'confirmation', sessionId, useIds } as const
  await performEffect<unknown>(context, {
    intent,
    failed: `the agent of session ${sessionId} asks to use tools, and could not be answered`,
    call: () => confirmTools(client, sessionId, answers),
    outcome: () => intent,
    find: async () => {
      const answered = answeredIds(
        await readNew({ client, sessionId, options: { signal: stop.startNothingNew } }, known),
      )
      const there = useIds.filter((id) => answered.has(id)).length
      if (there === useIds.length) return true
      // They are taken together: some are somebody else's then.
      return there > 0 ? UNCLEAR : undefined
    },
  })
  for (const { useId, result } of answers) {
    const name = asks.find(({ id }) => id === useId)?.tool?.name ?? ''
    log(`${result === 'allow' ? 'Allowed' : 'Denied'} the tool ${quote(name)}`)
  }
}
