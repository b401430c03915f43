import type { BetaManagedAgentsBudgetLimit } from '@anthropic-ai/sdk/resources/beta/sessions/sessions'
import type { Fields } from '../http/fields.ts'
import { invalid } from '../http/problem.ts'

/** A spend ceiling, kept and shown; nothing here spends. */
export function decodeBudget(fields: Fields): BetaManagedAgentsBudgetLimit | undefined {
  const value = fields.raw('budget')
  if (value === undefined || value === null) return undefined
  const budget = fields.object('budget')
  if (budget.oneOf('type', ['limit']) === undefined) throw invalid(`${budget.name('type')}: Field required`)
  const cost = budget.object('max_list_cost')
  const amount = cost.text('amount', { max: 32 })
  const currency = cost.oneOf('currency', ['USD'])
  if (currency === undefined) throw invalid(`${cost.name('currency')}: Field required`)
  cost.end()
  budget.end()
  return { type: 'limit', max_list_cost: { amount, currency } }
}
