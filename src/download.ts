import { connect, type Service } from './api/connect.ts'
import { type Choice, choose, isComplete } from './download/choose.ts'
import { type FetchResult, fetchFiles } from './download/fetch.ts'
import { DownloadFolder } from './download/folder.ts'
import { settle } from './download/list-outputs.ts'
import { namesAny, select } from './download/select.ts'
import { begin } from './inputs/begin.ts'
import { type DownloadInputs, readDownloadInputs } from './inputs/download-inputs.ts'
import {
  downloadPlanLines,
  failureText,
  nothingFoundText,
  selectionTexts,
  unscopedText,
  unsettledText,
} from './report/download-lines.ts'
import { setDownloadOutputs } from './report/download-outputs.ts'
import { downloadProgress } from './report/download-progress.ts'
import { downloadSummary } from './report/download-summary.ts'
import type { ShownSession } from './report/session-link.ts'
import type { Runner } from './runner/runner.ts'
import type { Stopper } from './stop/stop.ts'
import { quote } from './text/escape.ts'
import { count, formatBytes, truncateList } from './text/format.ts'
import { Refusal, refuseIf } from './text/refusal.ts'

/**
 * The download action: inputs → list → choose → fetch → report. Changes nothing on the service. Sets the outputs in
 * every case, and fails the step with one message when not everything that was asked for is on the disk.
 */
export async function download(runner: Runner, stopper: Stopper): Promise<void> {
  setDownloadOutputs(runner, [], '')
  const begun = await begin(runner, stopper, readDownloadInputs, 'downloaded')
  if (begun === undefined) return
  const { inputs, credential } = begun
  const folder = await DownloadFolder.locate(inputs.path, runner.env)
  refuseIf(workspaceProblem(inputs, folder))
  await using service = await connect(inputs.access.baseUrl, credential, inputs.limits, runner, stopper)
  runner.info(`Using ${service.credential} at ${inputs.access.baseUrl.origin}`)
  const choices = await chooseFiles(runner, inputs, folder, service, stopper.startNothingNew)
  if (inputs.dryRun) runner.notice('Dry run: nothing was downloaded')
  else await fetchChosen(runner, inputs, choices, folder, service)
}

/** Later steps act on files of the workspace, by name or as its sources; none gets there unasked. */
function workspaceProblem(
  { path, overwrite, patterns }: DownloadInputs,
  { surroundings }: DownloadFolder,
): readonly string[] {
  if (surroundings !== 'workspace' || (overwrite && namesAny(patterns))) return []
  return [
    `path: ${quote(path)} is the workspace itself, in which later steps act on files. Use a separate folder, or set \`overwrite: true\` and name each file in \`patterns\`.`,
  ]
}

async function chooseFiles(
  runner: Runner,
  inputs: DownloadInputs,
  folder: DownloadFolder,
  { client }: Service,
  signal: AbortSignal,
): Promise<readonly Choice[]> {
  const { sessionId, patterns, settleTimeoutMs, overwrite } = inputs
  const settled = await settle(client, sessionId, {
    timeoutMs: settleTimeoutMs,
    isComplete: (made) => isComplete(made, patterns),
    signal,
  })
  const selection = select(choose(settled.made, patterns), { ...inputs, surroundings: folder.surroundings })
  const { choices } = selection
  await runner.group('Plan', async () => {
    for (const line of downloadPlanLines(settled, selection, folder.path)) runner.info(line)
  })
  for (const doubt of [unsettledText(settled), unscopedText(settled)]) if (doubt !== undefined) runner.warning(doubt)
  for (const text of selectionTexts(selection)) runner.warning(text)
  if (choices.length === 0) reportNothing(runner, inputs, nothingFoundText(settled, selection, sessionId))
  refuseIf(await obstacles(choices, folder, overwrite))
  return choices
}

/** @throws Refusal where the inputs say that it is an error */
function reportNothing(runner: Runner, { ifNoFilesFound }: DownloadInputs, text: string): void {
  if (ifNoFilesFound === 'error') throw new Refusal([text])
  if (ifNoFilesFound === 'warn') runner.warning(`Nothing to download: ${text}`)
  else runner.info(`Nothing to download: ${text}`)
}

/** Existing files and folders in the way of the download. */
async function obstacles(
  choices: readonly Choice[],
  folder: DownloadFolder,
  overwrite: boolean,
): Promise<readonly string[]> {
  const places = await Promise.all(choices.map(async ({ path }) => ({ path, place: await folder.look(path) })))
  const there = places.filter(({ place }) => place.kind === 'file').map(({ path }) => quote(path))
  const blocked = places.flatMap(({ path, place }) =>
    place.kind === 'blocked' ? [`${quote(path)} cannot be written: ${quote(place.at)} is ${place.by}`] : [],
  )
  if (overwrite || there.length === 0) return blocked
  const are = there.length === 1 ? 'is' : 'are'
  return [
    `${truncateList(there)} ${are} in ${quote(folder.path)} already; set \`overwrite: true\`, or use another \`path\``,
    ...blocked,
  ]
}

async function fetchChosen(
  runner: Runner,
  { sessionId, limits, overwrite }: DownloadInputs,
  choices: readonly Choice[],
  folder: DownloadFolder,
  { client }: Service,
): Promise<void> {
  await folder.make()
  const onFile = downloadProgress(choices, runner.info)
  const fetched = await fetchFiles(choices, { client, folder, concurrency: limits.concurrency, overwrite, onFile })
  await reportDownload(runner, fetched, { id: sessionId, workspace: client.workspace }, folder)
}

async function reportDownload(
  runner: Runner,
  fetched: FetchResult,
  session: ShownSession,
  folder: DownloadFolder,
): Promise<void> {
  const { files, notDownloadable } = fetched
  setDownloadOutputs(runner, files, folder.path)
  if (notDownloadable.length > 0) {
    const names = truncateList(notDownloadable.map(({ path }) => quote(path)))
    runner.notice(
      `Skipped ${count(notDownloadable.length, 'file')}, which the service does not allow to be downloaded: ${names}`,
    )
  }
  const total = files.reduce((sum, { size }) => sum + size, 0)
  runner.info(`Downloaded ${count(files.length, 'file')} (${formatBytes(total)}) to ${quote(folder.path)}`)
  const failure = failureText(fetched)
  await runner.summary(downloadSummary(files, session, failure))
  if (failure !== undefined) runner.fail(failure)
}
