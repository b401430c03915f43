import { type Job, runCurl, runMain, runSdk } from './contenders.ts'
import type { Course } from './course.ts'
import type { Sample } from './sample.ts'
import { type Fit, fitLine, median } from './statistics.ts'

/** Seconds by number of files. */
export type Times = readonly (readonly [files: number, seconds: number])[]

/** What the cost of a run grows by. */
export interface Growth {
  /** Seconds of C by its number of files. */
  readonly action: Times
  readonly sdk: Times
  /** In one run each: one file after the other takes long. */
  readonly curl: Times
  readonly fit: Fit
  /** Peak memory of D by the size of its file. */
  readonly peaks: readonly (readonly [megabytes: number, peakMegabytes: number])[]
}

const COUNTS = [1, 10, 50, 100, 200, 400]
const COUNTS_OF_CURL = [1, 10, 50, 100]
const MEGABYTES = [1, 10, 50, 100, 500]

/** Points on a line support each other; they need fewer runs than a comparison. */
const MAX_RUNS = 3

/** C by number of files and D by size, all in turn; medians. */
export async function measureGrowth(course: Course, runs: number): Promise<Growth> {
  const rounds = Math.min(runs, MAX_RUNS)
  const timesOf = (counts: readonly number[], times: number, run: (job: Job) => Promise<Sample>) =>
    medians(counts, times, (count) => secondsOf(course, count, run))
  const action = await timesOf(COUNTS, rounds, runMain)
  const sdk = await timesOf(COUNTS, rounds, (job) => runSdk(job, course.scratch('made.json')))
  const curl = await timesOf(COUNTS_OF_CURL, 1, runCurl)
  const peaks = await medians(MEGABYTES, rounds, (size) => peak(course, size))
  return { action, sdk, curl, fit: fitLine(action), peaks }
}

async function medians(
  xs: readonly number[],
  runs: number,
  measure: (x: number) => Promise<number>,
): Promise<readonly (readonly [number, number])[]> {
  const values = new Map(xs.map((x) => [x, [] as number[]]))
  for (let run = 0; run < runs; run++) for (const [x, list] of values) list.push(await measure(x))
  return [...values].map(([x, list]) => [x, median(list)] as const)
}

async function secondsOf(course: Course, count: number, run: (job: Job) => Promise<Sample>): Promise<number> {
  const { distant } = course
  await distant.reset()
  const { seconds } = await run(course.job(distant, course.files(count, 10_000), await distant.newSession()))
  return seconds
}

async function peak(course: Course, megabytes: number): Promise<number> {
  const { local } = course
  const { peakMegabytes } = await runMain(course.job(local, course.files(1, megabytes * 1_000_000)))
  await local.reset()
  return peakMegabytes ?? Number.NaN
}
