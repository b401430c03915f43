import { closeSync, constants, fstatSync, openSync, read, readSync } from 'node:fs'
import { promisify } from 'node:util'
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
    super(`${quote(name)} cannot be read (${code}); check its permissions, or exclude it`)
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

/**
 * Files up to this size are read at once, and not by way of the thread pool: five calls there take ten times as long as
 * reading a few kilobytes. Larger ones are read in chunks of it, which keeps up with loopback.
 */
const CHUNK_BYTES = 512 * 1024

/** One chunk is being read, one is in use, and one may still be on its way through a socket. */
const BUFFERS = 3

/** Memory to read into, used again for file after file. */
export function readBuffers(bytes = CHUNK_BYTES): readonly Buffer[] {
  return Array.from({ length: BUFFERS }, () => Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, bytes)))
}

/**
 * Reads exactly the version of a file that was looked at; nothing is given away of another one. A chunk must be done with
 * when the next one is asked for.
 * @param when in words, for the error
 * @throws FileChanged, at the latest before the last chunk; UnreadableFile
 */
export async function* chunksOf(
  file: ReadableFile,
  when: string,
  buffers = readBuffers(Number(file.version.size)),
): AsyncGenerator<Uint8Array, void> {
  if (isSmall(file)) yield readWhole(file, when, buffers)
  else yield* readAhead(file, when, buffers)
}

/** All of it is one chunk. */
export function isSmall({ version }: ReadableFile): boolean {
  return version.size <= CHUNK_BYTES
}

/** The one chunk of a small file. @throws as `chunksOf` */
export function readWhole(file: ReadableFile, when: string, [buffer = Buffer.alloc(0)]: readonly Buffer[]): Uint8Array {
  const content = buffer.subarray(0, Number(file.version.size))
  const descriptor = openFile(file, when)
  try {
    for (let filled = 0; filled < content.length; ) {
      const bytesRead = readSync(descriptor, content, filled, content.length - filled, null)
      if (bytesRead === 0) throw new FileChanged(file.path, when)
      filled += bytesRead
    }
    checkVersion(descriptor, file, when)
    return content
  } catch (error) {
    throw asFailure(error, descriptor, file, when)
  } finally {
    closeSync(descriptor)
  }
}

const readNext = promisify(read<Buffer>)

/** The next chunk is read already while one is in use. */
async function* readAhead(
  file: ReadableFile,
  when: string,
  buffers: readonly Buffer[],
): AsyncGenerator<Uint8Array, void> {
  const descriptor = openFile(file, when)
  const readInto = (buffer: Buffer = Buffer.alloc(0)) => readNext(descriptor, buffer, 0, buffer.length, null)
  let next: ReturnType<typeof readInto> | undefined
  try {
    checkVersion(descriptor, file, when)
    next = readInto(buffers[0])
    for (let left = Number(file.version.size), turn = 1; left > 0; turn++) {
      const { bytesRead, buffer } = await next
      if (bytesRead === 0) throw new FileChanged(file.path, when)
      const chunk = buffer.subarray(0, Math.min(bytesRead, left))
      left -= chunk.length
      if (left > 0) next = readInto(buffers[turn % buffers.length])
      else checkVersion(descriptor, file, when)
      yield chunk
    }
  } catch (error) {
    throw asFailure(error, descriptor, file, when)
  } finally {
    // The file must not be closed under a read that nobody waits for any more.
    await next?.catch(() => undefined)
    closeSync(descriptor)
  }
}

// O_NONBLOCK is missing on Windows, which has no FIFOs either.
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

function openFile(file: ReadableFile, when: string): number {
  try {
    // Not blocking, should a FIFO have taken its place.
    return openSync(file.realPath, FLAGS)
  } catch (error) {
    const cause = error as NodeJS.ErrnoException
    throw cause.code === 'ENOENT' ? new FileChanged(file.path, when) : new UnreadableFile(file.path, cause)
  }
}

function checkVersion(descriptor: number, file: ReadableFile, when: string): void {
  const now = fstatSync(descriptor, { bigint: true })
  if (!now.isFile() || !isSameVersion(versionOf(now), file.version)) throw new FileChanged(file.path, when)
}

/** What cannot be read may be something else by now, such as a folder. */
function asFailure(error: unknown, descriptor: number, file: ReadableFile, when: string): unknown {
  if (!isSystemError(error)) return error
  try {
    checkVersion(descriptor, file, when)
    return new UnreadableFile(file.path, error)
  } catch (changed) {
    return changed
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error
}
