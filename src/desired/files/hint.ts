import { lstat } from 'node:fs/promises'
import path from 'node:path'
import type { FilesRequest } from '../../inputs/mount-inputs.ts'
import { quote } from '../../text/escape.ts'
import { count } from '../../text/format.ts'
import { redact } from '../../text/redact.ts'
import { find } from './find.ts'
import { baseOf, type Line } from './line.ts'
import { LENIENT } from './name-rules.ts'
import type { Root } from './root.ts'
import { searchOf } from './search.ts'
import { hintFromText } from './text-hint.ts'

/** What is known of a search that has found nothing for some lines. */
export interface EmptySearch {
  readonly request: FilesRequest
  readonly root: Root
  readonly empty: readonly Line[]
}

/** Why lines that look right may have found nothing, by line; none where there is no idea. */
export async function hintsFor(search: EmptySearch, signal: AbortSignal): Promise<ReadonlyMap<Line, string>> {
  const hints = new Map<Line, string>()
  const patterns = search.empty.filter(({ takesFolders }) => takesFolders)
  if (patterns.length === 0) return hints
  const excluded = await withoutExcludes(search, signal)
  const alike = await withLenientNames(search, signal)
  for (const line of patterns) {
    const hint =
      excluded.get(line.text) ??
      (await fromSpaces(line, search.root)) ??
      alike.get(line.text) ??
      hintFromText(line.text, path.sep) ??
      (await fromFolder(line, search.root))
    if (hint !== undefined) hints.set(line, hint)
  }
  return hints
}

/** What is to be said of comments that are also the name of a file. */
export async function commentWarnings(comments: readonly string[], root: Root): Promise<readonly string[]> {
  const taken = await Promise.all(comments.map((comment) => kindAt(root, comment)))
  return comments
    .filter((_, index) => taken[index] !== undefined)
    .map((comment) => `${quote(comment)} is a comment. To mount the file of that name, write ${quote(`./${comment}`)}`)
}

type ByText = ReadonlyMap<string, string>

async function withoutExcludes(search: EmptySearch, signal: AbortSignal): Promise<ByText> {
  if (search.request.patterns.excludes.length === 0) return new Map()
  const found = await searchAgain(search, [], search.root, signal)
  const hint = (files: number) => `The excludes remove everything that it matches (${count(files, 'file')}).`
  return new Map([...found].map(([text, names]) => [text, hint(names.length)]))
}

async function withLenientNames(search: EmptySearch, signal: AbortSignal): Promise<ByText> {
  const root = { ...search.root, names: LENIENT }
  const found = await searchAgain(search, search.request.patterns.excludes, root, signal)
  return new Map([...found].map(([text, [name = '']]) => [text, didYouMean(text, name)]))
}

function didYouMean(text: string, name: string): string {
  const isForm = text !== text.normalize('NFC') || name !== name.normalize('NFC')
  const why = isForm ? 'The same letters can be written in several Unicode forms.' : 'Names are case-sensitive.'
  return `Did you mean ${quote(name)}? ${why}`
}

/** Paths that the lines find in another way, by the text of the line. */
async function searchAgain(
  { request, empty }: EmptySearch,
  excludes: readonly string[],
  root: Root,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map(empty.map(({ text }): [string, string[]] => [text, []]))
  const includes = request.patterns.includes.filter(({ pattern, literal }) => !literal && found.has(pattern))
  const patterns = { ...request.patterns, includes, excludes }
  const { entries } = await find(searchOf({ ...request, patterns }, root).search, signal)
  for (const { kind, path: name, hits } of entries) {
    if (kind === 'file') for (const { line } of hits) found.get(line.text)?.push(name)
  }
  return new Map([...found].filter(([, names]) => names.length > 0))
}

/** A name may begin or end with spaces, which a line cannot. */
async function fromSpaces({ written, text }: Line, root: Root): Promise<string | undefined> {
  if (written === text || (await kindAt(root, written)) === undefined) return undefined
  return `There is ${quote(written)}, with the spaces. To mount it, use a JSON array.`
}

/** The folder that the search begins in. */
async function fromFolder({ readings: [reading], text }: Line, root: Root): Promise<string | undefined> {
  // A part of a line that holds a secret is not to be shown: nobody could recognise the secret in it any more.
  if (reading === undefined || redact(text) !== text) return undefined
  const { segments, literal } = reading
  const names = segments.slice(0, literal).flatMap((segment) => (segment.kind === 'name' ? [segment.name] : []))
  const isAll = segments.slice(literal).every(({ kind }) => kind === 'globstar')
  if (isAll && names.length > 0 && (await kindAt(root, names.join('/'))) === 'folder') {
    return `There are no files in the folder ${quote(names.join('/'))}.`
  }
  const base = names.slice(0, baseOf(reading)).join('/')
  if (base === '' || (await kindAt(root, base)) !== undefined) return undefined
  return `There is no folder ${quote(base)}. Did an earlier step create it?`
}

async function kindAt(root: Root, name: string): Promise<'folder' | 'other' | undefined> {
  const stats = await lstat(path.join(root.real, name)).catch(() => undefined)
  if (stats === undefined) return undefined
  return stats.isDirectory() ? 'folder' : 'other'
}
