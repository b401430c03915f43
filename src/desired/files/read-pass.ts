import { createHash, hash } from 'node:crypto'
import { Breather } from '../../stop/breather.ts'
import type { SecretScan } from '../secrets/secret-scan.ts'
import type { HashedFile } from './desired-file.ts'
import { type Guard, type OpenScan, sensitiveText } from './guard.ts'
import type { LeftOut } from './left-out.ts'
import { isLfsPointer, pointerWarning } from './lfs-pointer.ts'
import type { PlacedFile } from './place.ts'
import { chunksOf, isSmall, readBuffers, readWhole, UnreadableFile } from './read-unchanged.ts'

/** What reading the files brought to light. */
export interface PassResult {
  readonly files: readonly HashedFile[]
  readonly leftOut: readonly LeftOut[]
  readonly problems: readonly string[]
  readonly warnings: readonly string[]
}

/** What is in a file. A chunk must be done with when the next one is asked for. */
export type Content = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

/** Is given the files while they are read, so that none has to be read again. */
export interface ContentTaker {
  /** Takes a file's content, as far as it wants it. */
  take(file: PlacedFile, content: Content): Promise<void>
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

const WHEN = 'it was being read'

interface Context extends Pick<PassOptions, 'taker' | 'onRead'> {
  readonly openScan: OpenScan
  readonly buffers: readonly Buffer[]
  readonly breather: Breather
}

async function readFile(file: PlacedFile, context: Context): Promise<ReadFile> {
  const examined = new ExaminedFile(file, context)
  // What fits in one chunk is known to be harmless before it is handed on.
  const isWhole = isSmall(file)
  try {
    const content = isWhole ? [examined.whole()] : examined.chunks()
    if (examined.finding === undefined) await handOn(file, content, context)
    if (examined.finding === undefined) return examined.result()
    if (!isWhole) await context.taker?.giveUp()
    return sensitive(file, `holds ${examined.finding}`)
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    if (!isWhole) await context.taker?.giveUp()
    return unreadableFile(file, error)
  }
}

async function handOn(file: PlacedFile, content: Content, { taker, breather }: Context): Promise<void> {
  await taker?.take(file, content)
  // What nobody takes is read all the same.
  for await (const _ of content) if (breather.isDue) await breather.breathe()
}

/** The content of a file, each chunk of which is hashed and searched before it is given away. */
class ExaminedFile {
  readonly #file: PlacedFile
  readonly #context: Context
  readonly #scan: SecretScan | undefined
  #sha256 = ''
  #isLfsPointer = false

  constructor(file: PlacedFile, context: Context) {
    this.#file = file
    this.#context = context
    this.#scan = context.openScan(file)
  }

  /** Of a small file. */
  whole(): Uint8Array {
    const content = readWhole(this.#file, WHEN, this.#context.buffers)
    this.#isLfsPointer = isLfsPointer(content, this.#file.version.size)
    // At once: an object for each file would take time and memory.
    this.#sha256 = hash('sha256', content)
    this.#see(content)
    this.#scan?.end()
    return content
  }

  async *chunks(): AsyncGenerator<Uint8Array, void> {
    const sum = createHash('sha256')
    for await (const chunk of chunksOf(this.#file, WHEN, this.#context.buffers)) {
      sum.update(chunk)
      this.#see(chunk)
      yield chunk
    }
    this.#scan?.end()
    this.#sha256 = sum.digest('hex')
  }

  #see(chunk: Uint8Array): void {
    this.#scan?.add(chunk)
    this.#context.onRead(chunk)
  }

  /** What must not leave the runner, in words. All of it is known when the content has been read. */
  get finding(): string | undefined {
    return this.#scan?.finding
  }

  result(): ReadFile {
    const file = {
      ...this.#file,
      size: Number(this.#file.version.size),
      sha256: this.#sha256,
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
