import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { ScratchFolder } from '../../runner/scratch-folder.ts'
import { count, formatBytes } from '../../text/format.ts'
import { Refusal } from '../../text/refusal.ts'
import { diskWarning, MAX_FILE_BYTES } from '../files/check-limits.ts'
import type { DesiredFile, Member } from '../files/desired-file.ts'
import { versionOf } from '../files/inspect.ts'
import { FileChanged, UnreadableFile } from '../files/read-unchanged.ts'
import { fingerprintOf } from '../files/upload-name.ts'
import { type GzipFile, GzipTooLarge, writeGzip } from './gzip.ts'
import { ARCHIVE_NAME, membersOf } from './member.ts'
import { tarOf } from './tar.ts'

/** An archive as the one file to mount, and what to tell about it. */
export interface Archive {
  readonly file: DesiredFile
  readonly line: string
  readonly warnings: readonly string[]
}

/** How the archive is made. */
export interface ArchiveOptions {
  readonly mountPath: string
  /** 0 to 9. */
  readonly compressionLevel: number
  readonly scratch: ScratchFolder
  readonly signal: AbortSignal
}

/**
 * Packs files, which have been checked and are sorted by mount path, into one file in the scratch folder.
 * @throws Refusal if the archive is larger than the service takes a file; FileChanged, UnreadableFile; the reason of the signal
 */
export async function archiveOf(files: readonly DesiredFile[], options: ArchiveOptions): Promise<Archive> {
  const members = membersOf(files)
  const unpacked = members.reduce((sum, { file, linkTo }) => sum + (linkTo === undefined ? file.size : 0), 0)
  const what = `${count(files.length, 'file')} (${formatBytes(unpacked)})`
  const { written, file } = await write(members, options, what)
  const version = versionOf(await stat(file, { bigint: true }))
  return {
    file: {
      path: ARCHIVE_NAME,
      realPath: file,
      isLink: false,
      isExecutable: false,
      version,
      mountPath: options.mountPath,
      isNamed: false,
      size: written.size,
      sha256: written.sha256,
      fingerprint: fingerprintOf(written.contentSha256),
      packed: members,
    },
    line: `Packed ${what} into ${ARCHIVE_NAME} (${formatBytes(written.size)})`,
    warnings: diskWarning(unpacked + written.size),
  }
}

async function write(
  members: readonly Member[],
  { compressionLevel, scratch, signal }: ArchiveOptions,
  what: string,
): Promise<{ readonly written: GzipFile; readonly file: string }> {
  try {
    const file = path.join(await scratch.path(), ARCHIVE_NAME)
    const options = { file, level: compressionLevel, maxBytes: Number(MAX_FILE_BYTES), signal }
    return { written: await writeGzip(tarOf(members), options), file }
  } catch (error) {
    throw asFailureOf(what, error, signal)
  }
}

function asFailureOf(what: string, error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason
  if (error instanceof GzipTooLarge) {
    const limit = formatBytes(Number(MAX_FILE_BYTES))
    return new Refusal([`${what} make an archive of more than the ${limit} that the service takes; narrow \`files\``])
  }
  if (error instanceof FileChanged || error instanceof UnreadableFile || !(error instanceof Error)) return error
  return new Error(
    `${what} could not be packed (${error.message}); the archive is written to the runner's temporary folder, which has to have room for it`,
    { cause: error },
  )
}
