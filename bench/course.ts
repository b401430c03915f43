import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Job } from './contenders.ts'
import { writeContent } from './content.ts'
import { EmulatorProcess } from './emulator-process.ts'
import type { Sample } from './sample.ts'

/** Seconds that the emulator waits before each reply. */
export const LATENCY = 0.04

/** What the contenders run on: the emulators, and folders of files that are the same every time. */
export class Course {
  readonly concurrency: number
  /** With latency; content is only digested. */
  readonly distant: EmulatorProcess
  /** Without latency; content is kept on disk, as a service does. */
  readonly local: EmulatorProcess
  readonly #root = mkdtempSync(path.join(tmpdir(), 'session-mount-bench-'))

  private constructor(concurrency: number, distant: EmulatorProcess, local: EmulatorProcess) {
    this.concurrency = concurrency
    this.distant = distant
    this.local = local
  }

  static async open(concurrency: number): Promise<Course> {
    const distant = await EmulatorProcess.start(['--latency', String(LATENCY * 1000)])
    return new Course(concurrency, distant, await EmulatorProcess.start(['--store', 'disk']))
  }

  async close(): Promise<void> {
    await Promise.all([this.distant.close(), this.local.close()])
    rmSync(this.#root, { recursive: true })
  }

  /** A folder with so many files of so many bytes, 500 in each folder of it. Made when it is first asked for. */
  files(count: number, size: number): string {
    const folder = path.join(this.#root, `${count}x${size}`)
    if (existsSync(folder)) return folder
    for (let n = 0; n < count; n++) {
      const name = path.join(`part-${Math.floor(n / 500)}`, `file-${n}.txt`)
      writeContent(path.join(folder, name), size, name)
    }
    return folder
  }

  /** A folder of 30 packages with so many small files together, and so many more in their `node_modules`. */
  project(own: number, installed: number): string {
    const [folder, packages] = [path.join(this.#root, `project-${own}-${installed}`), 30]
    if (existsSync(folder)) return folder
    for (let n = 0; n < own + installed; n++) {
      const place = n < own ? '' : `node_modules/dependency-${Math.floor(n / 30 / 50)}`
      const file = path.join(folder, `package-${n % packages}`, place, `file-${n}.txt`)
      writeContent(file, 200, file.slice(folder.length))
    }
    return folder
  }

  /** Other content for the first files of a folder. */
  change(folder: string, count: number, size: number, round: number): void {
    for (let n = 0; n < count; n++) {
      writeContent(path.join(folder, 'part-0', `file-${n}.txt`), size, `round ${round}, file ${n}`)
    }
  }

  /** A path for what a script wants to keep. */
  scratch(name: string): string {
    return path.join(this.#root, name)
  }

  /** The work of mounting a folder onto a new session; with `sessionId`, onto that one. */
  job(emulator: EmulatorProcess, folder: string, sessionId?: string): Job {
    return { url: emulator.url, folder, concurrency: this.concurrency, sessionId }
  }
}

/** One run, and how many requests it made. Every one of them must have been answered well. */
export async function counted<T extends Sample>(
  emulator: EmulatorProcess,
  work: () => Promise<T>,
): Promise<T & { readonly requests: number }> {
  const { length } = await emulator.journal()
  const sample = await work()
  const made = (await emulator.journal()).slice(length)
  const bad = made.find(({ status }) => status === null || status > 299)
  if (bad !== undefined) throw new Error(`${bad.method} ${bad.path} was answered with ${bad.status}`)
  return { ...sample, requests: made.length }
}
