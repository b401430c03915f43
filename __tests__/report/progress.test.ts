import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import type { Choice } from '../../src/download/choose.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { downloadProgress } from '../../src/report/download-progress.ts'
import { Progress } from '../../src/report/progress.ts'

beforeEach(() => void jest.useFakeTimers())
afterEach(() => void jest.useRealTimers())

const SIZE = 1_000_000
const files = Array.from({ length: 12 }, () => ({ size: SIZE }))

test('uploads: a line every two seconds, and one at the end', () => {
  const lines: string[] = []
  const plan = { steps: files.map((file) => ({ kind: 'upload', file })) } as unknown as Plan
  const progress = new Progress(plan, (line) => lines.push(line))
  for (const { size } of files) {
    jest.advanceTimersByTime(500)
    progress.uploaded(size)
  }
  expect(lines).toEqual([
    'Uploaded 4 of 12 files (4.0 MB of 12 MB, 2.0 MB/s, about 4 s left)',
    'Uploaded 8 of 12 files (8.0 MB of 12 MB, 2.0 MB/s, about 2 s left)',
    'Uploaded 12 of 12 files (12 MB of 12 MB, 2.0 MB/s)',
  ])
})

test('downloads: a line every two seconds, and none where it takes less', () => {
  const lines: string[] = []
  const choices = files.map(({ size }) => ({ file: { size_bytes: size } })) as unknown as readonly Choice[]
  const done = downloadProgress(choices, (line) => lines.push(line))
  for (const { size } of files.slice(1)) {
    jest.advanceTimersByTime(500)
    done(size)
  }
  expect(lines).toEqual(['Downloaded 4 of 12 files (4.0 MB of 12 MB)', 'Downloaded 8 of 12 files (8.0 MB of 12 MB)'])
})
