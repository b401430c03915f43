import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { Scene } from '../harness/scene.ts'
import { signalOnce } from '../harness/signal.ts'
import type { StepResult } from '../harness/step.ts'
import { failures } from './many.ts'

const JOBS = 50
const FILES = 200
/** Over all calls together: half of what the service documents for files and for sessions. */
const LIMIT = { requests: 150, perSeconds: 10 }
const NAME = 'Shards'
const KILLED = 7
const SKEWED = 11
const SKEW_MS = 3_600_000

/** What a matrix of jobs came to, each of which mounts an archive onto one session. */
export interface Load {
  readonly problems: readonly string[]
  readonly requests: number
  readonly refused: number
  /** From the first request to the last. */
  readonly seconds: number
  /** What the limit alone takes, of requests the first of which come when the machine has started the jobs. */
  readonly leastSeconds: number
}

/** Fifty jobs at once with 200 files each, one of them an hour ahead, and one that is killed; then all of their posts. */
export async function measureLoad(): Promise<Load> {
  await using scene = await Scene.open({ rateLimit: LIMIT })
  const jobs = Array.from({ length: JOBS }, (_, job) => `shard-${job}`)
  for (const job of jobs) scene.workspace.write(filesOf(job))
  const clock = scene.workspace.path('clock.mjs')
  writeFileSync(clock, `const now = Date.now; Date.now = () => now() + ${SKEW_MS}\n`)
  const inputs = (job: string) => ({
    'session-name': NAME,
    files: `${job}/**`,
    'mount-path': `/${job}`,
    archive: 'always',
  })
  const mains = await Promise.all(
    jobs.map((job, n) => scene.main(inputs(job), { ...oddOf(n, scene, clock), timeoutMs: 600_000 })),
  )
  const problems = [
    ...mains.flatMap((main, n) => (n === KILLED ? [] : failures(main))),
    ...(mains[KILLED]?.exitCode === null ? [] : ['the killed job was not killed']),
    ...notMounted(scene, mains, jobs),
  ]
  const posts = await Promise.all(
    mains.map((main, n) =>
      scene.post(main, inputs(jobs[n] ?? ''), { ...(n === SKEWED ? skewed(clock) : {}), timeoutMs: 600_000 }),
    ),
  )
  const left = scene.emulator.snapshot()
  const resources = left.sessions.flatMap((session) => session.resources)
  const sent = scene.sent()
  const passed = sent.filter(({ status }) => status !== 429).map(({ at }) => (at - (sent[0]?.at ?? 0)) / 1000)
  return {
    problems: [
      ...problems,
      ...posts.flatMap(failures),
      ...(left.files.length + resources.length === 0 && left.sessions.length === 1
        ? []
        : [`left: ${left.files.length} files, ${resources.length} resources, ${left.sessions.length} sessions`]),
    ],
    requests: passed.length,
    refused: sent.length - passed.length,
    seconds: ((sent.at(-1)?.at ?? 0) - (sent[0]?.at ?? 0)) / 1000,
    leastSeconds: leastSeconds(passed),
  }
}

/** No request passes sooner than one window after the one that stands so many places before it. @param passed in seconds */
function leastSeconds(passed: readonly number[]): number {
  const last = passed.length - 1
  return Math.floor(last / LIMIT.requests) * LIMIT.perSeconds + (passed[last % LIMIT.requests] ?? 0)
}

function filesOf(job: string): Readonly<Record<string, string>> {
  const names = Array.from({ length: FILES }, (_, n) => path.posix.join(job, `part-${n}.txt`))
  return Object.fromEntries(names.map((name) => [name, `content of ${name}`]))
}

function oddOf(job: number, scene: Scene, clock: string): object {
  if (job === SKEWED) return skewed(clock)
  const isAtWork = () => scene.uploads().length >= 5
  return job === KILLED ? { onStart: signalOnce(isAtWork, 'SIGKILL', 1) } : {}
}

function skewed(clock: string): { readonly nodeOptions: readonly string[] } {
  return { nodeOptions: ['--import', pathToFileURL(clock).href] }
}

/** The killed job's may be there or not, and may be on a session of its own that it could not delete any more. */
function notMounted(scene: Scene, mains: readonly StepResult[], jobs: readonly string[]): readonly string[] {
  const ids = new Set(mains.flatMap(({ outputs }, n) => (n === KILLED ? [] : (outputs['session-id'] ?? ''))))
  const [id = '', ...more] = ids
  const there = new Set(Object.keys(scene.mounted(id)))
  const missing = jobs.filter((job, n) => n !== KILLED && !there.has(`/mnt/session/uploads/${job}/files.tar.gz`))
  return [
    ...(more.length === 0 ? [] : [`${more.length + 1} sessions of the name`]),
    ...(missing.length === 0 ? [] : [`not mounted: ${missing}`]),
  ]
}
