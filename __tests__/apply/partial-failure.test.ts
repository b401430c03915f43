import { expect, test } from '@jest/globals'
import { PartialFailure } from '../../src/apply/partial-failure.ts'

const failures = (count: number) => Array.from({ length: count }, (_, index) => new Error(`"${index}" is broken`))
const LINES = Array.from({ length: 20 }, (_, index) => `- "${index}" is broken`)

test.each([
  [20, []],
  [21, ['- and 1 more']],
  [120, ['- and 100 more']],
])('of %i files that failed, twenty are named, and the rest are counted', (count, more) => {
  const { message } = new PartialFailure(failures(count))
  expect(message.split('\n')).toEqual([`${count} files could not be mounted:`, ...LINES, ...more])
})
