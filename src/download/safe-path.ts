import path from 'node:path'
import { truncate } from '../text/truncate.ts'

/** File systems take 255 bytes or UTF-16 units in a name; this leaves room for ` (2)`. */
const MAX_SEGMENT_BYTES = 200

/** Deep paths can be impossible to delete; nothing that an agent writes in earnest is longer. */
const MAX_PATH_BYTES = 1000

/** Characters that Windows forbids in a name, and control characters; separators are split off before. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
const FORBIDDEN = /[<>:"|?*\u0000-\u001f\u007f-\u009f]/g

/** Names of devices, which Windows takes for such whatever extension follows (learn.microsoft.com, "Naming Files"). */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)/i

/**
 * Folders whose content git and GitHub act upon, hooks and workflows among it, in all spellings that a file system
 * takes for them (git's own `verify_path` knows the same: 8.3 names, and characters that HFS+ ignores, which `fold`
 * drops).
 */
const TRUSTED = /^(\.git|\.github|git~\d+|github~\d+)$/

/**
 * A folder without a file of this name is no repository to git (`is_git_directory`). With it, `config`, `objects` and
 * `refs` beside it, or wherever `commondir` points to, make it one, whose configuration runs commands.
 */
const HEAD = /^head$/

/**
 * Turns the agent's name for a file into a path below the download folder: relative, in POSIX form,
 * and the same on every system: `/` and `\` make folders, `..` leads up to the folder at most, and what a system could
 * not hold, or would take for something else, becomes `_`.
 */
export function safePath(name: string): string {
  const segments = plainSegments(name).map((segment, index, all) => {
    return DEVICE.test(segment) || isGits(segment, index === all.length - 1) ? `_${segment}` : segment
  })
  const whole = segments.join('/')
  return Buffer.byteLength(whole) <= MAX_PATH_BYTES && whole !== '' ? whole : (segments.at(-1) ?? 'unnamed')
}

/** True if `safePath` renames a file of this name because git or GitHub would act on it. */
export function isKeptFromGit(name: string): boolean {
  return plainSegments(name).some((segment, index, all) => isGits(segment, index === all.length - 1))
}

/**
 * The form in which two names are one for a file system that ignores case (Windows, macOS), composition of characters
 * (macOS), or characters that do not show (HFS+).
 */
export function foldPath(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toUpperCase()
    .toLowerCase()
}

/** True for names of files and folders that git or GitHub acts on. */
export function isTrustedName(segment: string): boolean {
  return TRUSTED.test(foldPath(segment))
}

/** `name (2).csv`: another name for the same, for the number-th file that has it. */
export function numbered(file: string, number: number): string {
  const { dir, name, ext } = path.posix.parse(file)
  return path.posix.join(dir, `${name} (${number})${ext}`)
}

function isGits(segment: string, isFile: boolean): boolean {
  return isTrustedName(segment) || (isFile && HEAD.test(foldPath(segment)))
}

/** The folders and the name of a file, each as any system can hold it. */
function plainSegments(name: string): readonly string[] {
  const segments: string[] = []
  for (const segment of name.toWellFormed().split(/[/\\]+/)) {
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(plainSegment(segment))
  }
  return segments
}

function plainSegment(segment: string): string {
  // Windows drops dots and spaces at the end.
  const plain = shortenSegment(segment.replace(FORBIDDEN, '_')).replace(/[. ]+$/, '')
  return plain === '' ? '_' : plain
}

function shortenSegment(segment: string): string {
  if (Buffer.byteLength(segment) <= MAX_SEGMENT_BYTES) return segment
  const extension = path.posix.extname(segment)
  const kept = Buffer.byteLength(extension) > 32 ? '' : extension
  return `${truncate(segment, MAX_SEGMENT_BYTES - Buffer.byteLength(kept))}${kept}`
}
