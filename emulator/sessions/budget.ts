import * as v from 'valibot'
import { invalid } from '../http/problem.ts'
import { object, text } from '../http/schema.ts'
import type { SessionRecord } from '../world.ts'

type Facts = SessionRecord['facts']

/** A spend ceiling: whole cents, without a leading zero (documented). */
export const limit = object({
  type: v.literal('limit'),
  max_list_cost: object({
    amount: v.pipe(text(32), v.regex(/^[1-9]\d*$/, 'Input should be a positive whole number of cents')),
    currency: v.literal('USD'),
  }),
})

/** Documented: it can be moved or removed, not added, and not to what is consumed or less. */
export function updatedBudget(facts: Facts, sent: Facts['budget'] | undefined): Facts['budget'] {
  if (sent === undefined) return facts.budget
  if (sent === null) return null
  if (facts.budget === null) throw invalid('budget: can only be set when the session is created', 'budget_create_only')
  if (Number(sent.max_list_cost.amount) <= consumed(facts))
    throw invalid('budget: max_list_cost must be above the consumed list cost', 'budget_not_raised')
  return sent
}

/** In cents. */
export function consumed({ usage }: Facts): number {
  return Number(usage.list_cost?.amount ?? 0)
}

/** @param more cents that are not in the session's usage yet */
export function isAtCap(facts: Facts, more = 0): boolean {
  return facts.budget !== null && consumed(facts) + more >= Number(facts.budget.max_list_cost.amount)
}
