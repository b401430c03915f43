import type { Session } from '../api/sessions.ts'
import { spendingOf } from '../api/usage.ts'
import type { Desired } from '../desired/desire.ts'

/** Error texts for a budget that a session cannot get, and for a prompt that it does not take at its own. */
export function budgetProblems(
  { budgetCents, prompt }: Pick<Desired, 'budgetCents' | 'prompt'>,
  { budgetCents: cap, usage }: Pick<Session, 'budgetCents' | 'usage'>,
): readonly string[] {
  if (cap === undefined) {
    const how = 'a session gets a budget only when it is created; remove `budget`, or use another session'
    return budgetCents === undefined ? [] : [`it was created without a budget, and cannot get one: ${how}`]
  }
  const isUsedUp = (spendingOf(usage).cents ?? 0) >= cap
  return isUsedUp && budgetCents === undefined && prompt !== undefined
    ? ['its budget is used up, so it takes no prompt; set `budget` to what this step may cost at most']
    : []
}
