import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { quote } from '../../text/escape.ts'
import { type FileVersion, isSameVersion, versionOf } from './inspect.ts'

/** The file is not any more what it was when the run looked at it. */
export class FileChanged extends Error {
  constructor(name: string, when: string) {
    super(`${quote(name)} changed while ${when}; make sure that no other process writes to it, or mount a copy of it`)
    this.name = 'FileChanged'
  }
}

/** The file is there, but does not let itself be read. */
export class UnreadableFile extends Error {
  /** What the system says, like `EACCES`. */
  readonly code: string

  constructor(name: string, cause: NodeJS.ErrnoException) {
    const code = cause.code ?? cause.message
    super(`${quote(name)} cannot be read (${code}); check its permissions, or exclude it`, { cause })
    this.name = 'UnreadableFile'
    this.code = code
  }
}

/** A file to read: its name for messages, where it really is, and the version that was looked at. */
export interface ReadableFile {
  readonly path: string
  readonly realPath: string
  readonly version: FileVersion
}

// O_NONBLOCK is missing on Windows, which has no FIFOs either.
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/**
 * Opens exactly the version of the file that was looked at; not blocking, should a FIFO have taken its place.
 * @throws FileChanged if another file, or another version of it, is there now.
 */
export async function openVersion(file: ReadableFile, when: string): Promise<FileHandle> {
  const handle = await open(file.realPath, FLAGS).catch((error: NodeJS.ErrnoException) => {
    throw openFailure(file, when, error)
  })
  try {
    await checkVersion(handle, file, when)
    return handle
  } catch (error) {
    await handle.close()
    throw error
  }
}

/**
 * The whole content of a small file, exactly of the version that was looked at. Not by way of the thread pool: five calls
 * there take ten times as long as reading a few kilobytes.
 * @throws FileChanged, UnreadableFile
 */
export function readWhole(file: ReadableFile, when: string): Uint8Array {
  const descriptor = openNow(file, when)
  try {
    const check = () => checkStats(fstatSync(descriptor, { bigint: true }), file, when)
    check()
    const buffer = Buffer.allocUnsafe(Number(file.version.size))
    let length = 0
    while (length < buffer.length) {
      const bytesRead = readSync(descriptor, buffer, length, buffer.length - length, null)
      if (bytesRead === 0) throw new FileChanged(file.path, when)
      length += bytesRead
    }
    check()
    return buffer
  } catch (error) {
    if (error instanceof FileChanged) throw error
    throw new UnreadableFile(file.path, error as NodeJS.ErrnoException)
  } finally {
    closeSync(descriptor)
  }
}

function openNow(file: ReadableFile, when: string): number {
  try {
    return openSync(file.realPath, FLAGS)
  } catch (error) {
    throw openFailure(file, when, error as NodeJS.ErrnoException)
  }
}

function openFailure(file: ReadableFile, when: string, error: NodeJS.ErrnoException): Error {
  return error.code === 'ENOENT' ? new FileChanged(file.path, when) : new UnreadableFile(file.path, error)
}

/** @throws FileChanged if the open file is not the version that was looked at. */
export async function checkVersion(handle: FileHandle, file: ReadableFile, when: string): Promise<void> {
  checkStats(await handle.stat({ bigint: true }), file, when)
}

function checkStats(now: BigIntStats, file: ReadableFile, when: string): void {
  if (!now.isFile() || !isSameVersion(versionOf(now), file.version)) throw new FileChanged(file.path, when)
}
