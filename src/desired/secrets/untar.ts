import type { ByteSink } from './text-search.ts'

/** Headers and contents stand in blocks (POSIX.1-2017, pax, "ustar Interchange Format"). */
const BLOCK = 512

/** The files in a tar; each goes to a sink of its own. Long names and the like are passed on as files are. */
export class Untar implements ByteSink {
  readonly #open: () => ByteSink
  #header = Buffer.alloc(0)
  #member: ByteSink | undefined
  /** Bytes of the member that are still to come, and those that fill up its last block. */
  #left = 0
  #padding = 0

  constructor(open: () => ByteSink) {
    this.#open = open
  }

  add(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) at += this.#take(bytes.subarray(at))
  }

  end(): void {
    this.#member?.end()
  }

  /** How many of the bytes were used. */
  #take(bytes: Buffer): number {
    if (this.#left > 0) return this.#takeContent(bytes.subarray(0, this.#left))
    const skipped = Math.min(this.#padding, bytes.length)
    this.#padding -= skipped
    return skipped > 0 ? skipped : this.#takeHeader(bytes.subarray(0, BLOCK - this.#header.length))
  }

  #takeContent(part: Buffer): number {
    this.#member?.add(part)
    this.#left -= part.length
    if (this.#left === 0) {
      this.#member?.end()
      this.#member = undefined
    }
    return part.length
  }

  #takeHeader(part: Buffer): number {
    this.#header = Buffer.concat([this.#header, part])
    if (this.#header.length === BLOCK) {
      this.#left = sizeIn(this.#header)
      this.#padding = (BLOCK - (this.#left % BLOCK)) % BLOCK
      this.#header = Buffer.alloc(0)
      this.#member = this.#left > 0 ? this.#open() : undefined
    }
    return part.length
  }
}

/** In octal digits, or for large ones as a number of base 256. */
function sizeIn(header: Buffer): number {
  const field = header.subarray(124, 136)
  if ((field[0] ?? 0) >= 0x80) return Number(field.readBigUInt64BE(4))
  return Number.parseInt(field.toString('latin1'), 8) || 0
}
