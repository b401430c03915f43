import path from 'node:path'
import { expect, test } from '@jest/globals'
import { isInside, nameBelow, posixName } from '../../src/paths/system-path.ts'

test.each([
  [path.posix, '/a', '/a', true, ''],
  [path.posix, '/a', '/a/b/c', true, 'b/c'],
  [path.posix, '/a', '/a-other', false, undefined],
  [path.posix, '/a/b', '/a', false, undefined],
  [path.posix, '/', '/a', true, 'a'],
  [path.posix, '/a', '/a/..b', true, '..b'],
  [path.win32, 'C:\\a', 'C:\\a\\b\\c', true, 'b/c'],
  [path.win32, 'C:\\a', 'c:\\A\\b', true, 'b'],
  [path.win32, 'C:\\a', 'C:\\a-other', false, undefined],
  [path.win32, 'C:\\a', 'C:\\', false, undefined],
  [path.win32, 'C:\\a', 'D:\\a\\b', false, undefined],
  [path.win32, 'C:\\a', 'C:\\a\\..b', true, '..b'],
])('what of a folder is inside and below it, on a system: %#', (system, outer, inner, inside, name) => {
  expect(isInside(outer, inner, system)).toBe(inside)
  expect(nameBelow(outer, inner, system)).toBe(name)
})

test.each([
  [path.posix, './a//b/../c', 'a/c'],
  [path.posix, 'a\\b', 'a\\b'],
  [path.win32, '.\\a\\b', 'a/b'],
  [path.win32, 'a/b\\..\\c', 'a/c'],
])('in POSIX form, on a system: %#', (system, text, name) => {
  expect(posixName(text, system)).toBe(name)
})
