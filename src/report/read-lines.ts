import type { ReadProgress } from '../desired/files/read-progress.ts'
import { formatBytes } from '../text/format.ts'
import { PacedLines } from './paced-lines.ts'

/** Tells how far reading and packing is. */
export class ReadLines implements ReadProgress {
  readonly #print: (line: string) => void
  readonly #lines: PacedLines
  #what = ''
  #total = 0
  #done = 0

  constructor(print: (line: string) => void) {
    this.#print = print
    this.#lines = new PacedLines(print)
  }

  begin(what: 'Read' | 'Packed', total: number): void {
    this.#what = what
    this.#total = total
    this.#done = 0
    this.#lines.restart()
  }

  read(bytes: number): void {
    this.#done += bytes
    this.#lines.line(() => `${this.#what} ${formatBytes(this.#done)} of ${formatBytes(this.#total)}`)
  }

  end(line: string): void {
    this.#print(line)
  }
}
