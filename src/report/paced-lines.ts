const EVERY_MS = 2_000

/** Prints how far long work is: a line at most every two seconds. */
export class PacedLines {
  readonly #print: (line: string) => void
  #lastLine = performance.now()

  constructor(print: (line: string) => void) {
    this.#print = print
  }

  /** New work begins: its first line comes two seconds from now. */
  restart(): void {
    this.#lastLine = performance.now()
  }

  /** @param isLast whether the line is printed in any case */
  line(text: () => string, isLast = false): void {
    const now = performance.now()
    if (!isLast && now - this.#lastLine < EVERY_MS) return
    this.#lastLine = now
    this.#print(text())
  }
}
