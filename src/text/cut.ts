import { redact } from './redact.ts'

/**
 * The start of a text that is shown, with a mark where something is left out. It is redacted first: half a secret is not
 * recognised any more. No character is cut in two.
 */
export function cut(text: string, most: number): string {
  const shown = redact(text)
  if (shown.length <= most) return shown
  return `${shown.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`
}
