import { expect, test } from '@jest/globals'
import { MODES, parseCase } from './case.ts'
import { FIXED_CASES, SIGNED_CASES } from './fixed-cases.ts'
import { KINDS } from './kinds.ts'
import { playAll } from './matrix.ts'
import { Stage } from './play.ts'
import { RUNS } from './runs.ts'
import { violationsOf } from './table.ts'

const JOBS = 12

const cases = FIXED_CASES.map(parseCase)

/** `npm run test:faults` plays thousands. */
test('whatever happens to a run, nothing of it stays behind unnamed', async () => {
  await using stage = await Stage.open()
  const outcomes = await playAll(stage, cases, JOBS)
  expect(violationsOf(outcomes)).toEqual([])
  expect(FIXED_CASES.filter((_, index) => outcomes[index]?.verdict.struck !== true)).toEqual([])
  expect(new Set(outcomes.map(({ verdict }) => verdict.main))).toEqual(new Set(['succeeded', 'failed']))
})

test('the same where every request is signed', async () => {
  await using stage = await Stage.open('aws')
  const outcomes = await playAll(stage, SIGNED_CASES.map(parseCase), JOBS)
  expect(violationsOf(outcomes)).toEqual([])
  expect(SIGNED_CASES.filter((_, index) => outcomes[index]?.verdict.struck !== true)).toEqual([])
})

test('the fixed cases are of all runs, all signals and all statuses and faults', () => {
  const withoutForm = (fault: string) => fault.replace(/(-plain)?(-retry)?$/, '')
  expect(new Set(cases.map(({ run }) => run))).toEqual(new Set(Object.keys(RUNS)))
  expect(new Set(cases.map(({ mode }) => mode))).toEqual(new Set(MODES))
  expect(new Set(cases.map(({ fault }) => withoutForm(fault)))).toEqual(new Set(Object.keys(KINDS).map(withoutForm)))
  expect(new Set(FIXED_CASES).size).toBe(FIXED_CASES.length)
})
