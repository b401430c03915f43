import type { FilesRequest } from '../../inputs/mount-inputs.ts'
import { quote } from '../../text/escape.ts'
import { excludeLine, includeLine, type Line } from './line.ts'
import { relativePath, relativePattern } from './pattern.ts'
import type { Root } from './root.ts'
import type { Refused } from './sift.ts'

/** What to look for, and where. */
export interface Search {
  readonly root: Root
  readonly includes: readonly Line[]
  /** Hold for every include. */
  readonly excludes: readonly Line[]
  readonly followLinks: boolean
}

/** Makes the lines of `files` ready to be searched for below the root; those that lead elsewhere are `outside`. */
export function searchOf(
  request: FilesRequest,
  root: Root,
): { readonly search: Search; readonly outside: readonly Refused[] } {
  const { patterns, includeHiddenFiles, followSymbolicLinks } = request
  const outside: Refused[] = []
  const inside = (relative: string | undefined, written: string): readonly string[] => {
    if (relative === undefined) outside.push({ line: undefined, text: outsideText(written, root) })
    return relative === undefined ? [] : [relative]
  }
  const includes = patterns.includes.flatMap((include) => {
    const { pattern, literal } = include
    const relative = literal ? relativePath(pattern, root) : relativePattern(pattern, root)
    return inside(relative, pattern).map((each) => includeLine(include, each, root.names, includeHiddenFiles))
  })
  const excludes = patterns.excludes.flatMap((text) =>
    inside(relativePattern(text, root), `!${text}`).map((each) => excludeLine(text, each, root.names)),
  )
  return { search: { root, includes, excludes, followLinks: followSymbolicLinks }, outside }
}

function outsideText(pattern: string, { given }: Root): string {
  return `${quote(pattern)} is outside \`root\` (${quote(given)}). Write it relative to \`root\`, or set \`root\` to a folder that holds it; in a container job, the workspace has another path than on the host`
}
