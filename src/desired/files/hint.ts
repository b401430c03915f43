import path from 'node:path'
import { quoted } from '../../text/escape.ts'
import { type SearchOptions, search } from './find.ts'
import type { Root } from './inspect.ts'

/**
 * Why a pattern that looks right may have matched nothing; undefined when there is no idea. The cases are those that
 * users of `@actions/glob` stumble over.
 */
export async function hintFor(
  pattern: string,
  excludes: readonly string[],
  root: Root,
  options: SearchOptions,
): Promise<string | undefined> {
  return hintFromText(pattern) ?? (await hintFromDisk(pattern, excludes, root, options))
}

function hintFromText(pattern: string): string | undefined {
  if (/^-\s/.test(pattern)) return 'it looks like an item of a YAML list; leave the leading "-" away'
  if (/^(['"]).*\1$/.test(pattern)) return 'it stands in quotes, which are taken as part of the name; leave them away'
  if (/\{.*[,.].*\}/.test(pattern)) return 'braces are not wildcards; write one pattern a line'
  if (/[@?+*!]\(/.test(pattern)) return 'extended wildcards like @(a|b) are not known; write one pattern a line'
  if (/,/.test(pattern)) return 'it looks like a list with commas; write one pattern a line'
  if (path.sep === '/' && pattern.includes('\\')) return 'on this system the separator is "/", not "\\"'
  return undefined
}

async function hintFromDisk(
  pattern: string,
  excludes: readonly string[],
  root: Root,
  options: SearchOptions,
): Promise<string | undefined> {
  if (excludes.length > 0) {
    const all = await search(pattern, [], options)
    if (all.length > 0) return `${all.length} matched, and the excludes took all of them away`
  }
  const other = (await search(anyCase(pattern), [], options)).at(0)
  return other === undefined ? undefined : `${quoted(root.nameOf(other))} is there, but in other letters (case matters)`
}

/** The pattern with each letter outside brackets in both cases: `a*` becomes `[aA]*`. */
function anyCase(pattern: string): string {
  return pattern.replace(/\[[^\]]*\]|\p{L}/gu, (part) => {
    const [lower, upper] = [part.toLowerCase(), part.toUpperCase()]
    return part.startsWith('[') || lower === upper || upper.length !== lower.length ? part : `[${lower}${upper}]`
  })
}
