import type { FilesRequest } from '../../inputs/mount-inputs.ts'
import { quote } from '../../text/escape.ts'
import { count, truncateList } from '../../text/format.ts'
import { hintsFor } from './hint.ts'
import type { FoundFile } from './inspect.ts'
import { leftOutWarnings } from './left-out.ts'
import type { Line } from './line.ts'
import type { Root } from './root.ts'
import type { LineLeftOut, Refused } from './sift.ts'

/** What a search came to, as far as it matters for lines that found nothing. */
interface Outcome {
  readonly root: Root
  readonly lines: readonly Line[]
  readonly files: readonly FoundFile[]
  readonly leftOut: readonly LineLeftOut[]
  readonly refused: readonly Refused[]
}

/** What is to be said of lines that found nothing, each with the reason where there is one. */
export async function emptyTexts(
  outcome: Outcome,
  request: FilesRequest,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { includes } = request.patterns
  if (includes.length === 0) return ['`files` is an empty list. If that is expected, set `if-no-files-found: ignore`']
  const hits = outcome.files.flatMap((file) => file.hits)
  const done = new Set<Line | undefined>([...hits, ...outcome.refused].map(({ line }) => line))
  const empty = outcome.lines.filter((line) => !done.has(line))
  const leftOut = new Set(outcome.leftOut.map(({ line }) => line))
  const puzzling = empty.filter((line) => !leftOut.has(line))
  const hints = await hintsFor({ request, root: outcome.root, empty: puzzling }, signal)
  return empty.map((line) => {
    const left = outcome.leftOut.filter((each) => each.line === line)
    if (left.length > 0)
      return `Nothing that ${quote(line.text)} matches is mounted. ${leftOutWarnings(left).join('. ')}`
    if (!line.takesFolders) return `${quote(line.text)} does not exist`
    const hint = hints.get(line)
    return `No files match ${quote(line.text)}${hint === undefined ? '' : `. ${hint}`}`
  })
}

/** Excludes that left nothing out may be misspelled, and what they should have kept back is mounted. */
export function idleWarning(excludes: readonly Line[]): readonly string[] {
  if (excludes.length === 0) return []
  const names = excludes.map(({ text }) => quote(`!${text}`))
  return [`${count(excludes.length, 'exclude')} matched nothing: ${truncateList(names)}. Check the spelling`]
}
