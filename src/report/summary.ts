import { count, inBytes } from '../amounts.ts'
import type { Applied, MountedRepository } from '../applied.ts'
import { consoleUrl } from './console-url.ts'
import { code } from './markdown.ts'
import { unpackCommand } from './unpack-command.ts'

/** Rows of the table; GitHub drops a summary over 1 MiB whole. A row has at most about 7 KB, every character escaped. */
const MAX_ROWS = 100

/** The job summary of a run, in Markdown, with the error if it failed. Names of files are escaped. */
export function summaryOf(applied: Applied, failure: string | undefined): string {
  const { mounted, sessionId, sessionCreated } = applied
  const total = mounted.reduce((sum, { file }) => sum + file.size, 0)
  const session =
    sessionId === undefined
      ? 'no session'
      : `${sessionCreated ? 'new session' : 'session'} <a href="${consoleUrl(sessionId)}">${code(sessionId)}</a>`
  const headline = `${count(mounted.length, 'file')} (${inBytes(total)}) mounted on ${session}`
  const repository = applied.repository === undefined ? '' : `\n\n${repositoryLine(applied.repository)}`
  const incomplete =
    failure === undefined
      ? ''
      : '\n\n> [!CAUTION]\n> The step failed; this is as far as it got.\n>\n' +
        failure
          .split('\n')
          .map((line) => `> ${code(line)}  \n`)
          .join('')
  return `### Session mount\n\n${headline}${repository}${archive(applied)}${incomplete}\n${table(applied)}`
}

function repositoryLine({ repository: { url, sha, ref }, mountPath }: MountedRepository): string {
  const at =
    sha === undefined ? code(ref ?? 'default branch') : `<a href="${url}/commit/${sha}">${code(sha.slice(0, 7))}</a>`
  const where = mountPath === undefined ? '' : ` at ${code(mountPath)}`
  return `<a href="${url}">${code(url.replace('https://github.com/', ''))}</a> checked out at ${at}${where}`
}

function archive(applied: Applied): string {
  const packed = applied.mounted.flatMap(({ file }) => file.packed ?? [])
  if (packed.length === 0) return ''
  return `\n\nThe archive holds ${count(packed.length, 'file')}. To unpack it: ${code(unpackCommand(applied))}`
}

function table({ mounted }: Applied): string {
  if (mounted.length === 0) return ''
  const rows = mounted
    .slice(0, MAX_ROWS)
    .map(
      ({ file, containerPath }) =>
        `<tr><td>${code(file.path)}</td><td>${code(containerPath)}</td><td align="right">${inBytes(file.size)}</td></tr>`,
    )
  const more = mounted.length - rows.length
  const rest = more > 0 ? `\n\n… and ${more} more; \`manifest-path\` has them all.` : ''
  return `\n<table>\n<tr><th>File</th><th>Mounted at</th><th>Size</th></tr>\n${rows.join('\n')}\n</table>${rest}\n`
}
