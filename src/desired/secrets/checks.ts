import { matchesOf, OWN_RULES } from '../../text/secret-rules/own-rules.ts'
import { isPlaceholder } from '../../text/secret-rules/placeholder.ts'
import { REACH, type Reach, type Rule } from '../../text/secret-rules/rule.ts'
import type { Searched } from './literal-search.ts'
import { formsOf } from './own-secrets.ts'
import { presetRules, type RunnableRule } from './preset-rules.ts'

/** What is looked for in the bytes around a literal. */
export interface Check extends Searched {
  /** What it finds, in the words of a warning. */
  readonly id: string
  readonly reach: Reach
  readonly isWorthwhile?: ((bytes: Uint8Array, at: number) => boolean) | undefined
  readonly isIn: (bytes: Buffer) => boolean
}

const OWN_SECRET = "one of this run's own credentials"

/** All that is looked for in a file: the run's own secrets, and what looks like one. */
export function checksFor(ownSecrets: readonly string[]): readonly Check[] {
  return [
    ...ownSecrets.flatMap(formsOf).map((form) => ({ ...form, id: OWN_SECRET })),
    ...OWN_RULES.map((rule) => checkOf({ ...rule, matches: (text) => matchesOf(rule, text) })),
    ...presetRules().map((rule) => checkOf(rule)),
  ]
}

function checkOf(rule: RunnableRule & Pick<Rule, 'isWorthwhile'>): Check {
  return {
    id: rule.id,
    literals: rule.literals.map((literal) => Buffer.from(literal, 'latin1')),
    reach: rule.reach ?? REACH,
    isWorthwhile: rule.isWorthwhile,
    isIn: (bytes) =>
      readings(bytes.toString()).some((text) => rule.matches(text).some((match) => !isPlaceholder(match))),
  }
}

/** A text as it stands, without the escapes in front of words, and what it says if it is part of an address. */
function readings(text: string): readonly string[] {
  const plain = text.replaceAll(/\\[nrt]/g, ' ')
  const decoded = plain.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return decoded === plain ? [plain] : [plain, decoded]
}
