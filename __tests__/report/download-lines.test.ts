import { expect, test } from '@jest/globals'
import type { FetchResult } from '../../src/download/fetch.ts'
import { failureText } from '../../src/report/download-lines.ts'

const failedFiles = (number: number): FetchResult['failed'] =>
  Array.from({ length: number }, (_, index) => ({
    choice: { path: `${index}.txt`, file: { id: `file_${index}` } as FetchResult['failed'][number]['choice']['file'] },
    error: new Error('broken'),
  }))

test.each([
  ['none', 0, 0, undefined],
  ['ten', 10, 0, []],
  ['eleven', 11, 0, ['- and 1 more']],
  ['ten, and one that was not tried', 10, 1, ['1 more file was not tried.']],
  ['twelve, and two that were not tried', 12, 2, ['- and 2 more', '2 more files were not tried.']],
])('files that could not be downloaded: %s', (_, number, untried, rest) => {
  const text = failureText({ files: [], notDownloadable: [], failed: failedFiles(number), untried })
  expect(text?.split('\n').slice(11)).toEqual(rest)
  if (rest !== undefined)
    expect(text).toContain(`${number} files could not be downloaded:\n- "0.txt" (file_0): broken\n`)
})
