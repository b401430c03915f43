import type { DownloadedFile } from '../download/fetch.ts'
import type { Runner } from '../runner/runner.ts'
import { redactAll, SHORTEST_IN_VALUE } from '../text/redact.ts'
import { setCapped } from './outputs.ts'

/** All outputs of the download action; download/action.yml and its README list the same. */
export const DOWNLOAD_OUTPUTS = ['files', 'download-path', 'downloaded-count'] as const

type DownloadOutputs = Readonly<Record<(typeof DOWNLOAD_OUTPUTS)[number], string>>

/** The outputs of a run that did nothing: valid, so that `fromJSON` in a later step does not fail. */
export const NO_DOWNLOADS: DownloadOutputs = { files: '[]', 'download-path': '', 'downloaded-count': '0' }

/** The outputs for what is on the disk. @param folder absolute */
export function downloadOutputs(files: readonly DownloadedFile[], folder: string): DownloadOutputs {
  return {
    files: JSON.stringify(redactAll(files.map(downloadRecord), SHORTEST_IN_VALUE)),
    'download-path': folder,
    'downloaded-count': String(files.length),
  }
}

function downloadRecord({ file, path, size }: DownloadedFile) {
  return { name: file.filename ?? '', path, size, file_id: file.id }
}

export function setDownloadOutputs(runner: Runner, outputs: DownloadOutputs): void {
  for (const name of DOWNLOAD_OUTPUTS) {
    setCapped(runner, name, outputs[name], NO_DOWNLOADS[name], 'List the folder at `download-path` instead.')
  }
}
