import { inert } from '../inert.ts'

/** A foreign text as a code span in a cell of an HTML table in Markdown, where nothing in it means anything. */
export function code(text: string): string {
  const entities = inert(text).replace(/[&<>"'`|*_~[\]\\$@:#]/g, (c) => `&#${c.charCodeAt(0)};`)
  return `<code>${entities}</code>`
}
