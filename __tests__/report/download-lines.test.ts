import { expect, test } from '@jest/globals'
import type { FetchResult } from '../../src/download/fetch.ts'
import { downloadPlanLines, failureText } from '../../src/report/download-lines.ts'

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

test('the plan names each file, its size as far as that is known, and its name on the service where that is another', () => {
  const made = [
    { id: 'file_1', filename: 'a.md', size_bytes: 4 },
    { id: 'file_2', filename: '/mnt/b\\c.md', size_bytes: 2048 },
    { id: 'file_3', filename: 'd.md' },
  ]
  const paths = ['a.md', 'mnt/b_c.md', 'd.md']
  const choices = made.map((file, index) => ({ file, path: paths[index] }))
  const settled = { made: [...made, {}], copies: 2, foreign: 1 }
  const selection = { choices, hidden: [], unnamed: [] }
  expect(downloadPlanLines(settled as never, selection as never, '/out')).toEqual([
    'Plan: download 3 files (2.1 KB) to "/out"',
    '  "a.md" (4 bytes)',
    '  "/mnt/b\\c.md" → "mnt/b_c.md" (2.0 KB)',
    '  "d.md"',
    '  left out: 2 files, which are copies of what was mounted',
    '  left out: 1 file, which belongs to another session',
    '  left out: 1 file, which is not among the `patterns`',
  ])
})
