import { expect, test } from '@jest/globals'
import { isComplete } from '../../src/download/choose.ts'

type StoredFiles = Parameters<typeof isComplete>[0]

test.each([
  ['without includes, any file', ['a.txt'], [], [], true],
  ['without includes, no file', [], [], [], false],
  ['without includes, an excluded file', ['a.txt'], [], ['*.txt'], false],
  ['a file for each include', ['a.txt', 'b.csv'], ['*.txt', '*.csv'], [], true],
  ['a file for one include of two', ['a.txt'], ['*.txt', '*.csv'], [], false],
  ['a file for each include, one of them excluded', ['a.txt', 'b.csv'], ['*.txt', '*.csv'], ['b.*'], false],
])('what is asked for is there: %s', (_, names, includes, excludes, expected) => {
  const files = names.map((filename) => ({ id: filename, filename })) as unknown as StoredFiles
  expect(isComplete(files, { includes, excludes })).toBe(expected)
})
