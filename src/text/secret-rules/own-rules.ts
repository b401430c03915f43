import { ADDRESS_RULE } from './address-rule.ts'
import { CLOUD_RULES } from './cloud-rules.ts'
import { CONFIG_RULES } from './config-rules.ts'
import { isInEncodedRun } from './encoded-run.ts'
import { FORGE_RULES } from './forge-rules.ts'
import { KEY_RULES } from './key-rules.ts'
import { isPlaceholder } from './placeholder.ts'
import type { Rule } from './rule.ts'
import { SERVICE_RULES } from './service-rules.ts'

/** The rules that the kept preset lacks, or has in part. They guard files, and hide what looks like a secret in texts. */
export const OWN_RULES: readonly Rule[] = [
  ...KEY_RULES,
  ...CONFIG_RULES,
  ADDRESS_RULE,
  ...CLOUD_RULES,
  ...FORGE_RULES,
  ...SERVICE_RULES,
]

/** The secrets that a rule finds in a text. */
export function matchesOf(rule: Rule, text: string): readonly string[] {
  return secretSpans(rule, text).map(([start, end]) => text.slice(start, end))
}

/** Where in a text there are secrets that look like one, from the first index up to the second. */
export function spansOfSecrets(text: string): readonly (readonly [number, number])[] {
  if (!ANY_LITERAL.test(text)) return []
  return OWN_RULES.filter(({ literals }) => literals.some((literal) => text.includes(literal)))
    .flatMap((rule) => secretSpans(rule, text))
    .filter(([start, end]) => !isPlaceholder(text.slice(start, end)))
}

function secretSpans({ pattern, isSecret, standsInData }: Rule, text: string): readonly (readonly [number, number])[] {
  return Array.from(text.matchAll(pattern))
    .filter((match) => standsInData || !isInEncodedRun(text, match.index, match.index + match[0].length))
    .filter((match) => isSecret === undefined || isSecret(match))
    .map((match) => {
      const secret = match.groups?.secret ?? match.slice(1).find((group) => group !== undefined) ?? match[0]
      const start = match.index + match[0].lastIndexOf(secret)
      return [start, start + secret.length]
    })
}

/** One pass for all: most texts hold no literal, and are not looked at again. */
const ANY_LITERAL = new RegExp(
  OWN_RULES.flatMap(({ literals }) => literals)
    .map((literal) => literal.replaceAll(/[^\w]/g, '\\$&'))
    .join('|'),
)
