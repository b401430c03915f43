import { cut } from '../../text/cut.ts'

/** The bytes that a reply may take. Once something has not fitted, nothing more does: a text with gaps misleads. */
export class ReplyRoom {
  #left: number
  #isFull = false
  /** Something was left out. */
  isCut = false

  constructor(bytes: number) {
    this.#left = bytes
  }

  takes(bytes: number): boolean {
    if (this.#left <= bytes) {
      this.#isFull = true
      this.isCut = true
    }
    if (!this.#isFull) this.#left -= bytes
    return !this.#isFull
  }

  /** As much of the text as there is room for. */
  cut(text: string): string {
    if (this.takes(Buffer.byteLength(text))) return text
    const shown = this.#left > 1 ? cut(text, this.#left) : ''
    this.#left = 0
    return shown
  }
}
