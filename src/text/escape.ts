import { cut } from './cut.ts'
import { redact } from './redact.ts'

/** Control characters, line and paragraph separators, and the marks that reorder text on a screen. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: showing them is the point
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/**
 * Makes a foreign text (a file name, a server's message) safe to print on one line: secrets are left out, and what a
 * terminal or the runner would act on, or what hides other text, is shown as `\u{…}` instead.
 */
export function escapeForLog(text: string): string {
  return redact(text)
    .replace(UNSAFE, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`)
    .replaceAll('##[', '##\\[')
}

/** Characters of a name or value that is shown: what is longer hides the message that it stands in. */
const MAX_SHOWN = 200

/** `escapeForLog`, in double quotes, for a name inside a sentence. */
export function quote(text: string): string {
  return `"${shortened(text)}"`
}

/** `escapeForLog`, and cut where it is too long to be read. */
export function shortened(text: string): string {
  return escapeForLog(cut(text, MAX_SHOWN))
}

/**
 * Makes a line of our own, which may carry foreign text, safe to write to the log: the runner takes `::` at the start
 * of a line and `##[` anywhere for a command (actions/runner, ActionCommand.cs).
 */
export function escapeLogLine(line: string): string {
  const safe = escapeForLog(line)
  return safe.trimStart().startsWith('::') ? safe.replace('::', ':\\:') : safe
}
