import { createHash, hash } from 'node:crypto'
import { Breather } from '../../stop/breather.ts'
import type { SecretScan } from '../secrets/secret-scan.ts'
import type { HashedFile } from './desired-file.ts'
import { type Guard, type OpenScan, sensitiveText } from './guard.ts'
import type { LeftOut } from './left-out.ts'
import { isLfsPointer, pointerWarning } from './lfs-pointer.ts'
import type { PlacedFile } from './place.ts'
import { CHUNK_BYTES, chunksOf, readBuffers, UnreadableFile } from './read-unchanged.ts'

/** What reading the files brought to light. */
export interface PassResult {
  readonly files: readonly HashedFile[]
  readonly leftOut: readonly LeftOut[]
  readonly problems: readonly string[]
  readonly warnings: readonly string[]
}

/** Is given the files while they are read, so that none has to be read again. */
export interface ContentTaker {
  /** Takes a file's content, as far as it wants it. A chunk must be done with when the next one is asked for. */
  take(file: PlacedFile, content: Iterable<Uint8Array>): Promise<void>
  /** A file that was taken is not to be mounted after all. */
  giveUp(): Promise<void>
}

/** What a pass needs beside the files. */
export interface PassOptions {
  readonly guard: Guard
  readonly signal: AbortSignal
  readonly taker: ContentTaker | undefined
  /** Is shown every chunk, and must not keep it. */
  readonly onRead: (chunk: Uint8Array) => void
}

type ReadFile =
  | { readonly kind: 'read'; readonly file: HashedFile; readonly isLfsPointer: boolean }
  | { readonly kind: 'left-out'; readonly leftOut: LeftOut }
  | { readonly kind: 'refused'; readonly problem: string }

/**
 * Reads every file once, in order: hashes it, looks for secrets in it, and hands it on. What only a wildcard found is left
 * out when it holds a secret or cannot be read; what is named is refused.
 * @throws FileChanged, the reason of the signal, what the taker throws
 */
export async function readPass(files: readonly PlacedFile[], options: PassOptions): Promise<PassResult> {
  if (files.length === 0) return { files: [], leftOut: [], problems: [], warnings: [] }
  const { taker, signal, onRead } = options
  const breather = new Breather(signal)
  const context = { openScan: await options.guard.contentSearch(), buffers: readBuffers(), breather, onRead, taker }
  const read: ReadFile[] = []
  for (const file of files) {
    if (breather.isDue) await breather.breathe()
    read.push(await readFile(file, context))
  }
  return {
    files: read.flatMap((each) => (each.kind === 'read' ? [each.file] : [])),
    leftOut: read.flatMap((each) => (each.kind === 'left-out' ? [each.leftOut] : [])),
    problems: read.flatMap((each) => (each.kind === 'refused' ? [each.problem] : [])),
    warnings: pointerWarning(
      read.flatMap((each) => (each.kind === 'read' && each.isLfsPointer ? [each.file.path] : [])),
    ),
  }
}

interface Context extends Pick<PassOptions, 'taker' | 'onRead'> {
  readonly openScan: OpenScan
  readonly buffers: readonly Buffer[]
  readonly breather: Breather
}

async function readFile(file: PlacedFile, context: Context): Promise<ReadFile> {
  const examined = new ExaminedFile(file, context)
  // What fits in one chunk is known to be harmless before it is handed on.
  const isSmall = file.version.size <= CHUNK_BYTES
  try {
    const content = isSmall ? [...examined.chunks()] : examined.chunks()
    if (examined.finding === undefined) await handOn(file, content, context)
    if (examined.finding === undefined) return examined.result()
    if (!isSmall) await context.taker?.giveUp()
    return sensitive(file, `holds ${examined.finding}`)
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    if (!isSmall) await context.taker?.giveUp()
    return unreadableFile(file, error)
  }
}

async function handOn(file: PlacedFile, content: Iterable<Uint8Array>, { taker, breather }: Context): Promise<void> {
  await taker?.take(file, content)
  // What nobody takes is read all the same.
  for (const _ of content) if (breather.isDue) await breather.breathe()
}

const SHA256_OF_NOTHING = hash('sha256', '')

/** The content of a file, each chunk of which is hashed and searched before it is given away. */
class ExaminedFile {
  readonly #file: PlacedFile
  readonly #context: Context
  readonly #hash
  readonly #scan: SecretScan | undefined
  #isLfsPointer = false
  #sha256 = SHA256_OF_NOTHING

  constructor(file: PlacedFile, context: Context) {
    this.#file = file
    this.#context = context
    // Of one chunk, the hash is made at once: an object for each file takes time and memory.
    this.#hash = file.version.size > CHUNK_BYTES ? createHash('sha256') : undefined
    this.#scan = context.openScan(file)
  }

  *chunks(): Generator<Uint8Array, void> {
    for (const chunk of chunksOf(this.#file, 'it was being read', this.#context.buffers)) {
      // A file that is small enough to be a pointer comes in one chunk.
      this.#isLfsPointer = isLfsPointer(chunk, this.#file.version.size)
      if (this.#hash === undefined) this.#sha256 = hash('sha256', chunk)
      else this.#hash.update(chunk)
      this.#scan?.add(chunk)
      this.#context.onRead(chunk)
      yield chunk
    }
    this.#scan?.end()
  }

  /** What must not leave the runner, in words. All of it is known when the content has been read. */
  get finding(): string | undefined {
    return this.#scan?.finding
  }

  result(): ReadFile {
    const file = {
      ...this.#file,
      size: Number(this.#file.version.size),
      sha256: this.#hash?.digest('hex') ?? this.#sha256,
    }
    return { kind: 'read', file, isLfsPointer: this.#isLfsPointer }
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
