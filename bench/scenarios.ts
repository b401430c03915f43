import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import {
  NEW_SESSION,
  runCurl,
  runCurlUpload,
  runFind,
  runHashes,
  runMain,
  runNode,
  runPost,
  runSdk,
  runSdkRemoval,
  runTar,
  startCurl,
  startMain,
  startSdk,
} from './contenders.ts'
import { type Course, counted } from './course.ts'
import { timeToFirstByte } from './first-byte.ts'
import type { Sample } from './sample.ts'

/** A line of the table. */
export const TITLES = {
  A: 'one 4 KB file, new session',
  B: '100 × 10 KB, new session',
  C: '500 × 10 KB, existing session',
  D: 'one 500 MB file, no latency',
  E: 'refresh of 500, 5 changed',
  'E unchanged': 'refresh of 500, none changed',
  F: '5,000 × 2 KB',
  G: 'post after C',
  H: 'start to first byte',
  J: '300 of 100,000, dry run',
  K: '20,000 × 10 KB in an archive, dry run',
  L: 'the same, on a session that has the archive',
} as const

export type ScenarioId = keyof typeof TITLES

/** Who runs in a scenario, by the names that tables and claims use. */
export type Entrant =
  | 'action'
  | 'SDK script'
  | 'curl script'
  | 'curl -F'
  | 'node -e 0'
  | 'action, one archive'
  | 'action, 500 one by one'
  | 'action, one file'
  | 'find -prune'
  | 'find, sha256sum'
  | 'tar, sha256sum, curl'

/** What runs are measured of one contender. */
export interface Contender {
  readonly name: Entrant
  /** How often it is measured, where it would take too long otherwise. */
  readonly runs?: number
  /** One run; may give samples for more than one scenario. */
  readonly run: (round: number) => Promise<Partial<Record<ScenarioId, Sample>>>
}

/** Scenarios that are measured together, all contenders in turn. */
export interface Heat {
  readonly ids: readonly ScenarioId[]
  /** Inputs and outputs of the action without which there is nothing to measure. */
  readonly needs?: readonly string[]
  readonly contenders: (course: Course) => readonly Contender[]
}

const KB = 1000
const MB = 1000 * KB

/** The size of D's file, in bytes. */
const LARGE = 500 * MB

export const HEATS: readonly Heat[] = [
  { ids: ['A'], contenders: (course) => newSession('A', course, course.files(1, 4 * KB)) },
  { ids: ['B'], contenders: (course) => newSession('B', course, course.files(100, 10 * KB)) },
  { ids: ['C', 'G'], contenders: (course) => existingSession(course, course.files(500, 10 * KB)) },
  { ids: ['D'], contenders: (course) => largeFile(course, course.files(1, LARGE)) },
  { ids: ['E', 'E unchanged'], needs: ['replaced-count', 'unchanged-count', 'changed'], contenders: refresh },
  { ids: ['F'], needs: ['archive'], contenders: manyFiles },
  { ids: ['H'], contenders: (course) => startUp(course, course.files(1, 4 * KB)) },
  { ids: ['J'], contenders: (course) => prunedTree(course, course.project(300, 99_700)) },
  { ids: ['K', 'L'], needs: ['archive'], contenders: (course) => archiveOnly(course, course.files(20_000, 10 * KB)) },
]

/** Which of these neither inputs nor outputs of action.yml have. */
export function lacking(names: readonly string[] = []): readonly string[] {
  const file = path.resolve(import.meta.dirname, '../action.yml')
  const { inputs, outputs } = parse(readFileSync(file, 'utf8')) as { inputs: object; outputs: object }
  return names.filter((name) => !Object.hasOwn(inputs, name) && !Object.hasOwn(outputs, name))
}

function newSession(id: ScenarioId, course: Course, folder: string): readonly Contender[] {
  const { distant } = course
  const job = course.job(distant, folder)
  const alone = (name: Entrant, work: () => Promise<Sample>): Contender => ({
    name,
    run: async () => {
      const sample = await counted(distant, work)
      await distant.reset()
      return { [id]: sample }
    },
  })
  return [
    alone('action', () => runMain(job)),
    alone('SDK script', () => runSdk(job, course.scratch('made.json'))),
    alone('curl script', () => runCurl(job)),
  ]
}

/** C, and G on what C left. */
function existingSession(course: Course, folder: string): readonly Contender[] {
  const { distant } = course
  const open = async () => {
    await distant.reset()
    return course.job(distant, folder, await distant.newSession())
  }
  return [
    {
      name: 'action',
      run: async () => {
        const job = await open()
        const main = await counted(distant, () => runMain(job))
        return { C: main, G: await counted(distant, () => runPost(job, main.result.state)) }
      },
    },
    {
      name: 'SDK script',
      run: async () => {
        const [job, record] = [await open(), course.scratch('made.json')]
        const C = await counted(distant, () => runSdk(job, record))
        return { C, G: await counted(distant, () => runSdkRemoval(job, record)) }
      },
    },
    {
      name: 'curl script',
      runs: 1,
      run: async () => {
        const job = await open()
        return { C: await counted(distant, () => runCurl(job)) }
      },
    },
  ]
}

