import { expect, test } from '@jest/globals'
import { casesOf, sample } from './case.ts'
import { isWaiting, playAll } from './matrix.ts'
import { Stage } from './play.ts'
import { RUNS } from './runs.ts'
import { violationsOf } from './table.ts'

const CASES = 60
const SEED = 7
const JOBS = 8

/** `npm run test:faults` plays all of them. */
test('whatever happens to a run, nothing of it stays behind unnamed', async () => {
  await using stage = await Stage.open()
  const runs = Object.keys(RUNS)
  const counts = await Promise.all(runs.map((run) => stage.count(run)))
  const all = counts.flatMap((count, index) => casesOf(runs[index] ?? '', count, true))
  const quick = all.filter((each) => !isWaiting(each))
  const outcomes = await playAll(stage, sample(quick, CASES, SEED), JOBS)
  expect(violationsOf(outcomes)).toEqual([])
  expect(outcomes.filter(({ verdict }) => verdict.struck).length).toBeGreaterThan(CASES * 0.9)
  expect(new Set(outcomes.map(({ verdict }) => verdict.main))).toEqual(new Set(['succeeded', 'failed']))
}, 180_000)
