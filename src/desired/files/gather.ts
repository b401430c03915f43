import type { FilesRequest } from '../../inputs/mount-inputs.ts'
import { shortened } from '../../text/escape.ts'
import { count } from '../../text/format.ts'
import { refuseIf } from '../../text/refusal.ts'
import { tooMany } from './check-limits.ts'
import { emptyTexts, idleWarning } from './empty.ts'
import { find } from './find.ts'
import type { Guard } from './guard.ts'
import { commentWarnings } from './hint.ts'
import { type FoundFile, inspect } from './inspect.ts'
import type { LeftOut } from './left-out.ts'
import type { Line } from './line.ts'
import { openRoot, type Root } from './root.ts'
import { searchOf } from './search.ts'
import { type LineLeftOut, type Refused, sift } from './sift.ts'

/** The files that the lines of `files` ask for, and what to tell about how they were found. */
export interface Gathered {
  readonly files: readonly FoundFile[]
  readonly leftOut: readonly LeftOut[]
  readonly problems: readonly string[]
  readonly warnings: readonly string[]
  /** What each line came to. */
  readonly lines: readonly string[]
}

/** What the search came to, before anything is said about it. */
interface Collected {
  readonly root: Root
  readonly lines: readonly Line[]
  /** Excludes that have left nothing out. */
  readonly idleExcludes: readonly Line[]
  readonly files: readonly FoundFile[]
  readonly leftOut: readonly LineLeftOut[]
  readonly refused: readonly Refused[]
}

/**
 * Finds the files, decides which of them are wanted, and looks at those.
 * @throws Refusal if there is no root, or if so many files are wanted that none has to be looked at; the reason of the signal
 */
export async function gather(
  request: FilesRequest,
  maxResources: number,
  guard: Guard,
  signal: AbortSignal,
): Promise<Gathered> {
  const collected = await collect(request, maxResources, guard, signal)
  const { ifNoFilesFound, patterns } = request
  const nothing = ifNoFilesFound === 'ignore' ? [] : await emptyTexts(collected, request, signal)
  const refused = collected.refused.map(({ text }) => text)
  return {
    files: collected.files,
    leftOut: collected.leftOut,
    problems: ifNoFilesFound === 'error' ? [...refused, ...nothing] : refused,
    warnings: [
      ...(ifNoFilesFound === 'warn' ? nothing : []),
      ...(ifNoFilesFound === 'ignore' ? [] : idleWarning(collected.idleExcludes)),
      ...(await commentWarnings(patterns.comments, collected.root)),
    ],
    lines: resultLines(collected),
  }
}

async function collect(
  request: FilesRequest,
  maxResources: number,
  guard: Guard,
  signal: AbortSignal,
): Promise<Collected> {
  const root = await openRoot(request.root)
  const { search, outside } = searchOf(request, root)
  const { entries, idleExcludes } = await find(search, signal)
  const sifted = sift(entries, guard)
  const refused = [...outside, ...sifted.refused]
  // Links may turn out to be second names of what is mounted anyway.
  const least = sifted.files.filter(({ isLink }) => !isLink).length
  if (request.archive === 'never' && least > maxResources) {
    refuseIf([...refused.map(({ text }) => text), ...tooMany(least, maxResources)])
  }
  const { files, unreadable } = await inspect(sifted.files, signal)
  const late = sift(unreadable, guard)
  return {
    root,
    lines: search.includes,
    idleExcludes,
    files,
    leftOut: [...sifted.leftOut, ...late.leftOut],
    refused: [...refused, ...late.refused],
  }
}

function resultLines({ lines, files }: Collected): readonly string[] {
  const counts = new Map<Line, number>()
  for (const { line } of files.flatMap(({ hits }) => hits)) counts.set(line, (counts.get(line) ?? 0) + 1)
  return lines.map((line) => `${shortened(line.text)}${targetText(line)} → ${count(counts.get(line) ?? 0, 'file')}`)
}

function targetText({ mapping }: Line): string {
  if (mapping.kind === 'default') return ''
  const isFolder = mapping.kind === 'folder' && mapping.path !== '/'
  return ` => ${shortened(mapping.path)}${isFolder ? '/' : ''}`
}
