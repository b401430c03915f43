import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Job } from './contenders.ts'
import { writeContent } from './content.ts'
import { EmulatorProcess } from './emulator-process.ts'
import type { Sample } from './sample.ts'
import { SecureLine } from './secure-line.ts'
import type { Service } from './service.ts'

/** Seconds that the emulator waits before each reply. */
export const LATENCY = 0.04

/** Bytes a second. */
const GIGABIT = 125_000_000

/** Where, and with what, a scenario takes place. */
export interface Setting {
  readonly course: Course
  readonly service: Service
  readonly folder: string
  /** Requests at a time; as many as the course has if not given. */
  readonly atOnce?: number
}

/** What the contenders run on: the emulators, and folders of files that are the same every time. */
export class Course {
  readonly concurrency: number
  /** With latency; content is only digested. */
  readonly distant: EmulatorProcess
  /** Without latency; content is kept on disk, as a service does. */
  readonly local: EmulatorProcess
  /** The same, but request bodies come at 1 Gbit/s. */
  readonly gigabit: EmulatorProcess
  /** With TLS and a round trip as long as the latency. */
  readonly secure: SecureLine
  readonly #root = mkdtempSync(path.join(tmpdir(), 'session-mount-bench-'))

  private constructor(
    concurrency: number,
    [distant, local, gigabit]: readonly [EmulatorProcess, EmulatorProcess, EmulatorProcess],
    secure: SecureLine,
  ) {
    this.concurrency = concurrency
    this.distant = distant
    this.local = local
    this.gigabit = gigabit
    this.secure = secure
  }

  static async open(concurrency: number): Promise<Course> {
    const emulators = await Promise.all([
      EmulatorProcess.start(['--latency', String(LATENCY * 1000)]),
      EmulatorProcess.start(['--store', 'disk']),
      EmulatorProcess.start(['--store', 'disk', '--bytes-per-second', String(GIGABIT)]),
    ])
    return new Course(concurrency, emulators, await SecureLine.open(emulators[1], LATENCY * 1000))
  }

  async close(): Promise<void> {
    await this.secure.close()
    await Promise.all([this.distant, this.local, this.gigabit].map((emulator) => emulator.close()))
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
  job({ url, caFile }: Service, folder: string, sessionId?: string, atOnce = this.concurrency): Job {
    return { url, caFile, folder, concurrency: atOnce, sessionId }
  }
}

/** One run, and how many requests and connections it made. Every request must have been answered well. */
export async function counted<T extends Sample>(service: Service, work: () => Promise<T>): Promise<T> {
  const { length } = await service.journal()
  const before = service.connections ?? Number.NaN
  const sample = await work()
  const connections = (service.connections ?? Number.NaN) - before
  const made = (await service.journal()).slice(length)
  const bad = made.find(({ status }) => status === null || status > 299)
  if (bad !== undefined) throw new Error(`${bad.method} ${bad.path} was answered with ${bad.status}`)
  return { ...sample, requests: made.length, connections }
}
