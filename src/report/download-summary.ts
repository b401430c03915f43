import type { DownloadedFile } from '../download/fetch.ts'
import { count, formatBytes } from '../text/format.ts'
import { redact } from '../text/redact.ts'
import { code } from './markdown.ts'
import { type ShownSession, sessionLink } from './session-link.ts'

/** Rows of the table; GitHub drops a summary over 1 MiB whole. */
const MAX_ROWS = 100

/** The job summary of a download, in Markdown, with the error if it failed. Names of files are escaped. */
export function downloadSummary(
  files: readonly DownloadedFile[],
  session: ShownSession,
  failure: string | undefined,
): string {
  const total = files.reduce((sum, { size }) => sum + size, 0)
  const caution =
    failure === undefined
      ? ''
      : `\n\n> [!CAUTION]\n${redact(failure)
          .split('\n')
          .map((line) => `> ${code(line)}  \n`)
          .join('')}`
  const rows = files
    .slice(0, MAX_ROWS)
    .map(({ path, size }) => `<tr><td>${code(path)}</td><td align="right">${formatBytes(size)}</td></tr>`)
  const more = files.length - rows.length
  const table =
    rows.length === 0 ? '' : `\n<table>\n<tr><th>File</th><th>Size</th></tr>\n${rows.join('\n')}\n</table>\n`
  const rest = more > 0 ? `\n… and ${more} more; they are in the folder.\n` : ''
  return `### Session download\n\n${count(files.length, 'file')} (${formatBytes(total)}) of session ${sessionLink(session)}${caution}\n${table}${rest}`
}
