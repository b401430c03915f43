import { quote } from '../text/escape.ts'
import type { InputReader } from './reader.ts'

/** Dollars; more than that is a slip of the pen. */
const MAX = 1_000_000

/** What this step may cost at most, in cents: `2.50` or `2.50 USD`. */
export function readBudget(read: InputReader): number | undefined {
  const value = read.text('budget')
  if (value === undefined) return undefined
  const [, dollars, cents = ''] = /^(\d{1,7})(?:\.(\d{1,2}))?(?:\s*USD)?$/.exec(value) ?? []
  const amount = Number(dollars) * 100 + Number(cents.padEnd(2, '0'))
  if (amount > 0 && amount <= MAX * 100) return amount
  read.problem(
    'budget',
    `${quote(value)} is not an amount in US dollars from 0.01 to ${MAX}, with two decimals at most, like \`2.50\` or \`2.50 USD\``,
  )
  return undefined
}
