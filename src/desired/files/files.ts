import path from 'node:path'
import pLimit from 'p-limit'
import type { FilesRequest } from '../../inputs/mount-inputs.ts'
import { parseMountPath } from '../../paths/mount-path.ts'
import { quoted } from '../../text/escape.ts'
import { count, firstFew } from '../../text/format.ts'
import { Refusal, refuseIf } from '../../text/refusal.ts'
import { ARCHIVE_NAME, type Member } from '../archive/member.ts'
import { checkLimits, checkPacked } from './check-limits.ts'
import type { Finding, Guard } from './guard.ts'
import { digest } from './hash.ts'
import { Root } from './inspect.ts'
import { type Match, match, sensitiveText } from './match.ts'
import { type PlacedFile, place } from './place.ts'
import { fingerprintOf } from './upload-name.ts'

/** A file that the run wants on the session. */
export interface DesiredFile extends PlacedFile {
  /** In bytes. */
  readonly size: number
  readonly sha256: string
  /** What the upload's name tells of the content, 12 hexadecimal digits. */
  readonly fingerprint: string
  /** For an archive: what is in it. */
  readonly packed?: readonly Member[]
}

/** The files that the run wants on the session, by mount path, and what to tell about how they were found. */
export interface DesiredFiles {
  readonly files: readonly DesiredFile[]
  /** Where they are to be mounted as one archive; undefined if each is mounted by itself. */
  readonly archiveMountPath: string | undefined
  /** One line for each pattern: what it came to. */
  readonly lines: readonly string[]
  readonly warnings: readonly string[]
}

/** How many resources a session takes, and how many the run wants on it beside the files. */
export interface Room {
  readonly maxResources: number
  readonly others: number
}

/** Enough to keep a disk busy; hashing itself is bound to one core. */
const READERS = 4

/** Files that were found, and of which nothing has been read yet. */
export interface FoundFiles {
  readonly request: FilesRequest
  readonly matches: readonly Match[]
  readonly files: readonly PlacedFile[]
  readonly aliases: readonly string[]
  readonly archiveMountPath: string | undefined
  readonly empty: readonly string[]
  readonly warnings: readonly string[]
}

/**
 * Finds the files of `files`: contained in the root, and checked against the limits.
 * @throws Refusal naming everything that cannot be mounted
 */
export async function findFiles(request: FilesRequest, room: Room, guard: Guard): Promise<FoundFiles> {
  const root = await Root.open(request.root)
  if (root === undefined) {
    throw new Refusal([`root: ${quoted(request.root)} is not a folder; did a checkout or build step run before?`])
  }
  const matches = await Promise.all(request.patterns.includes.map((include) => match(include, request, root, guard)))
  const apart = place(matches, request.mountPath, 'leave-out')
  const isPacked = packs(request, apart.files.length, room)
  const placement = isPacked ? place(matches, request.mountPath, 'keep') : apart
  const limits = isPacked ? checkPacked(placement.files) : checkLimits(placement.files, room.maxResources)
  const archive = parseMountPath(path.posix.join(request.mountPath, ARCHIVE_NAME))
  const empty = matches.filter((each) => each.files.length === 0 && each.problems.length === 0).map(nothingFound)
  if (request.patterns.includes.length === 0) empty.push('`files` is an empty list')
  refuseIf([
    ...matches.flatMap((each) => each.problems),
    ...(request.ifNoFilesFound === 'error' ? empty : []),
    ...placement.problems,
    ...limits.problems,
    ...(isPacked && !archive.ok ? [`mount-path: no room for the archive's name: ${archive.reason}`] : []),
  ])
  const { files, aliases } = placement
  const archiveMountPath = isPacked && archive.ok ? archive.path : undefined
  return { request, matches, files, aliases, archiveMountPath, empty, warnings: limits.warnings }
}

/**
 * Reads and hashes the files that were found, and leaves out what holds a secret.
 * @throws Refusal naming everything that must not be mounted; the reason of the signal
 */
