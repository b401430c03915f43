import path from 'node:path'
import { create } from '@actions/glob'

/** What one search found: absolute paths of everything but folders, sorted; links are not resolved. */
export type Found = readonly string[]

/** How to search, as in `FilesRequest`. */
export interface SearchOptions {
  readonly root: string
  readonly followSymbolicLinks: boolean
}

/**
 * Finds what one pattern matches below `root`, less what the excludes match. `@actions/glob` is the runner's own
 * matcher: `*`, `?`, `[…]` and `**`, and a folder stands for all below it.
 */
export async function search(pattern: string, excludes: readonly string[], options: SearchOptions): Promise<Found> {
  const absolute = (text: string) => absolutePattern(text, options.root)
  const patterns = [absolute(pattern), ...excludes.map((exclude) => `!${absolute(exclude)}`)]
  const found = await glob(patterns, options.followSymbolicLinks)
  if (!options.followSymbolicLinks) return found
  // When links are followed, the matcher drops broken ones without a word; a second look finds them.
  return [...new Set([...found, ...(await glob(patterns, false))])].sort()
}

/** The pattern on its own, as a path with the root in front. The root's own `*`, `?` and `[` are not wildcards. */
export function absolutePattern(pattern: string, root: string, system: path.PlatformPath = path): string {
  if (system.isAbsolute(pattern)) return pattern
  return `${escapeGlob(root, system)}${system.sep}${pattern.replace(/^(\.[/\\])+/, '')}`
}

/** `*`, `?` and `[` start a wildcard; a path segment without them means itself. */
export function isWildcard(segment: string): boolean {
  return /[*?[]/.test(segment)
}

async function glob(patterns: readonly string[], followSymbolicLinks: boolean): Promise<string[]> {
  const globber = await create(patterns.join('\n'), {
    followSymbolicLinks,
    matchDirectories: false,
    implicitDescendants: true,
    omitBrokenSymbolicLinks: true,
    excludeHiddenFiles: false,
  })
  return (await globber.glob()).sort()
}

function escapeGlob(text: string, system: path.PlatformPath): string {
  const slashes = system.sep === '\\' ? text : text.replaceAll('\\', '\\\\')
  return slashes.replace(/[[?*]/g, '[$&]')
}
