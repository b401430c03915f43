import { expect, test } from '@jest/globals'
import { downloadSummary } from '../../src/report/download-summary.ts'

const SESSION = { id: 'sesn_1', workspace: undefined }

test.each([
  [0, 0, ''],
  [100, 100, ''],
  [101, 100, '… and 1 more; they are in the folder.'],
])('of %d files, %d have a row', (count, rows, rest) => {
  const files = Array.from({ length: count }, (_, index) => ({ path: `${index}.csv`, size: 1 }))
  const summary = downloadSummary(files as never, SESSION, undefined)
  expect(summary.match(/<tr><td>/g) ?? []).toHaveLength(rows)
  expect(/… and .*/.exec(summary)?.[0] ?? '').toBe(rest)
})
