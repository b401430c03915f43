import { escapeForLog } from '../text/escape.ts'
import { count } from '../text/format.ts'
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

/** In bytes, of one note in a summary. */
const NOTE_ROOM = 20_000

/** Foreign texts in a box of GitHub's, below lines of ours. */
export function note(kind: 'CAUTION' | 'WARNING', head: readonly string[], texts: readonly string[]): string {
  const lines = texts.flatMap((text) => redact(text).split('\n')).map(code)
  let room = NOTE_ROOM
  const shown = lines.filter((line) => {
    room -= line.length
    return room > 0
  })
  const more = lines.length - shown.length
  const rest = more === 0 ? [] : [`> and ${count(more, 'more line')}; the log has them.`]
  return [`> [!${kind}]`, ...head.map((line) => `> ${line}`), ...shown.map((line) => `> ${line}  `), ...rest].join('\n')
}

function escapeMarkdown(text: string): string {
  return text.replace(/[&<>"'`|*_~[\]\\$@:#]/g, (c) => `&#${c.charCodeAt(0)};`)
}
