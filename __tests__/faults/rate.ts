import type { JournalEntry } from '../../emulator/emulator.ts'
import { annotations } from '../harness/annotation.ts'
import { Scene } from '../harness/scene.ts'

const FILES = 600
const LIMIT = { requests: 100, perSeconds: 10 }

/** Refusals that are further apart belong to different pauses; the shortest `retry-after` is a second. Milliseconds. */
const APART_MS = 400

/** What a run came to that sends more than it may. */
export interface Pace {
  readonly exitCode: number | null
  /** From the first request to the last: what comes before is the machine's. */
  readonly seconds: number
  /** What the limit alone takes. */
  readonly leastSeconds: number
  readonly requests: number
  readonly refused: number
  /** How often the run was refused and had to wait. */
  readonly pauses: number
  /** Lines of the log that say that it waits. */
  readonly lines: number
  readonly errors: readonly string[]
}

/** Mounts 600 files on a new session of a service that takes 100 requests in 10 seconds. */
export async function measurePace(): Promise<Pace> {
  await using scene = await Scene.open({ rateLimit: LIMIT, maxResources: FILES })
  const files = Array.from({ length: FILES }, (_, index) => `part-${index}.txt`)
  scene.workspace.write(Object.fromEntries(files.map((file) => [file, `content of ${file}`])))
  const main = await scene.main({ files: '*.txt', 'max-resources': String(FILES) }, { timeoutMs: 600_000 })
  const sent = scene.sent()
  const refused = sent.filter(({ status }) => status === 429)
  const passed = sent.length - refused.length
  return {
    ...{ exitCode: main.exitCode, requests: passed, refused: refused.length, pauses: groupsOf(refused) },
    seconds: ((sent.at(-1)?.at ?? 0) - (sent[0]?.at ?? 0)) / 1000,
    leastSeconds: Math.floor((passed - 1) / LIMIT.requests) * LIMIT.perSeconds,
    lines: main.stdout.split('\n').filter((line) => line.startsWith('Waiting ')).length,
    errors: annotations(main, 'error'),
  }
}

function groupsOf(refused: readonly JournalEntry[]): number {
  return refused.filter(({ at }, index) => at - (refused[index - 1]?.at ?? Number.NEGATIVE_INFINITY) > APART_MS).length
}
