/**
 * Runs the action with every request failing in every way, and prints what came of it; see __tests__/faults. Options:
 * `--case NAME` plays one and prints all of it; `--run R1` plays one run only, and `--run many`, `--run rate`, `--run load` or `--run tools` what they
 * say; `--sample N --seed S` plays that many, chosen by the seed, `--pairs N --seed S` that many with two faults each; `--shard 1/4` a fourth; `--full` leaves no combination
 * out; `--jobs N` plays so many at a time; `--platform aws` signs every request.
 */
import { parseArgs } from 'node:util'
import { type Case, casesOf, nameOf, pairsOf, parseCase, sample, shard } from '../__tests__/faults/case.ts'
import { measureLoad } from '../__tests__/faults/load.ts'
import { problemsOf } from '../__tests__/faults/many.ts'
import { playAll } from '../__tests__/faults/matrix.ts'
import { Stage } from '../__tests__/faults/play.ts'
import { measurePace } from '../__tests__/faults/rate.ts'
import { RUNS } from '../__tests__/faults/runs.ts'
import { type Outcome, tableOf, violationsOf } from '../__tests__/faults/table.ts'
import { playTools } from '../__tests__/faults/tools.ts'
import { judge } from '../__tests__/faults/verdict.ts'
import type { StepResult } from '../__tests__/harness/step.ts'
import { makeDistCurrent } from './bundle.ts'

const { values } = parseArgs({
  options: {
    case: { type: 'string' },
    run: { type: 'string' },
    sample: { type: 'string' },
    pairs: { type: 'string' },
    shard: { type: 'string', default: '1/1' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '12' },
    platform: { type: 'string', default: 'anthropic' },
    full: { type: 'boolean', default: false },
  },
})

async function showCase(stage: Stage, each: Case): Promise<void> {
  const evidence = await stage.play(each)
  show('main', evidence.main)
  show('post', evidence.post)
  if (evidence.removal !== undefined) show('removal', evidence.removal)
  const { struck, endedAfterMs } = evidence
  console.log(`struck: ${struck === undefined ? 'nothing' : `${struck.method} ${struck.path}`}`)
  if (endedAfterMs !== undefined) console.log(`main ended ${Math.round(endedAfterMs)} ms after the signal`)
  const outcome = { case: each, verdict: judge(evidence) }
  for (const text of violationsOf([outcome])) console.log(text)
  process.exitCode = outcome.verdict.violations.length === 0 ? 0 : 1
}

function show(name: string, { exitCode, stdout, stderr }: StepResult): void {
  console.log(`--- ${name}: exit code ${exitCode}\n${stdout}${stderr}`)
}

async function showMatrix(stage: Stage, names: readonly string[]): Promise<void> {
  const start = performance.now()
  const all: Case[] = []
  for (const name of names) all.push(...casesOf(name, await stage.count(name), values.full))
  const seed = Number(values.seed)
  const cases = shard(chosenFrom(all, seed), values.shard)
  console.log(`${cases.length} of ${all.length} cases`)
  let played = 0
  const outcomes = await playAll(stage, cases, Number(values.jobs), (outcome) => progress(outcome, ++played))
  console.log(`\n${tableOf(outcomes)}\n`)
  const violations = violationsOf(outcomes)
  for (const text of violations) console.log(text)
  const seconds = Math.round((performance.now() - start) / 1000)
  console.log(`${outcomes.length} cases, ${violations.length} violations, seed ${seed}, ${seconds} s`)
  process.exitCode = violations.length === 0 ? 0 : 1
}

function chosenFrom(all: readonly Case[], seed: number): readonly Case[] {
  if (values.pairs !== undefined) return pairsOf(all, Number(values.pairs), seed)
  return values.sample === undefined ? all : sample(all, Number(values.sample), seed)
}

function progress({ case: each, verdict }: Outcome, played: number): void {
  if (verdict.violations.length > 0) console.log(`violation: ${nameOf(each)}: ${verdict.violations[0]}`)
  if (played % 200 === 0) console.log(`${played} played`)
}

/** Three seeds, each with a session that stays and one that goes. */
async function showMany(): Promise<void> {
  for (const seed of [1, 2, 3]) {
    for (const sessionCleanup of ['keep', 'delete'] as const) {
      const problems = await problemsOf({ runs: 20, seed, sessionCleanup })
      console.log(
        `20 runs at once, seed ${seed}, session-cleanup: ${sessionCleanup}: ${problems.join('; ') || 'as it should be'}`,
      )
      if (problems.length > 0) process.exitCode = 1
    }
  }
}

/** The longest that a run may take, of what the limit alone takes. */
const MOST = 1.15

async function showPace(): Promise<void> {
  const { exitCode, seconds, leastSeconds, requests, refused, pauses, lines, errors } = await measurePace()
  const ratio = seconds / leastSeconds
  console.log(`exit code ${exitCode}; ${requests} requests and ${refused} that were refused in ${seconds.toFixed(1)} s`)
  console.log(`the limit alone takes ${leastSeconds} s: ${ratio.toFixed(3)} of it; ${lines} lines for ${pauses} pauses`)
  for (const error of errors) console.log(error)
  process.exitCode = exitCode === 0 && ratio <= MOST && lines <= pauses ? 0 : 1
}

/** The longest that a matrix of jobs may take, of what the limit alone takes. */
const MOST_LOAD = 1.2

async function showLoad(): Promise<void> {
  const { problems, requests, refused, seconds, leastSeconds } = await measureLoad()
  const ratio = seconds / leastSeconds
  console.log(`${requests} requests and ${refused} that were refused in ${seconds.toFixed(1)} s`)
  console.log(`the limit alone takes ${leastSeconds.toFixed(1)} s: ${ratio.toFixed(3)} of it`)
  for (const problem of problems) console.log(problem)
  process.exitCode = problems.length === 0 && ratio <= MOST_LOAD ? 0 : 1
}

async function showTools(): Promise<void> {
  const { cases, violations } = await playTools(true, Number(values.jobs))
  for (const text of violations) console.log(text)
  console.log(`${cases} cases of download and unmount, ${violations.length} violations`)
  process.exitCode = violations.length === 0 ? 0 : 1
}

makeDistCurrent()
const { platform } = values
if (platform !== 'anthropic' && platform !== 'aws') throw new Error('--platform: expected anthropic or aws')
await using stage = await Stage.open(platform)
if (values.run === 'many') await showMany()
else if (values.run === 'rate') await showPace()
else if (values.run === 'load') await showLoad()
else if (values.run === 'tools') await showTools()
else if (values.case !== undefined) await showCase(stage, parseCase(values.case))
else await showMatrix(stage, values.run === undefined ? Object.keys(RUNS) : [values.run])