export async function readFiles(found: FoundFiles, guard: Guard, signal: AbortSignal): Promise<DesiredFiles> {
  const { request, matches, files, aliases, archiveMountPath, empty, warnings } = found
  const read = await readAll(files, guard, signal)
  refuseIf(read.problems)
  const sensitive = [...matches.flatMap((each) => each.sensitive), ...read.sensitive]
  if (request.ifNoFilesFound === 'error' && read.files.length === 0 && files.length > 0) {
    throw new Refusal([`nothing to mount is left. ${sensitiveWarning(sensitive)}`])
  }
  return {
    files: read.files,
    archiveMountPath: read.files.length > 0 ? archiveMountPath : undefined,
    lines: matches.map(resultLine),
    warnings: [
      ...(request.ifNoFilesFound === 'warn' ? empty : []),
      ...leftOut(matches, aliases),
      ...(sensitive.length === 0 ? [] : [sensitiveWarning(sensitive)]),
      ...warnings,
    ],
  }
}

/** Whether files that there are so many of are packed. */
function packs({ archive }: FilesRequest, files: number, { maxResources, others }: Room): boolean {
  return files > 0 && (archive === 'always' || (archive === 'auto' && files + others > maxResources))
}

/** What reading the files brought to light. */
interface ReadFiles {
  readonly files: readonly DesiredFile[]
  /** Left out: found by a wildcard, and holding a secret. */
  readonly sensitive: readonly Finding[]
  readonly problems: readonly string[]
}

async function readAll(files: readonly PlacedFile[], guard: Guard, signal: AbortSignal): Promise<ReadFiles> {
  const limit = pLimit(READERS)
  const read = await Promise.all(
    files.map((file) =>
      limit(async () => {
        const scan = guard.scan(file)
        const sha256 = await digest(file, signal, scan)
        return {
          file: { ...file, size: Number(file.version.size), sha256, fingerprint: fingerprintOf(sha256) },
          found: scan?.finding,
        }
      }),
    ),
  )
  const findings = read.flatMap(({ file, found }) =>
    found === undefined ? [] : [{ file, finding: { name: file.path, reason: `holds ${found}` } }],
  )
  return {
    files: read.filter(({ found }) => found === undefined).map(({ file }) => file),
    sensitive: findings.filter(({ file }) => !file.isNamed).map(({ finding }) => finding),
    problems: findings.filter(({ file }) => file.isNamed).map(({ file, finding }) => sensitiveText(file, finding)),
  }
}

function resultLine({ include, files }: Match): string {
  const target =
    include.mapping.kind === 'default'
      ? ''
      : ` => ${include.mapping.path}${include.mapping.kind === 'folder' && include.mapping.path !== '/' ? '/' : ''}`
  return `${include.pattern}${target} → ${count(files.length, 'file')}`
}

function nothingFound({ include, hidden, sensitive, hint }: Match): string {
  const because =
    sensitive.length > 0
      ? sensitiveWarning(sensitive)
      : hidden.length > 0
        ? `${count(hidden.length, 'hidden file')} matched; set \`include-hidden-files: true\` to take them`
        : hint
  return `${quoted(include.pattern)} matched no files${because === undefined ? '' : `: ${because}`}`
}

function leftOut(matches: readonly Match[], aliases: readonly string[]): readonly string[] {
  const all = (pick: (each: Match) => readonly string[]) => [...new Set(matches.flatMap(pick))]
  return [
    sentence(
      all((each) => each.hidden),
      'hidden file',
      'left out; set `include-hidden-files: true` to take them',
    ),
    sentence(
      all((each) => each.linkedFolders),
      'linked folder',
      'not descended into; set `follow-symbolic-links: true` to do so',
    ),
    sentence(
      all((each) => each.brokenLinks),
      'broken link',
      'left out',
    ),
    sentence(aliases, 'second name', 'of a mounted file left out'),
  ].flatMap((line) => line ?? [])
}

function sentence(names: readonly string[], noun: string, what: string): string | undefined {
  return names.length === 0 ? undefined : `${count(names.length, noun)} ${what}: ${firstFew(names.map(quoted))}`
}

/** How many names a warning lists; each has to be seen, but not a whole disk of them. */
const MOST_NAMES = 50

function sensitiveWarning(findings: readonly Finding[]): string {
  const names = [...new Set(findings.map(({ name, reason }) => `${quoted(name)} ${reason}`))]
  return `Left out as sensitive: ${firstFew(names, MOST_NAMES)}. What holds no secret can be named in \`allow-sensitive-files\``
}
