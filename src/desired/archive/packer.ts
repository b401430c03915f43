import { once } from 'node:events'
import { rm, stat } from 'node:fs/promises'
import path from 'node:path'
import tar, { type Header, type Pack } from 'tar-stream'
import type { ScratchFolder } from '../../runner/scratch-folder.ts'
import { formatBytes } from '../../text/format.ts'
import { Refusal } from '../../text/refusal.ts'
import { systemErrorText } from '../../text/system-error.ts'
import { MAX_FILE_BYTES } from '../files/check-limits.ts'
import type { Member } from '../files/desired-file.ts'
import { versionOf } from '../files/inspect.ts'
import type { PlacedFile } from '../files/place.ts'
import type { Content, ContentTaker } from '../files/read-pass.ts'
import { FileChanged, type ReadableFile, UnreadableFile } from '../files/read-unchanged.ts'
import { type GzipFile, GzipTooLarge, writeGzip } from './gzip.ts'
import { ARCHIVE_NAME, MODE, membersText, modeOf } from './member.ts'

/** A time that everybody takes: GNU tar warns of times at the beginning of 1970, and zip knows none before 1980. */
const MODIFIED = new Date('1980-01-01T00:00:00Z')

/** Nothing of the machine or the user is in an archive. */
const ANYBODY = { uid: 0, gid: 0, uname: '', gname: '', mtime: MODIFIED } as const

/** An archive on the disk. */
export interface PackedFile extends ReadableFile, GzipFile {}

/**
 * Writes an archive into the scratch folder while its members are read: the same bytes for the same members wherever it is
 * made. Names that a plain header cannot hold are in PAX headers.
 */
export class Packer implements ContentTaker, AsyncDisposable {
  readonly #members: ReadonlyMap<PlacedFile, Member<PlacedFile>>
  readonly #what: string
  readonly #file: string
  readonly #signal: AbortSignal
  readonly #pack: Pack = tar.pack()
  readonly #written: Promise<GzipFile>
  #isGivenUp = false

  private constructor(members: readonly Member<PlacedFile>[], file: string, signal: AbortSignal) {
    this.#members = new Map(members.map((member) => [member.file, member]))
    this.#what = membersText(members)
    this.#file = file
    this.#signal = signal
    this.#written = writeGzip(this.#pack as AsyncIterable<Uint8Array>, file, signal)
    // It is waited for at the end, and where an entry fails.
    this.#written.catch(() => undefined)
  }

  /** @param members what may be taken */
  static async open(
    members: readonly Member<PlacedFile>[],
    scratch: ScratchFolder,
    signal: AbortSignal,
  ): Promise<Packer> {
    const folder = await scratch.path().catch((error: Error) => {
      throw notPacked(membersText(members), error)
    })
    return new Packer(members, path.join(folder, ARCHIVE_NAME), signal)
  }

  /** @throws Refusal if the archive is larger than the service takes a file; the reason of the signal; what the content throws */
  async take(file: PlacedFile, content: Content): Promise<void> {
    const member = this.#members.get(file)
    if (member === undefined || this.#isGivenUp) return
    const { name, linkTo } = member
    const size = Number(file.version.size)
    if (linkTo === undefined) await this.#addMember({ name, type: 'file', mode: modeOf(file), size }, content)
    else await this.#addMember({ name, type: 'symlink', mode: MODE.link, linkname: linkTo }, [])
  }

  async giveUp(): Promise<void> {
    this.#isGivenUp = true
    await this[Symbol.asyncDispose]()
    await rm(this.#file, { force: true })
  }

  /** The archive with all that was taken; undefined if it was given up. @throws as `take` */
  async finish(): Promise<PackedFile | undefined> {
    if (this.#isGivenUp) return undefined
    this.#pack.finalize()
    const written = await this.#written.catch((error: unknown) => {
      throw this.#asFailure(error)
    })
    const version = versionOf(await stat(this.#file, { bigint: true }))
    return { path: ARCHIVE_NAME, realPath: this.#file, version, ...written }
  }

  /** What is not finished ends here, so that nobody writes any more when the folder is removed. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#pack.destroy()
    await this.#written.catch(() => undefined)
  }

  async #addMember(header: Partial<Header> & Pick<Header, 'name'>, content: Content): Promise<void> {
    const { promise: ended, resolve, reject } = Promise.withResolvers<void>()
    const entry = this.#pack.entry({ ...ANYBODY, ...header }, (error) => (error ? reject(error) : resolve()))
    // An error reaches `ended` too, and may do so while a file is being read: it is waited for below.
    entry.on('error', () => undefined)
    ended.catch(() => undefined)
    try {
      for await (const chunk of content) {
        // The library keeps a chunk until it is its turn, and the reader of files uses its buffers again.
        if (!entry.write(Buffer.from(chunk))) await Promise.race([once(entry, 'drain'), ended])
      }
      entry.end(null)
      await ended
    } catch (error) {
      if (error instanceof FileChanged || error instanceof UnreadableFile) throw error
      // The entry only knows that it ended early; why is known where the archive is written.
      this.#pack.destroy()
      await this.#written.catch((cause: unknown) => {
        throw this.#asFailure(cause)
      })
      throw error
    }
  }

  #asFailure(error: unknown): unknown {
    if (this.#signal.aborted) return this.#signal.reason
    if (!(error instanceof GzipTooLarge)) return notPacked(this.#what, error as Error)
    const limit = formatBytes(Number(MAX_FILE_BYTES))
    return new Refusal([
      `${this.#what} make an archive of more than the ${limit} that the service takes; narrow \`files\``,
    ])
  }
}

function notPacked(what: string, error: Error): Error {
  return new Error(
    `${what} could not be packed: ${systemErrorText(error)}; the archive is written to the runner's temporary folder, which has to have room for it`,
    { cause: error },
  )
}
