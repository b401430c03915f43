import { escapeForLog } from '../text/escape.ts'
import { redact } from '../text/redact.ts'

/** A foreign text as a code span in HTML in Markdown, where nothing in it means anything. */
export function code(text: string): string {
  return `<code>${escapeMarkdown(escapeForLog(text))}</code>`
}

/** A foreign text of several lines as it is, in HTML, cut where it would take more than so many bytes. */
export function preformatted(text: string, room: number): { readonly markdown: string; readonly isCut: boolean } {
  let left = room
  let isCut = false
  const lines: string[] = []
  for (const line of redact(text).split(/\r?\n/)) {
    const html = escapeMarkdown(escapeForLog(line))
    left -= Buffer.byteLength(html) + 1
    if (left < 0) {
      isCut = true
      break
    }
    lines.push(html)
  }
  return { markdown: `<pre>${lines.join('\n')}</pre>`, isCut }
}

function escapeMarkdown(text: string): string {
  return text.replace(/[&<>"'`|*_~[\]\\$@:#]/g, (c) => `&#${c.charCodeAt(0)};`)
}
