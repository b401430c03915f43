import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Guard } from '../src/desired/files/guard.ts'
import { versionOf } from '../src/desired/files/inspect.ts'
import type { PlacedFile } from '../src/desired/files/place.ts'
import { readPass } from '../src/desired/files/read-pass.ts'
import type { Course } from './course.ts'
import { median } from './statistics.ts'

/** Milliseconds of cpu, user and system, for opening, reading and hashing all files, alone and with the search for secrets. */
export interface SearchCost {
  readonly files: number
  readonly hashing: number
  readonly searching: number
}

const [FILES, BYTES] = [20_000, 10_000]

/** Of the kind that people mount. */
const SOURCES = /\.(?:[cm]?[jt]s|json|md|ya?ml)$/

/** As many secrets as a run has: its key, the workflow's token, and two of the runner's own. */
const SECRETS = ['key', 'token', 'runtime', 'request'].map((name) => `${name}-${'aB3dE5gH7j'.repeat(4)}`)

/** Both passes in turn, in this process, on source text of the installed packages; medians. */
export async function measureSearch(course: Course, runs: number): Promise<SearchCost> {
  const files = readable(sourceFiles(course.scratch('sources')))
  const times = { hashing: [] as number[], searching: [] as number[] }
  for (let run = 0; run <= runs; run++) {
    // What is allowed to hold secrets is not searched.
    const hashing = await cpu(files, await Guard.open(['**'], {}, SECRETS))
    const searching = await cpu(files, await Guard.open([], {}, SECRETS))
    // The first one warms up.
    if (run === 0) continue
    times.hashing.push(hashing)
    times.searching.push(searching)
  }
  return { files: files.length, hashing: median(times.hashing), searching: median(times.searching) }
}

async function cpu(files: readonly PlacedFile[], guard: Guard): Promise<number> {
  const { signal } = new AbortController()
  const before = process.cpuUsage()
  await readPass(files, { guard, signal, taker: undefined, onRead: () => undefined })
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

function readable(folder: string): readonly PlacedFile[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.txt'))
  return names.map((name) => {
    const realPath = path.join(folder, name)
    const version = versionOf(statSync(realPath, { bigint: true }))
    return { path: name, realPath, version, isLink: false, isExecutable: false, mountPath: `/${name}`, isNamed: false }
  })
}

/** Cut from one long text of all sources, so that all files are of one size. */
function sourceFiles(folder: string): string {
  const modules = path.resolve(import.meta.dirname, '../node_modules')
  const texts = readdirSync(modules, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && SOURCES.test(entry.name))
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name)))
  const all = Buffer.concat(texts.filter(({ length }) => length < 2_000_000))
  for (let n = 0; n < FILES; n++) {
    const part = path.join(folder, `part-${Math.floor(n / 500)}`)
    const at = (n * BYTES) % (all.length - BYTES)
    mkdirSync(part, { recursive: true })
    writeFileSync(path.join(part, `file-${n}.txt`), all.subarray(at, at + BYTES))
  }
  return folder
}
