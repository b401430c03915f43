import { spendingOf } from '../api/usage.ts'
import { type Applied, changeCounts, fileCount } from '../apply/applied.ts'
import type { Turn } from '../converse/turn.ts'
import type { Runner } from '../runner/runner.ts'
import { count, formatCents, listed } from '../text/format.ts'
import { systemErrorText } from '../text/system-error.ts'
import { changeNumbers } from './change-bar.ts'
import { writeManifest } from './manifest.ts'
import { setOutputs, setTurnOutputs } from './outputs.ts'
import type { ShownReply } from './reply/show-reply.ts'
import { consoleUrl } from './session-link.ts'
import { REPLY_ROOM, type RunReport, summaryOf } from './summary.ts'

/**
 * Tells what the run has mounted, as far as it got: in one line of the log, outputs, manifest and summary. In this
 * order, since on a full disk the first of them is all that there will be.
 */
export async function reportMounted(runner: Runner, story: RunReport, runKey: string): Promise<void> {
  const { applied } = story
  runner.info(mountedLine(applied))
  setOutputs(runner, applied)
  try {
    runner.output('manifest-path', await writeManifest(runner, applied, runKey))
  } catch (error) {
    runner.warning(
      `The manifest could not be written: ${systemErrorText(error)}. \`manifest-path\` is empty; everything is mounted all the same, and in the other outputs.`,
    )
  }
  await runner.summary(summaryOf(story))
}

/** Adds what came of the prompt. */
export async function reportTurn(runner: Runner, story: RunReport): Promise<void> {
  const { turn, applied } = story
  const shown = await replyOf(turn)
  if (turn !== undefined) {
    setTurnOutputs(runner, turn, shown)
    const why = turn.stopReason === undefined ? '' : ` (${turn.stopReason})`
    runner.info(`Session ${applied.sessionId} is ${turn.status ?? 'in an unknown state'}${why}${spent(turn)}`)
  }
  await runner.summary(summaryOf(story, shown))
}

/** `. It has cost $0.42 so far, $0.12 of it in this run` */
function spent({ usage, runCents }: Turn): string {
  const { cents } = spendingOf(usage)
  if (cents === undefined) return ''
  const ofRun = runCents === undefined ? '' : `, ${formatCents(runCents)} of it in this run`
  return `. It has cost ${formatCents(cents)} so far${ofRun}`
}

/** The Markdown parser is loaded only for a reply. */
async function replyOf(turn: Turn | undefined): Promise<ShownReply | undefined> {
  if (turn === undefined || turn.reply === '') return undefined
  const { shownReply } = await import('./reply/show-reply.ts')
  return shownReply(turn.reply, REPLY_ROOM)
}

function mountedLine(applied: Applied): string {
  const { mounted, repository, sessionId, workspace } = applied
  const url = sessionId && consoleUrl(sessionId, workspace)
  const where = sessionId === undefined ? '' : ` on session ${sessionId}${url === undefined ? '' : ` (${url})`}`
  const files = mounted.length > 0 || repository === undefined ? count(fileCount(mounted), 'file') : undefined
  return `Mounted ${listed([files, repository?.repository.url])}${where}${changes(applied)}`
}

/** ` (3 added, 2 replaced, 495 unchanged)`; empty if all files were added. */
function changes(applied: Applied): string {
  const counts = changeCounts(applied)
  const { replaced, unchanged, removed } = counts
  return replaced + unchanged + removed === 0 ? '' : ` (${changeNumbers(counts)})`
}
