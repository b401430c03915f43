import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { quoted } from '../inert.ts'
import { type FileVersion, isSameVersion, versionOf } from './candidate.ts'

/** The file is not any more what it was when the run looked at it. */
export class FileChanged extends Error {
  constructor(name: string, when: string) {
    super(`${quoted(name)} changed while ${when}; make sure that no other process writes to it, or mount a copy of it`)
    this.name = 'FileChanged'
  }
}

/** The file is there, but does not let itself be read. */
export class UnreadableFile extends Error {
  constructor(name: string, cause: NodeJS.ErrnoException) {
    super(`${quoted(name)} cannot be read (${cause.code ?? cause.message}); check its permissions, or exclude it`, {
      cause,
    })
    this.name = 'UnreadableFile'
  }
}

/** A file to read: its name for messages, where it really is, and the version that was looked at. */
export interface ReadableFile {
  readonly path: string
  readonly realPath: string
  readonly version: FileVersion
}

/**
 * Opens exactly the version of the file that was looked at; not blocking, should a FIFO have taken its place.
 * @throws FileChanged if another file, or another version of it, is there now.
 */
export async function openVersion(file: ReadableFile, when: string): Promise<FileHandle> {
  // O_NONBLOCK is missing on Windows, which has no FIFOs either.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)
  const handle = await open(file.realPath, flags).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new FileChanged(file.path, when)
    throw new UnreadableFile(file.path, error)
  })
  try {
    await checkVersion(handle, file, when)
    return handle
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** @throws FileChanged if the open file is not the version that was looked at. */
export async function checkVersion(handle: FileHandle, file: ReadableFile, when: string): Promise<void> {
  const now = await handle.stat({ bigint: true })
  if (!now.isFile() || !isSameVersion(versionOf(now), file.version)) throw new FileChanged(file.path, when)
}
