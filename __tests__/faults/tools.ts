import pLimit from 'p-limit'
import { annotations } from '../harness/annotation.ts'
import { contentOf, downloadStep } from '../harness/download.ts'
import { Scene } from '../harness/scene.ts'
import { createSession } from '../harness/service.ts'
import { sendSignal } from '../harness/signal.ts'
import type { StepOptions, StepResult } from '../harness/step.ts'
import { runUnmount } from '../harness/unmount.ts'
import { onArrival } from './arrivals.ts'
import { MODES } from './case.ts'
import { DISTINCT, KINDS } from './kinds.ts'

type More = Partial<Omit<StepOptions, 'inputs'>>

/** A use of one of the other actions, and what it is to come to. */
interface Tool {
  readonly scene: Scene
  readonly run: (more: More, isHanging: boolean) => Promise<StepResult>
  /** What is wrong: with what is there at any time, and with what a success has to have come to. */
  readonly problems: (isSuccess: boolean) => readonly string[]
}

/** One request of a tool that goes wrong: `download/k3/reset-mid-reply/SIGINT`. */
interface ToolCase {
  readonly tool: string
  readonly nth: number
  readonly fault: string
  readonly mode: (typeof MODES)[number]
}

const OUTPUTS = { 'a.txt': 'alpha\n'.repeat(30_000), 'b.txt': 'beta\n', 'c.txt': '' }
const FOLDER = 'session-outputs'

/** Main gives up then what a server never answers; in minutes. */
const hanging = (isHanging: boolean) => (isHanging ? { 'timeout-minutes': '0.1' } : {})

const TOOLS: Readonly<Record<string, () => Promise<Tool>>> = {
  download: async () => {
    const scene = await Scene.open()
    const id = await createSession(scene.emulator)
    for (const [name, content] of Object.entries(OUTPUTS)) scene.emulator.addOutput(id, name, content)
    const before = JSON.stringify(scene.emulator.snapshot())
    return {
      scene,
      run: (more, isHanging) =>
        downloadStep(scene, { 'session-id': id, concurrency: '1', overwrite: 'true', ...hanging(isHanging) }, more),
      problems: (isSuccess) => [
        ...wrongFiles(scene, isSuccess),
        ...(JSON.stringify(scene.emulator.snapshot()) === before ? [] : ['the server was changed']),
      ],
    }
  },
  unmount: async () => {
    const scene = await Scene.open()
    scene.workspace.write({ 'mine.txt': 'mine', 'too.txt': 'mine, too' })
    const id = await createSession(scene.emulator, { files: { '/theirs.txt': 'theirs' } })
    const before = scene.emulator.snapshot()
    const main = await scene.main({ files: '*.txt', 'session-id': id, cleanup: 'never' })
    const manifest = main.outputs['manifest-path'] ?? ''
    const unmounted = (isHanging: boolean) => ({ manifest, concurrency: '1', ...hanging(isHanging) })
    return {
      scene,
      run: (more, isHanging) => runUnmount(scene, unmounted(isHanging), more),
      problems: (isSuccess) => {
        const { files, sessions } = scene.emulator.snapshot()
        const there = (sessions[0]?.resources ?? []).map((each) => (each.type === 'file' ? each.mount_path : each.type))
        return [
          ...(there.includes('/mnt/session/uploads/theirs.txt') ? [] : ['another’s file is gone']),
          ...(!isSuccess || files.length === before.files.length ? [] : [`${files.length} files are there`]),
          ...(!isSuccess || there.length === 1 ? [] : [`mounted are ${there}`]),
        ]
      },
    }
  },
}

function open(tool: string): Promise<Tool> {
  const prepare = TOOLS[tool]
  if (prepare === undefined) throw new Error(`there is no tool ${tool}`)
  return prepare()
}

/** Each file that is there is whole; after a success all are. */
function wrongFiles(scene: Scene, isSuccess: boolean): readonly string[] {
  const there = contentOf(scene.workspace.root)
  const wanted = Object.entries(OUTPUTS).map(([name, content]) => [`${FOLDER}/${name}`, content] as const)
  const missing = wanted.filter(([name]) => there[name] === undefined)
  const broken = wanted.filter(([name, content]) => there[name] !== undefined && there[name] !== content)
  return [
    ...broken.map(([name]) => `${name} is not whole`),
    ...(isSuccess ? missing.map(([name]) => `${name} is missing`) : []),
  ]
}

/** The runner kills what has not ended by then. Milliseconds, and some for a busy machine. */
const CEILING_MS = 15_000

async function play({ tool, nth, fault, mode }: ToolCase): Promise<readonly string[]> {
  const { run, problems, ...rest } = await open(tool)
  await using scene = rest.scene
  scene.emulator.addFault({ ...KINDS[fault], kind: KINDS[fault]?.kind ?? 'refuse', nth })
  let signalled = Number.POSITIVE_INFINITY
  const onStart: More['onStart'] = (child) => {
    if (mode === 'on') return
    onArrival(scene.emulator.url, { nth }, () => {
      signalled = performance.now()
      sendSignal(child, mode)
    })
  }
  const first = await run({ onStart }, mode === 'on' && fault === 'never-answer')
  const endedAfterMs = performance.now() - signalled
  const isSuccess = first.exitCode === 0
  const errors = annotations(first, 'error').length
  const isKilled = mode === 'SIGKILL' && first.exitCode === null
  scene.emulator.clearFaults()
  const wrong = [
    ...(isSuccess || isKilled || errors === 1 ? [] : [`exit code ${first.exitCode} with ${errors} errors`]),
    ...(isSuccess && errors > 0 ? ['an error, and exit code 0'] : []),
    ...(endedAfterMs < CEILING_MS ? [] : [`ended ${Math.round(endedAfterMs)} ms after ${mode}`]),
    ...problems(isSuccess),
  ]
  const again = await run({}, false)
  const repeated =
    again.exitCode === 0 ? problems(true) : [`exit code ${again.exitCode}: ${annotations(again, 'error')}`]
  return [...wrong, ...repeated.map((text) => `run again: ${text}`)]
}

async function requestsOf(tool: string): Promise<number> {
  const { run, ...rest } = await open(tool)
  await using scene = rest.scene
  const before = scene.sent().length
  await run({}, false)
  return scene.sent().length - before
}

/**
 * Plays each request of each tool with each fault, `isWhole`, or with every other of the distinct ones, so that each of these
 * strikes every other request. Returns how many cases, and what is wrong.
 */
export async function playTools(isWhole: boolean, jobs: number): Promise<{ cases: number; violations: string[] }> {
  const cases: ToolCase[] = []
  for (const tool of Object.keys(TOOLS)) {
    const count = await requestsOf(tool)
    for (let nth = 1; nth <= count; nth++) {
      const faultsOf = (mode: ToolCase['mode']) => {
        if (isWhole) return mode === 'on' ? Object.keys(KINDS) : DISTINCT
        return DISTINCT.filter((_, index) => (index + nth) % 2 === 0)
      }
      for (const mode of isWhole ? MODES : (['on'] as const)) {
        cases.push(...faultsOf(mode).map((fault) => ({ tool, nth, fault, mode })))
      }
    }
  }
  const limit = pLimit(jobs)
  const results = await Promise.all(
    cases.map((each) =>
      limit(async () => {
        const { tool, nth, fault, mode } = each
        const wrong = await play(each).catch((error: unknown) => [`could not be played: ${error}`])
        return wrong.map((text) => `${tool}/k${nth}/${fault}/${mode}: ${text}`)
      }),
    ),
  )
  return { cases: cases.length, violations: results.flat() }
}
