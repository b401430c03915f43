import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { runInProcess } from './in-process.ts'
import { play } from './play.ts'
import { history, storyOf } from './step.ts'

/** Every night `faults.yml` plays thousands of new ones. */
const SEED = 40

test('random histories of jobs, people and sessions come to what the model says', async () => {
  const result = await fc.check(
    fc.asyncProperty(history, (steps) => play(steps, runInProcess)),
    { numRuns: 40, seed: SEED },
  )
  const { failed, seed, counterexamplePath, counterexample, errorInstance } = result
  const story = failed
    ? [seed, counterexamplePath, storyOf(counterexample?.[0] ?? []), String(errorInstance)].join('\n')
    : ''
  expect(story).toBe('')
})
