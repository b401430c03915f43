import { ADDRESS_RULE } from './address-rule.ts'
import { CLOUD_RULES } from './cloud-rules.ts'
import { CONFIG_RULES } from './config-rules.ts'
import { isInEncodedRun } from './encoded-run.ts'
import { FORGE_RULES } from './forge-rules.ts'
import { KEY_RULES } from './key-rules.ts'
import type { Searched } from './literal-search.ts'
import { formsOf } from './own-secrets.ts'
import { isPlaceholder } from './placeholder.ts'
import { presetRules, type RunnableRule } from './preset-rules.ts'
import { REACH, type Reach, type Rule } from './rule.ts'
import { SERVICE_RULES } from './service-rules.ts'

/** The rules that the preset lacks, or has in part. */
export const OWN_RULES: readonly Rule[] = [
  ...KEY_RULES,
  ...CONFIG_RULES,
  ADDRESS_RULE,
  ...CLOUD_RULES,
  ...FORGE_RULES,
  ...SERVICE_RULES,
]

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

/** The secrets that a rule of ours finds in a text. */
export function matchesOf({ pattern, isSecret, standsInData }: Rule, text: string): readonly string[] {
  return Array.from(text.matchAll(pattern))
    .filter((match) => standsInData || !isInEncodedRun(text, match.index, match.index + match[0].length))
    .filter((match) => isSecret === undefined || isSecret(match))
    .map((match) => match.slice(1).find((group) => group !== undefined) ?? match[0])
}
