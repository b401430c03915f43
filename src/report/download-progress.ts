import type { Choice } from '../download/choose.ts'
import { formatBytes } from '../text/format.ts'

const EVERY_MS = 2_000

/** Returns what is to be told of each file; prints how far the download is, a line at most every two seconds. */
export function downloadProgress(choices: readonly Choice[], print: (line: string) => void): (bytes: number) => void {
  const total = choices.reduce((sum, { file }) => sum + (file.size_bytes ?? 0), 0)
  let files = 0
  let bytes = 0
  let lastLine = performance.now()
  return (size) => {
    files++
    bytes += size
    const now = performance.now()
    if (now - lastLine < EVERY_MS) return
    lastLine = now
    print(`Downloaded ${files} of ${choices.length} files (${formatBytes(bytes)} of ${formatBytes(total)})`)
  }
}
