import type { FileHandle } from 'node:fs/promises'
import type { Client } from '../api/client.ts'
import { ConnectionError } from '../api/connection-error.ts'
import { StatusError } from '../api/errors.ts'
import { type ContentSink, downloadFile } from '../api/file-content.ts'
import { inParallel } from '../apply/in-parallel.ts'
import { Interrupted } from '../stop/interrupted.ts'
import type { Choice } from './choose.ts'
import type { DownloadFolder } from './folder.ts'

/** A file that is on the disk. */
export interface DownloadedFile extends Choice {
  /** In bytes, as counted. */
  readonly size: number
}

interface FailedDownload {
  readonly choice: Choice
  readonly error: unknown
}

export interface FetchResult {
  readonly files: readonly DownloadedFile[]
  /** The server had not said that they cannot be downloaded, but then refused. */
  readonly notDownloadable: readonly Choice[]
  readonly failed: readonly FailedDownload[]
  /** Files that were not tried any more, since none could have succeeded. */
  readonly untried: number
}

export interface FetchOptions {
  readonly client: Client
  readonly folder: DownloadFolder
  readonly concurrency: number
  /** Replaces files that exist by then. */
  readonly overwrite: boolean
  /** Told of each file that is there. */
  readonly onFile: (bytes: number) => void
}

/** The disk takes no file any more. */
const DISK_IS_SHUT: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT', 'EROFS'])

/**
 * Downloads the files, so many at a time. A file that fails does not keep the others back, unless they would fail for
 * the same reason. Never throws for a file: what went wrong is in the result.
 */
export async function fetchFiles(choices: readonly Choice[], options: FetchOptions): Promise<FetchResult> {
  const files: DownloadedFile[] = []
  const notDownloadable: Choice[] = []
  const failed: FailedDownload[] = []
  const fetchOne = async (choice: Choice) => {
    const size = await fetchFile(choice, options)
    files.push({ ...choice, size })
    options.onFile(size)
  }
  const work = (choice: Choice) =>
    fetchOne(choice).catch((error: unknown) => {
      if (choice.file.downloadable === undefined && isNotDownloadable(error)) {
        notDownloadable.push(choice)
        return
      }
      failed.push({ choice, error })
      throw error
    })
  await inParallel(choices, options.concurrency, work, concernsAll)
  const untried = choices.length - files.length - notDownloadable.length - failed.length
  return { files: inOrderOf(choices, files), notDownloadable, failed, untried }
}

function inOrderOf(choices: readonly Choice[], files: readonly DownloadedFile[]): readonly DownloadedFile[] {
  const byId = new Map(files.map((file) => [file.file.id, file]))
  return choices.flatMap(({ file }) => byId.get(file.id) ?? [])
}

function fetchFile({ file, path }: Choice, { client, folder, overwrite }: FetchOptions): Promise<number> {
  return folder.receive(path, overwrite, (handle) => downloadFile(client, file.id, file.size_bytes, sinkOf(handle)))
}

function sinkOf(handle: FileHandle): ContentSink {
  let position = 0
  return {
    restart: async () => {
      await handle.truncate(0)
      position = 0
    },
    write: async (chunk) => {
      for (let taken = 0; taken < chunk.length; ) {
        const { bytesWritten } = await handle.write(chunk, taken, chunk.length - taken, position)
        taken += bytesWritten
        position += bytesWritten
      }
    },
  }
}

/** Documented: 400 with the code `file_not_downloadable`; observed earlier without the code. */
function isNotDownloadable(error: unknown): boolean {
  if (!(error instanceof StatusError) || error.details.status !== 400) return false
  return error.details.code === 'file_not_downloadable' || /not downloadable/i.test(error.details.message ?? '')
}

function concernsAll(error: unknown): boolean {
  if (error instanceof Interrupted) return true
  if (error instanceof StatusError) return error.details.status === 401
  if (error instanceof ConnectionError) return error.kind !== 'broken'
  return DISK_IS_SHUT.has((error as NodeJS.ErrnoException | undefined)?.code)
}
