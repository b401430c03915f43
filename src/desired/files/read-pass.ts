import pLimit from 'p-limit'
import type { SecretScan } from '../secrets/secret-scan.ts'
import type { DesiredFile } from './desired-file.ts'
import { type Guard, sensitiveText } from './guard.ts'
import { digest } from './hash.ts'
import type { LeftOut } from './left-out.ts'
import { pointerWarning } from './lfs-pointer.ts'
import type { PlacedFile } from './place.ts'
import { UnreadableFile } from './read-unchanged.ts'
import { fingerprintOf } from './upload-name.ts'

/** What reading the files brought to light. */
export interface PassResult {
  readonly files: readonly DesiredFile[]
  readonly leftOut: readonly LeftOut[]
  readonly problems: readonly string[]
  readonly warnings: readonly string[]
}

type ReadFile =
  | { readonly kind: 'read'; readonly file: DesiredFile; readonly isLfsPointer: boolean }
  | { readonly kind: 'left-out'; readonly leftOut: LeftOut }
  | { readonly kind: 'refused'; readonly problem: string }

/** Enough to keep a disk busy; hashing itself is bound to one core. */
const READERS = 4

/**
 * Reads every file once: hashes it, and looks for secrets in it. What only a wildcard found is left out when it holds one, or
 * cannot be read; what is named is refused.
 * @throws FileChanged, the reason of the signal
 */
export async function readPass(files: readonly PlacedFile[], guard: Guard, signal: AbortSignal): Promise<PassResult> {
  if (files.length === 0) return { files: [], leftOut: [], problems: [], warnings: [] }
  const openScan = await guard.contentSearch()
  const limit = pLimit(READERS)
  const read = await Promise.all(files.map((file) => limit(() => readFile(file, openScan(file), signal))))
  return {
    files: read.flatMap((each) => (each.kind === 'read' ? [each.file] : [])),
    leftOut: read.flatMap((each) => (each.kind === 'left-out' ? [each.leftOut] : [])),
    problems: read.flatMap((each) => (each.kind === 'refused' ? [each.problem] : [])),
    warnings: pointerWarning(
      read.flatMap((each) => (each.kind === 'read' && each.isLfsPointer ? [each.file.path] : [])),
    ),
  }
}

async function readFile(file: PlacedFile, scan: SecretScan | undefined, signal: AbortSignal): Promise<ReadFile> {
  try {
    const { sha256, isLfsPointer } = await digest(file, signal, scan)
    if (scan?.finding !== undefined) return sensitive(file, `holds ${scan.finding}`)
    const size = Number(file.version.size)
    return { kind: 'read', file: { ...file, size, sha256, fingerprint: fingerprintOf(sha256) }, isLfsPointer }
  } catch (error) {
    if (error instanceof UnreadableFile) return unreadableFile(file, error)
    throw error
  }
}

function sensitive(file: PlacedFile, reason: string): ReadFile {
  if (file.isNamed) return { kind: 'refused', problem: sensitiveText(file, { name: file.path, reason }) }
  return { kind: 'left-out', leftOut: { reason: 'sensitive', name: file.path, detail: reason } }
}

function unreadableFile({ path, isNamed }: PlacedFile, { code, message }: UnreadableFile): ReadFile {
  if (isNamed) return { kind: 'refused', problem: message }
  return { kind: 'left-out', leftOut: { reason: 'unreadable', name: path, detail: `(${code})` } }
}
