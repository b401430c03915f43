import type { ReadProgress } from '../desired/files/read-progress.ts'
import { formatBytes } from '../text/format.ts'

const EVERY_MS = 2_000

/** Tells how far reading and packing is: a line every two seconds. */
export class ReadLines implements ReadProgress {
  readonly #print: (line: string) => void
  #what = ''
  #total = 0
  #done = 0
  #lastLine = 0

  constructor(print: (line: string) => void) {
    this.#print = print
  }

  begin(what: 'Read' | 'Packed', total: number): void {
    this.#what = what
    this.#total = total
    this.#done = 0
    this.#lastLine = performance.now()
  }

  read(bytes: number): void {
    this.#done += bytes
    const now = performance.now()
    if (now - this.#lastLine < EVERY_MS) return
    this.#lastLine = now
    this.#print(`${this.#what} ${formatBytes(this.#done)} of ${formatBytes(this.#total)}`)
  }

  end(line: string): void {
    this.#print(line)
  }
}
