import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
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

/** Large enough that reading keeps up with loopback, small enough that many files at once stay small. */
export const CHUNK_BYTES = 512 * 1024

/** One chunk is in use, one may still be on its way through a socket, and one is being read. */
const BUFFERS = 3

/** Memory to read into, used again for file after file. */
export function readBuffers(bytes = CHUNK_BYTES): readonly Buffer[] {
  return Array.from({ length: BUFFERS }, () => Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, bytes)))
}

// O_NONBLOCK is missing on Windows, which has no FIFOs either.
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/**
 * Reads exactly the version of a file that was looked at, in chunks; none is given away of another one. A chunk must be done
 * with when the next one is asked for. Not by way of the thread pool: five calls there take ten times as long as reading a
 * few kilobytes, and large files are not read faster there.
 * @param when in words, for the error
 * @throws FileChanged, at the latest at the end; UnreadableFile
 */
export function* chunksOf(
  file: ReadableFile,
  when: string,
  buffers = readBuffers(Number(file.version.size)),
): Generator<Uint8Array, void> {
  const descriptor = openFile(file, when)
  const check = () => checkVersion(fstatSync(descriptor, { bigint: true }), file, when)
  try {
    for (let left = Number(file.version.size), turn = 0; left > 0; turn++) {
      const chunk = (buffers[turn % BUFFERS] ?? Buffer.alloc(0)).subarray(0, left)
      const isFilled = fill(chunk, descriptor)
      left -= chunk.length
      if (turn === 0 || left === 0) check()
      if (!isFilled) throw new FileChanged(file.path, when)
      yield chunk
    }
    if (file.version.size === 0n) check()
  } catch (error) {
    if (!isSystemError(error)) throw error
    check()
    throw new UnreadableFile(file.path, error)
  } finally {
    closeSync(descriptor)
  }
}

/** A disk of another machine may give less than is asked for. Returns whether there was enough. */
function fill(buffer: Buffer, descriptor: number): boolean {
  for (let filled = 0; filled < buffer.length; ) {
    const bytesRead = readSync(descriptor, buffer, filled, buffer.length - filled, null)
    if (bytesRead === 0) return false
    filled += bytesRead
  }
  return true
}

function openFile(file: ReadableFile, when: string): number {
  try {
    // Not blocking, should a FIFO have taken its place.
    return openSync(file.realPath, FLAGS)
  } catch (error) {
    const cause = error as NodeJS.ErrnoException
    throw cause.code === 'ENOENT' ? new FileChanged(file.path, when) : new UnreadableFile(file.path, cause)
  }
}

function checkVersion(now: BigIntStats, file: ReadableFile, when: string): void {
  if (!now.isFile() || !isSameVersion(versionOf(now), file.version)) throw new FileChanged(file.path, when)
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error
}