function largeFile(course: Course, folder: string): readonly Contender[] {
  const { local } = course
  const job = course.job(local, folder)
  const alone = (name: Entrant, work: () => Promise<Sample>): Contender => ({
    name,
    run: async () => {
      const D = await counted(local, work)
      await local.reset()
      return { D }
    },
  })
  return [
    alone('curl -F', () => runCurlUpload(local.url, path.join(folder, 'part-0/file-0.txt'))),
    alone('action', () => runMain(job)),
    alone('SDK script', () => runSdk(job, course.scratch('made.json'))),
  ]
}

/** The session is made once; each round changes other content, then runs once more without a change. */
function refresh(course: Course): readonly Contender[] {
  const { distant } = course
  const [count, size, changed] = [500, 10 * KB, 5]
  const folder = course.files(count, size)
  let sessionId: string | undefined
  const run = async (expected: Readonly<Record<string, string>>) => {
    const job = course.job(distant, folder, sessionId)
    const sample = await counted(distant, () => runMain(job, { cleanup: 'never' }))
    const { outputs } = sample.result
    const wrong = Object.entries(expected).find(([name, value]) => outputs[name] !== value)
    if (wrong !== undefined) throw new Error(`refresh: ${wrong[0]} is ${outputs[wrong[0]]}, not ${wrong[1]}`)
    return sample
  }
  return [
    {
      name: 'action',
      run: async (round) => {
        if (sessionId === undefined) {
          await distant.reset()
          sessionId = await distant.newSession()
          await run({ 'added-count': String(count) })
        }
        course.change(folder, changed, size, round)
        const E = await run({
          'replaced-count': String(changed),
          'unchanged-count': String(count - changed),
          changed: 'true',
        })
        return { E, 'E unchanged': await run({ 'unchanged-count': String(count), changed: 'false' }) }
      },
    },
  ]
}

function manyFiles(course: Course): readonly Contender[] {
  const { distant } = course
  const folder = course.files(5000, 2 * KB)
  const job = course.job(distant, folder)
  const alone = (name: Entrant, work: () => Promise<Sample>): Contender => ({
    name,
    run: async () => {
      await distant.reset()
      return { F: await counted(distant, work) }
    },
  })
  return [
    alone('tar, sha256sum, curl', () => runTar(distant.url, folder, course.scratch('files.tar.gz'))),
    alone('action, one archive', () => runMain(job, { archive: 'always' })),
    alone('action, 500 one by one', () => runMain(job, { files: 'part-0/**' })),
  ]
}

/** K, which sends nothing; and L, on a session that an earlier run filled. */
function archiveOnly(course: Course, folder: string): readonly Contender[] {
  const { distant } = course
  let sessionId: string | undefined
  const run = (inputs: Readonly<Record<string, string>>) =>
    counted(distant, () => runMain(course.job(distant, folder, sessionId), { archive: 'always', ...inputs }))
  return [
    { name: 'find, sha256sum', run: async () => ({ K: await runHashes(folder) }) },
    {
      name: 'action',
      run: async () => {
        const K = await run({ 'dry-run': 'true', 'session-id': '', ...NEW_SESSION })
        if (sessionId === undefined) {
          await distant.reset()
          sessionId = await distant.newSession()
          await run({ cleanup: 'never' })
        }
        const L = await run({ cleanup: 'never' })
        if (L.result.outputs.changed !== 'false') throw new Error('L: the archive is not unchanged')
        return { K, L }
      },
    },
  ]
}

function startUp(course: Course, folder: string): readonly Contender[] {
  const { concurrency } = course
  const job = (url: string) => ({ url, folder, concurrency })
  const first = (name: Entrant, start: typeof startMain): Contender => ({
    name,
    run: async () => ({ H: await timeToFirstByte((url, onStart) => start(job(url), onStart)) }),
  })
  return [
    { name: 'node -e 0', run: async () => ({ H: await runNode() }) },
    first('action', startMain),
    first('SDK script', startSdk),
    first('curl script', startCurl),
  ]
}

/** How much of the time is start-up shows in a run that names one file. */
function prunedTree(course: Course, folder: string): readonly Contender[] {
  const job = course.job(course.local, folder)
  const alone = (name: Entrant, work: () => Promise<Sample>): Contender => ({
    name,
    run: async () => ({ J: await work() }),
  })
  const dryRun = async (files: string, found: string) => {
    const sample = await runMain(job, { files, 'dry-run': 'true' })
    if (!sample.result.stdout.includes(`→ ${found}\n`)) throw new Error(`${files} has not found ${found}`)
    return sample
  }
  return [
    alone('find -prune', () => runFind(folder, 'node_modules')),
    alone('action, one file', () => dryRun('package-0/file-0.txt', '1 file')),
    alone('action', () => dryRun('**\n!**/node_modules/**', '300 files')),
  ]
}
