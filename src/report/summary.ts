import { spendingOf } from '../api/usage.ts'
import { type Applied, changeCounts, fileCount, type MountedRepository } from '../apply/applied.ts'
import type { Turn, Verdict } from '../converse/turn.ts'
import { short } from '../desired/repository/decision.ts'
import { cut } from '../text/cut.ts'
import { count, formatBytes, formatCents, truncateList } from '../text/format.ts'
import { changeBar } from './change-bar.ts'
import { code, note } from './markdown.ts'
import { mountTree } from './mount-tree.ts'
import type { ShownReply } from './reply/show-reply.ts'
import { sessionLink } from './session-link.ts'
import { unpackCommand } from './unpack-command.ts'

export interface RunReport {
  readonly applied: Applied
  readonly warnings: readonly string[]
  readonly failure: string | undefined
  readonly turn: Turn | undefined
}

/**
 * GitHub drops a summary over 1 MiB whole. With a reply and two notes this is less than half of it, in bytes; a character
 * of foreign text can become ten when it is escaped.
 */
const TREE_ROOM = 300_000

/** Characters of the grader's explanation. */
const MAX_EXPLANATION = 2_000

export const REPLY_ROOM = 100_000

/** The job summary of a run, in Markdown. All foreign text in it is inert. */
export function summaryOf(story: RunReport, reply?: ShownReply): string {
  const { applied, warnings, failure } = story
  const parts = [
    '### Session mount',
    facts(story),
    failure === undefined ? '' : note('CAUTION', ['The step failed; this is as far as it got.', ''], [failure]),
    warnings.length === 0 ? '' : note('WARNING', [], warnings),
    reply === undefined ? '' : replyText(reply),
    applied.mounted.length === 0 ? '' : files(applied),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

function facts({ applied, turn }: RunReport): string {
  const { mounted, repository } = applied
  const total = mounted.reduce((sum, { file }) => sum + file.size, 0)
  const bar = changeBar(changeCounts(applied))
  const packed = mounted.flatMap(({ file }) => file.packed ?? [])
  const command = unpackCommand(applied)
  const amount = `${count(fileCount(mounted), 'file')}, ${formatBytes(total)}`
  const rows = [
    ['Outcome', turn?.verdict && outcome(turn.verdict)],
    ['Session', session(applied)],
    ['Agent', turn && agent(turn)],
    ['Cost', turn && cost(turn)],
    ['Files', bar === '' ? amount : `${amount}<br>${bar}`],
    ['Archive', command && `${count(packed.length, 'file')}, unpacked by ${code(command)}`],
    ['Repository', repository && repositoryText(repository)],
  ] as const
  const cells = rows.flatMap(([name, text]) => (text ? [`<tr><th align="left">${name}</th><td>${text}</td></tr>`] : []))
  return `<table>\n${cells.join('\n')}\n</table>`
}

function session({ sessionId, sessionCreated, workspace }: Applied): string {
  if (sessionId === undefined) return 'none'
  return `${sessionLink({ id: sessionId, workspace })}${sessionCreated ? ', new' : ''}`
}

/** The verdict, and why, in the grader's words. */
function outcome({ result, explanation, iterations }: Verdict): string {
  const mark = result === 'satisfied' ? '✅' : '❌'
  const head = `${mark} ${code(result)} after ${count(iterations, 'evaluation')}`
  return explanation === '' ? head : `${head}<br>${code(cut(explanation, MAX_EXPLANATION))}`
}

function cost({ usage, runCents }: Turn): string | undefined {
  const { cents } = spendingOf(usage)
  if (cents === undefined) return undefined
  const ofSession = `${formatCents(cents)} of the session so far`
  return runCents === undefined ? ofSession : `${formatCents(runCents)} of this run, ${ofSession}`
}

function agent({ status, stopReason, usage, errors }: Turn): string {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = spendingOf(usage)
  const tokens = [
    ['in', inputTokens],
    ['out', outputTokens],
    ['read from the cache', cacheReadTokens],
    ['written to it', cacheWriteTokens],
  ].flatMap(([name, value]) => (typeof value === 'number' ? [`${count(value, 'token')} ${name}`] : []))
  const wrong = errors.length === 0 ? [] : [count(errors.length, 'error')]
  return [code(status ?? 'unknown'), ...(stopReason === undefined ? [] : [code(stopReason)]), ...tokens, ...wrong].join(
    ', ',
  )
}

function repositoryText({ repository, mountPath, mountedSha, isFetched }: MountedRepository): string {
  const { url, sha, ref } = repository
  const at =
    sha === undefined ? code(ref ?? 'default branch') : `<a href="${url}/commit/${sha}">${code(short(sha))}</a>`
  const of = sha !== undefined && ref !== undefined ? ` of ${code(ref)}` : ''
  const where = mountPath === undefined ? '' : `, mounted at ${code(mountPath)}`
  const fetched = isFetched
    ? `, which the agent fetches; mounted was ${code(mountedSha === undefined ? 'a branch' : short(mountedSha))}`
    : ''
  return `<a href="${url}">${code(url.replace('https://github.com/', ''))}</a> at ${at}${of}${fetched}${where}`
}

function replyText({ markdown, isCut }: ShownReply): string {
  const rest = isCut ? '\n\n_The rest is in the log and in the output `reply`._' : ''
  return `<details open><summary>What the agent replied</summary>\n\n${markdown}${rest}\n\n</details>`
}

function files({ mounted, removed }: Applied): string {
  const gone =
    removed.length === 0
      ? ''
      : `\n<p>🟥 ${truncateList(
          removed.map(({ echoedPath }) => code(echoedPath)),
          50,
        )}</p>`
  return `${mountTree(mounted, TREE_ROOM)}${gone}`
}
