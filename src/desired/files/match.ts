import path from 'node:path'
import type { Include } from '../../inputs/file-patterns.ts'
import type { FilesRequest } from '../../inputs/mount-inputs.ts'
import { ignoresCase, posixName } from '../../paths/system-path.ts'
import { quoted } from '../../text/escape.ts'
import { isWildcard, type SearchOptions, search } from './find.ts'
import type { Finding, Guard } from './guard.ts'
import { hintFor } from './hint.ts'
import { type Candidate, type FileCandidate, inspect, type Root } from './inspect.ts'

/** What one entry of `files` came to. */
export interface Match {
  readonly include: Include
  readonly files: readonly FileCandidate[]
  /** Found by a wildcard, but hidden, and hidden files were not asked for. */
  readonly hidden: readonly string[]
  /** Found by a wildcard, but not to leave the runner. */
  readonly sensitive: readonly Finding[]
  readonly linkedFolders: readonly string[]
  readonly brokenLinks: readonly string[]
  /** What cannot be mounted and is not left out silently either. */
  readonly problems: readonly string[]
  /** Why nothing matched, where there is an idea. */
  readonly hint: string | undefined
}

/** Finds the files of one entry of `files`. Reads the disk, but opens no file. */
export async function match(include: Include, request: FilesRequest, root: Root, guard: Guard): Promise<Match> {
  const options: SearchOptions = { root: root.given, followSymbolicLinks: request.followSymbolicLinks }
  const excludes = request.patterns.excludes
  const paths = include.literal
    ? [path.resolve(root.given, include.pattern)]
    : await search(include.pattern, excludes, options)
  const isLeftOutHidden = ({ path: name }: Candidate) => !request.includeHiddenFiles && isHidden(name, include)
  const inspected = await Promise.all(paths.map((absolute) => inspect(absolute, root)))
  // A broken link, or one that leads out, in a folder that is left out anyway (.venv, .git) is nobody's concern.
  const candidates = inspected.filter((each) => each.kind === 'file' || !(isLeftOutHidden(each) || inGit(each.path)))
  const found = candidates.filter((candidate) => candidate.kind === 'file')
  const findings = found.flatMap((file) => {
    const finding = guard.check(file)
    return finding === undefined ? [] : [{ file, finding }]
  })
  const refused = new Set(findings.map(({ file }) => file))
  const files = found.filter((file) => !refused.has(file))
  const shown = files.filter((file) => !isLeftOutHidden(file))
  const pathsOf = (kind: Candidate['kind']) => candidates.filter((each) => each.kind === kind).map((each) => each.path)
  return {
    include,
    files: shown,
    hidden: found.filter((file) => isLeftOutHidden(file) && !inGit(file.path)).map((file) => file.path),
    sensitive: findings
      .filter(({ file }) => !isNamed(file.path, include) && !isLeftOutHidden(file))
      .map(({ finding }) => finding),
    linkedFolders: include.literal ? [] : pathsOf('linked-folder'),
    brokenLinks: pathsOf('broken-link').filter((name) => !isNamed(name, include)),
    problems: [
      ...candidates.flatMap((candidate) => problemOf(candidate, include) ?? []),
      ...findings
        .filter(({ file }) => isNamed(file.path, include))
        .map(({ file, finding }) => sensitiveText(file, finding)),
    ],
    hint:
      inspected.length === 0 && !include.literal ? await hintFor(include.pattern, excludes, root, options) : undefined,
  }
}

/** Whether the include names this path itself, not through a wildcard or a folder above it. */
export function isNamed(name: string, include: Include, system: path.PlatformPath = path): boolean {
  if (include.literal) return true
  const pattern = posixName(include.pattern, system)
  return pattern === name || (ignoresCase(system) && pattern.toLowerCase() === name.toLowerCase())
}

/**
 * A file is hidden if its name, or that of a folder below the root, starts with a dot, unless the pattern spells that
 * dot out: `.github/*.json` takes `.github/a.json`, but not `.github/.cache/b.json`.
 */
function isHidden(name: string, include: Include): boolean {
  if (isNamed(name, include)) return false
  const spelled = include.pattern
    .split(/[/\\]/)
    .filter((segment) => segment.startsWith('.'))
    .map((segment) => ({ prefix: segment.replace(/[*?[].*$/, ''), exact: !isWildcard(segment) }))
  return name
    .split('/')
    .filter((segment) => segment.startsWith('.'))
    .some((segment) => !spelled.some((dot) => (dot.exact ? segment === dot.prefix : segment.startsWith(dot.prefix))))
}

/** Every checkout has a `.git`, and nobody means it by a wildcard: not worth a word. */
function inGit(name: string): boolean {
  return name.split('/').includes('.git')
}

/** Why a file that was asked for by name is not mounted. */
export function sensitiveText(file: FileCandidate, { reason }: Finding): string {
  return `${quoted(file.path)} ${reason}, and is not mounted; if it holds no secret, name it in \`allow-sensitive-files\``
}

function problemOf(candidate: Candidate, include: Include): string | undefined {
  const name = quoted(candidate.path)
  switch (candidate.kind) {
    case 'outside':
      return `${name} is ${candidate.realPath === candidate.path ? '' : `really ${quoted(candidate.realPath)}, which is `}outside \`root\`; exclude it, or set \`root\` to a folder that holds it`
    case 'special':
      return `${name} is ${candidate.what}, which has no content to mount; exclude it with "!${candidate.path}"`
    case 'folder':
      return `${name} is a folder; a JSON array in \`files\` holds paths of files`
    case 'missing':
      return include.literal ? `${name} does not exist` : undefined
    case 'broken-link':
      return isNamed(candidate.path, include) ? `${name} is a link to something that does not exist` : undefined
    case 'linked-folder':
      return include.literal
        ? `${name} is a link to a folder; a JSON array in \`files\` holds paths of files`
        : undefined
    case 'file':
      return undefined
  }
}
