import type { DownloadedFile } from '../download/fetch.ts'
import { count, formatBytes } from '../text/format.ts'
import { code, note } from './markdown.ts'
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
  const rows = files
    .slice(0, MAX_ROWS)
    .map(({ path, size }) => `<tr><td>${code(path)}</td><td align="right">${formatBytes(size)}</td></tr>`)
  const more = files.length - rows.length
  const parts = [
    '### Session download',
    `${count(files.length, 'file')} (${formatBytes(total)}) of session ${sessionLink(session)}`,
    failure === undefined ? '' : note('CAUTION', [], [failure]),
    rows.length === 0 ? '' : `<table>\n<tr><th>File</th><th>Size</th></tr>\n${rows.join('\n')}\n</table>`,
    more > 0 ? `… and ${more} more; they are in the folder.` : '',
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}
