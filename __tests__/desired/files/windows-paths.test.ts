import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { absolutePattern } from '../../../src/desired/files/find.ts'
import { isInside, nameBelow } from '../../../src/desired/files/inspect.ts'
import { isNamed } from '../../../src/desired/files/match.ts'
import { literalFolder } from '../../../src/desired/files/place.ts'
import type { Include } from '../../../src/inputs/file-patterns.ts'
import { posixName } from '../../../src/paths/system-path.ts'

const { win32, posix } = path
const ROOT = 'D:\\a\\app\\app'

describe('on Windows', () => {
  test.each([
    [ROOT, true],
    ['D:\\a\\app\\app\\src\\a.ts', true],
    ['d:\\A\\App\\APP\\src', true],
    ['D:/a/app/app/src', true],
    ['D:\\a\\app\\app\\..name', true],
    ['D:\\a\\app\\app-other', false],
    ['D:\\a\\app', false],
    ['C:\\a\\app\\app', false],
    ['\\\\server\\share\\a\\app\\app', false],
    ['\\\\?\\C:\\a', false],
  ])('%j is inside the root: %j', (inner, expected) => {
    expect(isInside(ROOT, inner, win32)).toBe(expected)
  })

  test('a share is a root like any other', () => {
    expect(nameBelow('\\\\server\\share\\app', '\\\\SERVER\\share\\app\\src\\a.ts', win32)).toBe('src/a.ts')
  })

  test.each([
    ['D:\\a\\app\\app\\src\\deep\\a.ts', 'src/deep/a.ts'],
    ['d:\\a\\app\\app\\a.ts', 'a.ts'],
    ['E:\\a.ts', undefined],
  ])('%j is called %j', (absolute, expected) => {
    expect(nameBelow(ROOT, absolute, win32)).toBe(expected)
  })

  test.each([
    ['src\\**\\*.ts', 'D:\\a\\app\\app\\src\\**\\*.ts'],
    ['.\\src/*.ts', 'D:\\a\\app\\app\\src/*.ts'],
    ['C:\\logs\\*.log', 'C:\\logs\\*.log'],
    ['\\logs\\a.log', '\\logs\\a.log'],
  ])('the pattern %j is searched for as %j', (pattern, expected) => {
    expect(absolutePattern(pattern, ROOT, win32)).toBe(expected)
  })

  test("the root's brackets are no wildcards, and its backslashes stay separators", () => {
    expect(absolutePattern('*.ts', 'D:\\a[1]\\app', win32)).toBe('D:\\a[[]1]\\app\\*.ts')
  })

  test.each([
    ['src\\a.ts', 'src/a.ts', true],
    ['.\\src\\.\\a.ts', 'src/a.ts', true],
    ['src/a.ts', 'src/a.ts', true],
    ['SRC\\A.TS', 'src/a.ts', true],
    ['src\\*.ts', 'src/a.ts', false],
    ['src', 'src/a.ts', false],
  ])('the pattern %j names %j: %j', (pattern, name, expected) => {
    expect(isNamed(name, include(pattern), win32)).toBe(expected)
  })

  test.each([
    ['build\\logs\\*.log', 'build/logs'],
    ['build\\logs\\a.log', 'build/logs'],
    ['*.log', '.'],
  ])('the folder of %j is %j', (pattern, expected) => {
    expect(literalFolder(pattern, win32)).toBe(expected)
  })
})

describe('elsewhere', () => {
  test('a backslash is a letter, and the case counts', () => {
    expect(isInside('/w', '/w\\x', posix)).toBe(false)
    expect(nameBelow('/w', '/w/a\\b', posix)).toBe('a\\b')
    expect(posixName('a\\b', posix)).toBe('a\\b')
    expect(isNamed('src/a.ts', include('src\\a.ts'), posix)).toBe(false)
    expect(isNamed('src/a.ts', include('src/A.ts'), posix)).toBe(false)
    expect(literalFolder('a\\b/*.log', posix)).toBe('a\\b')
  })
})

function include(pattern: string): Include {
  return { pattern, literal: false, mapping: { kind: 'default' } }
}
