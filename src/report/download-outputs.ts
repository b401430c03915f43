import type { DownloadedFile } from '../download/fetch.ts'
import type { Runner } from '../runner/runner.ts'
import { redactAll, SHORTEST_IN_VALUE } from '../text/redact.ts'
import { setCapped } from './outputs.ts'

/** All outputs of the download action, for what is on the disk; download/action.yml lists the same. */
function outputsOf(files: readonly DownloadedFile[], folder: string) {
  const records = files.map(({ file, path, size }) => ({ name: file.filename ?? '', path, size, file_id: file.id }))
  return {
    files: JSON.stringify(redactAll(records, SHORTEST_IN_VALUE)),
    'download-path': folder,
    'downloaded-count': String(files.length),
  }
}

/** The outputs of a run that did nothing: valid, so that `fromJSON` in a later step does not fail. */
export const NO_DOWNLOADS = outputsOf([], '')

/** @param folder absolute; empty if nothing is downloaded */
export function setDownloadOutputs(runner: Runner, files: readonly DownloadedFile[], folder: string): void {
  setCapped(runner, outputsOf(files, folder), NO_DOWNLOADS, 'List the folder at `download-path` instead.')
}
