import { afterEach, expect, jest, test } from '@jest/globals'
import { ReadLines } from '../../src/report/read-lines.ts'

afterEach(() => void jest.useRealTimers())

test('a line every two seconds, and none where it takes less', () => {
  jest.useFakeTimers()
  const lines: string[] = []
  const progress = new ReadLines((line) => lines.push(line))
  progress.begin('Read', 10_000_000)
  jest.advanceTimersByTime(1_900)
  progress.read(1_000_000)
  progress.begin('Packed', 10_000_000)
  for (let n = 0; n < 10; n++) {
    progress.read(1_000_000)
    jest.advanceTimersByTime(700)
  }
  expect(lines).toEqual(['Packed 4.0 MB of 10 MB', 'Packed 7.0 MB of 10 MB', 'Packed 10 MB of 10 MB'])
})
