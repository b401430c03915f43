import type { ApplyProgress } from '../apply/apply-context.ts'
import type { Plan } from '../plan/plan.ts'
import { formatBytes } from '../text/format.ts'
import { PacedLines } from './paced-lines.ts'

/** Tells how far uploading and mounting is, with a line at the end of each part. */
export class Progress implements ApplyProgress {
  readonly #files: number
  readonly #bytes: number
  readonly #lines: PacedLines
  readonly #start = performance.now()
  #uploadedFiles = 0
  #uploadedBytes = 0
  #mounted = 0

  constructor(plan: Plan, print: (line: string) => void) {
    const sizes = plan.steps.flatMap((step) => (step.kind === 'upload' ? [step.file.size] : []))
    this.#files = sizes.length
    this.#bytes = sizes.reduce((sum, size) => sum + size, 0)
    this.#lines = new PacedLines(print)
  }

  uploaded(bytes: number): void {
    this.#uploadedFiles++
    this.#uploadedBytes += bytes
    const seconds = (performance.now() - this.#start) / 1000
    const rate = this.#uploadedBytes / Math.max(seconds, 0.001)
    const left = Math.ceil((this.#bytes - this.#uploadedBytes) / Math.max(rate, 1))
    this.#line(this.#uploadedFiles, () => {
      const amount = `${formatBytes(this.#uploadedBytes)} of ${formatBytes(this.#bytes)}`
      const rest = left > 0 ? `, about ${left} s left` : ''
      return `Uploaded ${this.#uploadedFiles} of ${this.#files} files (${amount}, ${formatBytes(Math.round(rate))}/s${rest})`
    })
  }

  mounted(): void {
    this.#mounted++
    this.#line(this.#mounted, () => `Mounted ${this.#mounted} of ${this.#files} files`)
  }

  #line(done: number, text: () => string): void {
    this.#lines.line(text, done >= this.#files)
  }
}
