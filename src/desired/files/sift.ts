import { quote } from '../../text/escape.ts'
import type { Entry, FileEntry } from './entry.ts'
import { type Finding, type Guard, sensitiveText } from './guard.ts'
import type { Hit } from './hit.ts'
import type { LeftOut } from './left-out.ts'
import type { Line } from './line.ts'

/** Something that a line found and that is left out. */
export interface LineLeftOut extends LeftOut {
  readonly line: Line
}

/** Something that must not be passed over in silence. */
export interface Refused {
  /** Undefined if it was not searched for. */
  readonly line: Line | undefined
  readonly text: string
}

/** What the walk found, sorted by what becomes of it. */
export interface Sifted {
  readonly files: readonly FileEntry[]
  readonly leftOut: readonly LineLeftOut[]
  readonly refused: readonly Refused[]
}

type Verdict =
  | { readonly kind: 'take' }
  | { readonly kind: 'pass' }
  | { readonly kind: 'leave'; readonly leftOut: LeftOut }
  | { readonly kind: 'refuse'; readonly text: string }

/** Decides for each entry and each line that found it. Opens nothing and asks no disk. */
export function sift(entries: readonly Entry[], guard: Guard): Sifted {
  const judged = entries.map((entry) => {
    const finding = entry.kind === 'file' ? guard.check(entry) : undefined
    return { entry, hits: entry.hits.map((hit) => ({ hit, verdict: verdictOn(entry, hit, finding) })) }
  })
  const verdicts = judged.flatMap(({ hits }) => hits)
  return {
    files: judged.flatMap(({ entry, hits }) => {
      const taken = hits.filter(({ verdict }) => verdict.kind === 'take').map(({ hit }) => hit)
      return entry.kind === 'file' && taken.length > 0 ? [{ ...entry, hits: taken }] : []
    }),
    leftOut: verdicts.flatMap(({ hit: { line }, verdict }) =>
      verdict.kind === 'leave' ? [{ ...verdict.leftOut, line }] : [],
    ),
    refused: verdicts.flatMap(({ hit: { line }, verdict }) =>
      verdict.kind === 'refuse' ? [{ line, text: verdict.text }] : [],
    ),
  }
}

const PASS: Verdict = { kind: 'pass' }

function verdictOn(entry: Entry, hit: Hit, finding: Finding | undefined): Verdict {
  if (hit.isNamed) return onNamed(entry, finding)
  if (entry.kind === 'file') return onFound(entry, hit, finding)
  // What is broken, or leads out, in a folder that is left out anyway (.venv, .git) is nobody's concern.
  if (hit.isHidden) return PASS
  const name = entry.path
  switch (entry.kind) {
    case 'outside':
    case 'folder':
      return { kind: 'refuse', text: refusalOf(entry) }
    case 'special':
      return leaveOut({ reason: 'special', name, detail: `is ${entry.what}` })
    case 'unreadable':
      return leaveOut({ reason: 'unreadable', name, detail: `(${entry.code})` })
    case 'git':
      return leaveOut({ reason: 'sensitive', name: `${name}/`, detail: 'may contain credentials' })
    default:
      return leaveOut({ reason: entry.kind, name })
  }
}

function leaveOut(leftOut: LeftOut): Verdict {
  return { kind: 'leave', leftOut }
}

function onNamed(entry: Entry, finding: Finding | undefined): Verdict {
  if (entry.kind !== 'file') return { kind: 'refuse', text: refusalOf(entry) }
  return finding === undefined ? { kind: 'take' } : { kind: 'refuse', text: sensitiveText(entry, finding) }
}

function onFound({ path: name }: FileEntry, { isHidden }: Hit, finding: Finding | undefined): Verdict {
  // Every checkout has a `.git`, and nobody means it by a wildcard: not worth a word.
  if (isHidden) return name.split('/').includes('.git') ? PASS : leaveOut({ reason: 'hidden', name })
  if (finding === undefined) return { kind: 'take' }
  return leaveOut({ reason: 'sensitive', name: finding.name, detail: finding.reason })
}

/** What is wrong with something that has been asked for. */
function refusalOf(entry: Exclude<Entry, FileEntry>): string {
  const name = quote(entry.path === '' ? '.' : entry.path)
  switch (entry.kind) {
    case 'outside':
      return `${name} leads to ${quote(entry.realPath)}, which is outside \`root\`. Exclude it, or set \`root\` to a folder that holds both`
    case 'special':
      return `${name} is ${entry.what}, which has no content to mount. Exclude it with ${quote(`!${entry.path}`)}`
    case 'unreadable':
      return entry.code === 'ELOOP'
        ? `${name} is a symbolic link that leads back to itself`
        : `${name} cannot be read (${entry.code}). Check its permissions, or exclude it`
    case 'broken-link':
      return `${name} is a symbolic link to something that does not exist`
    default:
      return `${name} is a folder. A JSON array in \`files\` holds paths of files`
  }
}
