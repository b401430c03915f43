import { MAX_REACH } from '../../text/secret-rules/rule.ts'
import type { Check } from './checks.ts'
import type { LiteralSearch } from './literal-search.ts'

/** Takes bytes in pieces. A piece must not be kept: whoever gives it may use its memory again. */
export interface ByteSink {
  add(bytes: Buffer): void
  end(): void
}

/** No bytes at all. */
export const NOTHING = Buffer.alloc(0)

/** Pieces of more than so many bytes are not copied. */
const LARGE = 4 * (MAX_REACH.before + MAX_REACH.after)

/** Searches a stream of bytes, in whatever pieces it comes. */
export class TextSearch implements ByteSink {
  readonly #literals: LiteralSearch<Check>
  readonly #onFinding: (id: string) => void
  /** What the next piece is looked at with. */
  #tail = NOTHING
  /** Where in the tail literals are not yet looked for. */
  #from = 0
  /** Where in the stream the tail starts. */
  #offset = 0
  /** How far in the stream a check has looked. */
  readonly #doneTo = new Map<Check, number>()

  constructor(literals: LiteralSearch<Check>, onFinding: (id: string) => void) {
    this.#literals = literals
    this.#onFinding = onFinding
  }

  add(bytes: Buffer): void {
    const all = this.#join(bytes)
    // A literal near the end is left to the next piece, which has what follows it.
    const to = Math.max(this.#from, all.length - MAX_REACH.after)
    this.#search(all, to)
    const kept = Math.max(0, to - MAX_REACH.before)
    this.#tail = Buffer.from(all.subarray(kept))
    this.#from = to - kept
    this.#offset += kept
  }

  /**
   * What is left of the pieces before, and the new one. Where that is large it is not copied: the border of both is
   * searched by itself, and only the piece is left.
   */
  #join(bytes: Buffer): Buffer {
    if (this.#tail.length === 0) return bytes
    if (bytes.length <= LARGE) return Buffer.concat([this.#tail, bytes])
    const border = Buffer.concat([this.#tail, bytes.subarray(0, MAX_REACH.before + MAX_REACH.after)])
    this.#search(border, this.#tail.length + MAX_REACH.before)
    this.#offset += this.#tail.length
    this.#tail = NOTHING
    this.#from = MAX_REACH.before
    return bytes
  }

  /** The last piece; as `add` and `end`, without keeping a copy of its end. */
  addLast(bytes: Buffer): void {
    const all = this.#join(bytes)
    this.#search(all, all.length)
    this.#tail = NOTHING
    this.#from = 0
  }

  end(): void {
    this.#search(this.#tail, this.#tail.length)
  }

  #search(bytes: Buffer, to: number): void {
    for (const { owner: check, at } of this.#literals.find(bytes, this.#from, to)) {
      if (this.#offset + at < (this.#doneTo.get(check) ?? 0) || check.isWorthwhile?.(bytes, at) === false) continue
      // What half of the part behind a literal holds need not be looked at again for the next one.
      this.#doneTo.set(check, this.#offset + at + Math.floor(check.reach.after / 2))
      if (check.isIn(bytes.subarray(Math.max(0, at - check.reach.before), at + check.reach.after))) {
        this.#onFinding(check.id)
        return
      }
    }
  }
}
