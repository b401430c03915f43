import type { ApplyProgress } from '../apply/apply-context.ts'
import type { Plan } from '../plan/plan.ts'
import { formatBytes } from '../text/format.ts'

const EVERY_MS = 2_000

/** Tells how far long work is: a line at most every two seconds, and one at the end of each part. */
export class Progress implements ApplyProgress {
  readonly #files: number
  readonly #bytes: number
  readonly #print: (line: string) => void
  readonly #start = performance.now()
  #lastLine = this.#start
  #uploadedFiles = 0
  #uploadedBytes = 0
  #mounted = 0

  constructor(plan: Plan, print: (line: string) => void) {
    const sizes = plan.steps.flatMap((step) => (step.kind === 'upload' ? [step.file.size] : []))
    this.#files = sizes.length
    this.#bytes = sizes.reduce((sum, size) => sum + size, 0)
    this.#print = print
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
    const now = performance.now()
    if (done < this.#files && now - this.#lastLine < EVERY_MS) return
    this.#lastLine = now
    this.#print(text())
  }
}
