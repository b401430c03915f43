import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { quoted } from '../inert.ts'
import { type FileVersion, isSameVersion, versionOf } from './candidate.ts'

const CHUNK_BYTES = 512 * 1024

/** The file is not any more what it was when the run looked at it. */
export class FileChanged extends Error {
  constructor(name: string, when: string) {
    super(`${quoted(name)} changed while ${when}; make sure that no other process writes to it, or mount a copy of it`)
    this.name = 'FileChanged'
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
    throw new Error(`${quoted(file.path)} cannot be read: ${error.code ?? error.message}`, { cause: error })
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

/** SHA-256 of the content, in hexadecimal digits. */
export async function digest(file: ReadableFile): Promise<string> {
  const when = 'it was being read'
  const handle = await openVersion(file, when)
  try {
    const hash = createHash('sha256')
    for await (const chunk of readAhead(handle, Number(file.version.size))) hash.update(chunk)
    await checkVersion(handle, file, when)
    return hash.digest('hex')
  } finally {
    await handle.close()
  }
}

/** Reads the next chunk while the last one is hashed, which takes a quarter off the time. A chunk lives until the next. */
async function* readAhead(handle: FileHandle, size: number): AsyncGenerator<Uint8Array> {
  const length = Math.min(CHUNK_BYTES, size || 1)
  let [current, other] = [Buffer.allocUnsafe(length), Buffer.allocUnsafe(length)]
  let next = handle.read(current, 0, length)
  for (;;) {
    const { bytesRead } = await next
    if (bytesRead === 0) return
    const chunk = current.subarray(0, bytesRead)
    ;[current, other] = [other, current]
    next = handle.read(current, 0, length)
    yield chunk
  }
}
