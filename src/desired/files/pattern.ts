import path from 'node:path'
import { GLOBSTAR, Minimatch } from 'minimatch'
import { WILDCARDS } from '../../paths/wildcards.ts'
import { foldName, type NameRules } from './name-rules.ts'
import type { Root } from './root.ts'

/** A part of a path that a pattern asks for. A name is folded by the rules of the disk; so are the names that `matches` is asked about. */
export type Segment =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'wildcard'; readonly matches: (name: string) => boolean }
  | { readonly kind: 'globstar' }

/** What a pattern asks for below the root. */
export function segmentsOf(pattern: string, rules: NameRules): readonly Segment[] {
  const text = rules.ignoresForm ? pattern.normalize('NFC') : pattern
  const parts = new Minimatch(text, WILDCARDS).set[0] ?? []
  // Where the case does not count, minimatch makes an expression of a name, too: both are needed.
  const folded = rules.ignoresCase ? (new Minimatch(text, { ...WILDCARDS, nocase: true }).set[0] ?? []) : parts
  return parts.map((part, index): Segment => {
    if (part === GLOBSTAR) return { kind: 'globstar' }
    if (typeof part === 'string') return { kind: 'name', name: foldName(part, rules) }
    const either = folded[index]
    return { kind: 'wildcard', matches: (name) => (either instanceof RegExp ? either : part).test(name) }
  })
}

/** What a path asks for below the root that is taken as it is written. */
export function literalSegments(name: string, rules: NameRules): readonly Segment[] {
  return namesIn(name).map((each) => ({ kind: 'name', name: foldName(each, rules) }))
}

/** `*`, `?` and `[` start a wildcard; a path segment without them means itself. */
export function isWildcard(segment: string): boolean {
  return /[*?[]/.test(segment)
}

/**
 * A pattern relative to the root, in POSIX form, without `.`: at the end that stands for all below. Undefined if it is
 * absolute and does not begin with the root's path.
 */
export function relativePattern(pattern: string, root: Place, system: path.PlatformPath = path): string | undefined {
  const inside = relativePath(pattern, root, system)
  if (inside === undefined) return undefined
  const names = inside.split('/')
  const isAll = names.at(-1) === '.' || names.every((name) => name === '' || name === '.')
  const kept = [...namesIn(inside), ...(isAll ? ['**'] : [])].join('/')
  return names.at(-1) === '' && !isAll ? `${kept}/` : kept
}

type Place = Pick<Root, 'given' | 'real'>

/** The same for a path without wildcards. */
export function relativePath(
  text: string,
  { given, real }: Place,
  system: path.PlatformPath = path,
): string | undefined {
  // `C:a` is not absolute, and yet not relative to the root.
  if (system.parse(text).root === '') return text.replaceAll(system.sep, '/')
  return below(given, text, system) ?? below(real, text, system)
}

/** What of an absolute pattern is below a folder. The folder's own `*`, `?` and `[` are no wildcards, escaped or not. */
function below(folder: string, pattern: string, system: path.PlatformPath): string | undefined {
  const drive = system.sep === '\\' && /^[\\/](?![\\/])/.test(pattern) ? folder.slice(0, 2) : ''
  const text = (drive + pattern).replaceAll(system.sep, '/')
  const plain = folder.replaceAll(system.sep, '/').replace(/\/$/, '')
  for (const start of [plain, escapePattern(plain, system)]) {
    const head = text.slice(0, start.length)
    const isSame = system.sep === '\\' ? head.toLowerCase() === start.toLowerCase() : head === start
    if (isSame && /^(\/|$)/.test(text.slice(start.length))) return text.slice(start.length)
  }
  return undefined
}

function escapePattern(text: string, system: path.PlatformPath): string {
  const slashes = system.sep === '\\' ? text : text.replaceAll('\\', '\\\\')
  return slashes.replace(/[[?*]/g, '[$&]')
}

function namesIn(text: string): readonly string[] {
  return text.split('/').filter((name) => name !== '' && name !== '.')
}
