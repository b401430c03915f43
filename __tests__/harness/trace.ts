import { existsSync, readFileSync } from 'node:fs'
import type { StepResult } from './step.ts'

/** Everything that a step leaves for others to read, masks aside, which the runner swallows. */
export function tracesOf(result: StepResult): string {
  const manifest = result.outputs['manifest-path'] ?? ''
  const files = manifest !== '' && existsSync(manifest) ? [readFileSync(manifest, 'utf8')] : []
  const values = [result.outputs, result.state].flatMap((each) => Object.entries(each).flat())
  return [result.stdout, result.stderr, ...values, result.summary, ...files].join('\n')
}

/** The forms in which a secret leaks: raw, URL-encoded, Base64 of itself and of what it usually stands in. */
function formsOf(secret: string): readonly string[] {
  const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/=+$/, '')
  // Base64 of a longer text holds the secret's in one of three alignments; the outermost letters mix with others.
  const inside = [0, 1, 2].map((shift) => base64(`${' '.repeat(shift)}${secret}`).slice(4, -3))
  const forms = [secret, encodeURIComponent(secret), base64(secret), Buffer.from(secret).toString('base64url')]
  return [...new Set([...forms, ...inside])]
}

/** Which of the secrets a text holds in whatever form, by name. */
export function leaks(text: string, secrets: Readonly<Record<string, string>>): readonly string[] {
  const names = Object.entries(secrets).flatMap(([name, secret]) =>
    formsOf(secret)
      .filter((form) => text.includes(form))
      .map((form) => `${name} as ${form}`),
  )
  return names
}

/** A text as the runner shows it: what was registered is covered, the longest first. */
export function masked(text: string, masks: readonly string[]): string {
  return masks.toSorted((a, b) => b.length - a.length).reduce((rest, mask) => rest.replaceAll(mask, '***'), text)
}
