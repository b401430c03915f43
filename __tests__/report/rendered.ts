import { Marked } from 'marked'

/** As large as a summary lets it be. */
export const ROOM = 100_000

/** Markdown as a page shows it, by another parser than the one that took the reply apart. */
export function rendered(markdown: string): string {
  return new Marked().parse(markdown, { async: false })
}

/** Tags that only show text, and the boxes of a list of tasks. */
const HARMLESS =
  /^\/?(?:p|h[456]|ul|ol(?: start="\d+")?|li|blockquote|pre|code(?: class="language-[a-z]+")?|em|strong|del|hr|br|table|thead|tbody|tr|t[hd](?: align="(?:left|right|center)")?|input (?:checked="" )?disabled="" type="checkbox")$/

export function harmfulTags(html: string): readonly string[] {
  return [...html.matchAll(/<([^>]*)>/g)].map(([, tag]) => tag ?? '').filter((tag) => !HARMLESS.test(tag))
}

/** What GitHub looks for in a page once it is HTML, everywhere but in code. */
const ACTIVE: readonly RegExp[] = [
  /@\w/,
  /#\d/,
  /\bGH-\d/i,
  /\b[\da-f]{7,64}\b/i,
  /:\/\/\w/,
  /\bwww\.\w/i,
  /\$/,
  /:[a-z][a-z_]*:/,
  /\[!/,
]

/** The words outside of code that GitHub would act on. */
export function activeWords(html: string): readonly string[] {
  const text = html
    .replaceAll(/<(code|pre)[^>]*>[\s\S]*?<\/\1>/g, '<code>')
    .replaceAll(/<[^>]*>/g, '\n')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
  return text.split('\n').filter((line) => ACTIVE.some((pattern) => pattern.test(line)))
}
