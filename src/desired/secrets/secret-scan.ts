import { binaryKind } from './binary-kinds.ts'
import { type Check, checksFor } from './checks.ts'
import { LiteralSearch } from './literal-search.ts'
import { type ByteSink, NOTHING, TextSearch } from './text-search.ts'
import { gunzipInto, UnpackBudget, unzipInto } from './unpack.ts'
import { Untar } from './untar.ts'

/** Looks for secrets in files. Made once for a run: what there is to look for takes longer to prepare than a small file. */
export class SecretSearch {
  readonly #literals: LiteralSearch<Check>

  /** @param ownSecrets of this run, which no file may hold in any form */
  constructor(ownSecrets: readonly string[]) {
    this.#literals = new LiteralSearch(checksFor(ownSecrets))
  }

  /** @param size of the file, in bytes */
  scan(size: number): SecretScan {
    return new SecretScan(this.#literals, size)
  }
}

/** Looks for secrets in one file while it is read. */
export class SecretScan {
  readonly #size: number
  readonly #content: Content
  #seen = 0
  #finding: string | undefined

  constructor(literals: LiteralSearch<Check>, size: number) {
    this.#size = size
    this.#content = new Content({
      literals,
      budget: new UnpackBudget(),
      onFinding: (id) => {
        this.#finding ??= id
      },
    })
  }

  /** What was found first, in words. All of it is known after `end`. */
  get finding(): string | undefined {
    return this.#finding
  }

  /** The next bytes of the file. They are not kept. */
  add(chunk: Uint8Array): void {
    if (this.#finding !== undefined) return
    this.#seen += chunk.length
    this.#content.add(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength), this.#seen >= this.#size)
  }

  end(): void {
    if (this.#finding === undefined) this.#content.end()
  }
}

/** What all contents of one file have in common. */
interface Surroundings {
  readonly literals: LiteralSearch<Check>
  readonly budget: UnpackBudget
  readonly onFinding: (id: string) => void
}

/** Archives in archives are opened so far: a packed tar in a zip in a tar, and no further. */
const MAX_DEPTH = 4

/** What a format is told by: of a tar it is the last, at 257. */
const HEAD_BYTES = 264

/** A file, or what was packed in one: searched as it is, and as what it holds. */
class Content implements ByteSink {
  readonly #around: Surroundings
  readonly #depth: number
  readonly #plain: TextSearch
  #head = NOTHING
  #size = 0
  /** Undefined until the head is known; `null` where there is nothing inside. */
  #inside: ByteSink | null | undefined

  constructor(around: Surroundings, depth = 0) {
    this.#around = around
    this.#depth = depth
    this.#plain = new TextSearch(around.literals, around.onFinding)
  }

  add(bytes: Buffer, isLast = false): void {
    this.#size += bytes.length
    if (isLast) this.#plain.addLast(bytes)
    else this.#plain.add(bytes)
    if (this.#inside === undefined) this.#start(bytes)
    else this.#feed(bytes)
  }

  end(): void {
    if (this.#inside === undefined) this.#open()
    this.#plain.end()
    this.#attempt((inside) => inside.end())
    const kind = binaryKind(this.#head, this.#size)
    if (kind !== undefined) this.#around.onFinding(kind)
  }

  /** Collects the head; once it is there, what came with it is looked into. */
  #start(bytes: Buffer): void {
    const known = this.#head.length
    this.#head = Buffer.concat([this.#head, bytes.subarray(0, HEAD_BYTES - known)])
    if (this.#head.length < HEAD_BYTES) return
    this.#open()
    this.#feed(bytes.subarray(HEAD_BYTES - known))
  }

  #open(): void {
    this.#inside = this.#depth < MAX_DEPTH ? this.#decoder() : null
    this.#feed(this.#head)
  }

  #feed(bytes: Buffer): void {
    this.#attempt((inside) => inside.add(bytes))
  }

  /** What cannot be unpacked, or not any more, is not looked into. */
  #attempt(use: (inside: ByteSink) => void): void {
    if (!this.#inside) return
    try {
      use(this.#inside)
    } catch {
      this.#inside = null
    }
  }

  #decoder(): ByteSink | null {
    const head = this.#head
    const open = () => new Content(this.#around, this.#depth + 1)
    if (head[0] === 0x1f && head[1] === 0x8b) return gunzipInto(open(), this.#around.budget)
    if (head.subarray(0, 4).equals(ZIP)) return unzipInto(open, this.#around.budget)
    if (head.subarray(257, 262).equals(TAR)) return new Untar(open)
    const encoding = utf16Of(head)
    return encoding === undefined
      ? null
      : decodeInto(encoding, new TextSearch(this.#around.literals, this.#around.onFinding))
  }
}

/** The first file's header (APPNOTE 4.3.7), and the mark of a tar (POSIX). */
const [ZIP, TAR] = [Buffer.from('PK\x03\x04', 'latin1'), Buffer.from('ustar')]

type Utf16 = 'utf-16le' | 'utf-16be'

/** As the mark at the start says, or the zeros in every other byte, which text of the West has. */
function utf16Of(head: Buffer): Utf16 | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const zeros = [0, 0]
  for (let at = 0; at < head.length; at++) {
    if (head[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  }
  const [even = 0, odd = 0] = zeros
  const many = head.length * 0.35
  if (odd > many && even === 0) return 'utf-16le'
  return even > many && odd === 0 ? 'utf-16be' : undefined
}

function decodeInto(encoding: Utf16, sink: ByteSink): ByteSink {
  const decoder = new TextDecoder(encoding)
  return {
    add: (bytes) => sink.add(Buffer.from(decoder.decode(bytes, { stream: true }))),
    end: () => sink.end(),
  }
}
