import type { BetaManagedAgentsBudgetLimit } from '@anthropic-ai/sdk/resources/beta/sessions/sessions'
import type { Fields } from '../http/fields.ts'
import { invalid } from '../http/problem.ts'
import type { SessionRecord } from '../world.ts'

type Facts = SessionRecord['facts']

/** A spend ceiling: whole cents, without a leading zero (documented). */
export function decodeBudget(fields: Fields): BetaManagedAgentsBudgetLimit | undefined {
  const value = fields.raw('budget')
  if (value === undefined || value === null) return undefined
  const budget = fields.object('budget')
  if (budget.oneOf('type', ['limit']) === undefined) throw invalid(`${budget.name('type')}: Field required`)
  const cost = budget.object('max_list_cost')
  const amount = cost.text('amount', { max: 32 })
  if (!/^[1-9]\d*$/.test(amount))
    throw invalid(`${cost.name('amount')}: Input should be a positive whole number of cents`)
  const currency = cost.oneOf('currency', ['USD'])
  if (currency === undefined) throw invalid(`${cost.name('currency')}: Field required`)
  cost.end()
  budget.end()
  return { type: 'limit', max_list_cost: { amount, currency } }
}

/** Documented: it can be moved or removed, not added, and not to what is consumed or less. */
export function decodeBudgetUpdate(fields: Fields, facts: Facts): Facts['budget'] {
  if (!fields.has('budget')) return facts.budget
  const budget = decodeBudget(fields) ?? null
  if (budget === null) return null
  if (facts.budget === null) throw invalid('budget: can only be set when the session is created', 'budget_create_only')
  if (Number(budget.max_list_cost.amount) <= consumed(facts))
    throw invalid('budget: max_list_cost must be above the consumed list cost', 'budget_not_raised')
  return budget
}

/** In cents. */
export function consumed({ usage }: Facts): number {
  return Number(usage.list_cost?.amount ?? 0)
}

/** @param more cents that are not in the session's usage yet */
export function isAtCap(facts: Facts, more = 0): boolean {
  return facts.budget !== null && consumed(facts) + more >= Number(facts.budget.max_list_cost.amount)
}
