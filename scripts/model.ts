/**
 * Plays random histories of jobs, people and sessions against the model in __tests__/model, and prints the shortest story that
 * contradicts it. `--histories N --seed S` plays so many; `--dist` starts dist for each step, in place of the flows in this
 * process; `--path P` with a seed that was printed plays that one story.
 */
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { runInDist } from '../__tests__/model/in-dist.ts'
import { runInProcess } from '../__tests__/model/in-process.ts'
import { play } from '../__tests__/model/play.ts'
import { history, storyOf } from '../__tests__/model/step.ts'
import { makeDistCurrent } from './bundle.ts'

/** Histories at a time: most of each is waiting. */
const LANES = 8

const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    path: { type: 'string' },
    dist: { type: 'boolean', default: false },
  },
})

async function check(seed: number, numRuns: number): Promise<number> {
  const runStep = values.dist ? runInDist : runInProcess
  const property = fc.asyncProperty(history, (steps) => play(steps, runStep))
  const path = values.path === undefined ? {} : { path: values.path, endOnFailure: true }
  const result = await fc.check(property, { seed, numRuns, ...path })
  if (result.failed) {
    process.exitCode = 1
    const { counterexamplePath, counterexample, errorInstance } = result
    console.log(
      `\n--seed ${seed} --path ${counterexamplePath}\n${storyOf(counterexample?.[0] ?? [])}\n${errorInstance}`,
    )
  }
  return result.numRuns
}

if (values.dist) makeDistCurrent()
const start = performance.now()
const [total, seed] = [Number(values.histories), Number(values.seed)]
const lanes = values.path === undefined ? Array.from({ length: LANES }, (_, lane) => seed * LANES + lane) : [seed]
const counts = await Promise.all(lanes.map((lane) => check(lane, Math.ceil(total / lanes.length))))
const seconds = Math.round((performance.now() - start) / 1000)
console.log(`${counts.reduce((sum, count) => sum + count, 0)} histories, ${seconds} s`)
// Connections that were given up keep the process for some seconds.
process.exit()
