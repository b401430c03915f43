import type { Choice } from '../download/choose.ts'
import { formatBytes } from '../text/format.ts'
import { PacedLines } from './paced-lines.ts'

/** Returns what is to be told of each file, and prints how far the download is. */
export function downloadProgress(choices: readonly Choice[], print: (line: string) => void): (bytes: number) => void {
  const total = choices.reduce((sum, { file }) => sum + (file.size_bytes ?? 0), 0)
  const lines = new PacedLines(print)
  let files = 0
  let bytes = 0
  return (size) => {
    files++
    bytes += size
    lines.line(() => `Downloaded ${files} of ${choices.length} files (${formatBytes(bytes)} of ${formatBytes(total)})`)
  }
}
