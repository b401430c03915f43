/** Mistakes that show in the text of a pattern, with what to do. The first one that fits counts. */
const MISTAKES: readonly (readonly [pattern: RegExp, hint: string])[] = [
  [/\$\{\{/, 'GitHub evaluates expressions only in the workflow file itself; this one arrived as text.'],
  [/\$\{?[A-Za-z_]|^%\w+%|\\%\w+%/, 'Variables are not expanded here; write the path relative to `root`.'],
  [/^~([/\\]|$)/, '"~" is not expanded; write the path relative to `root`.'],
  [/^[a-z]+:\/\//i, 'Only files on the runner can be mounted; download it in an earlier step.'],
  [/^-\s/, 'It looks like an item of a YAML list; remove the leading "-".'],
  [/^(['"`]).*\1$/, 'The quotes are part of the pattern; remove them.'],
  [/=>/, 'An arrow needs a space on both sides: `pattern => /path`.'],
  [/\s#/, 'A comment has to be on a line of its own.'],
  [/\{.*[,.].*\}/, 'Braces are not wildcards; write one pattern a line.'],
  [/[@?+*!]\(/, 'Extended wildcards like @(a|b) are not supported; write one pattern a line.'],
  [/,/, 'It looks like a list with commas; write one pattern a line.'],
  [/\S\s+\S/, 'If these are several patterns, write one pattern a line (in YAML, below `files: |`).'],
]

/** Why a pattern may have found nothing, as far as its text tells. @param separator of paths on this system */
export function hintFromText(pattern: string, separator: string): string | undefined {
  const [, hint] = MISTAKES.find(([mistake]) => mistake.test(pattern)) ?? []
  if (hint !== undefined) return hint
  return separator === '/' && pattern.includes('\\') ? 'On this system the separator is "/", not "\\".' : undefined
}
