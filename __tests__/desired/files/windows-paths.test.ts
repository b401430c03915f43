import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import {
  Frontier,
  insideOf,
  isFileMatch,
  isNamed,
  type Position,
  startOf,
} from '../../../src/desired/files/frontier.ts'
import { hitsOf } from '../../../src/desired/files/hit.ts'
import { includeLine, type Line } from '../../../src/desired/files/line.ts'
import { EXACT, type NameRules, nameRulesOf, rulesOf } from '../../../src/desired/files/name-rules.ts'
import { relativePattern } from '../../../src/desired/files/pattern.ts'
import { place } from '../../../src/desired/files/place.ts'
import type { Mapping } from '../../../src/inputs/file-patterns.ts'
import { isInside, posixName } from '../../../src/paths/system-path.ts'

const { win32, posix } = path
const ROOT = 'D:\\a\\app\\app'
const WINDOWS = rulesOf('win32', true)

describe('on Windows', () => {
  test.each([
    [ROOT, true],
    ['D:\\a\\app\\app\\src\\a.ts', true],
    ['d:\\A\\App\\APP\\src', true],
    ['d:/A/app/APP', true],
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

  test.each([
    ['src\\**\\*.ts', 'src/**/*.ts'],
    ['.\\src/*.ts', 'src/*.ts'],
    ['src\\', 'src/'],
    ['.', '**'],
    ['src\\.', 'src/**'],
    [`${ROOT}\\src\\*.ts`, 'src/*.ts'],
    ['d:/A/app\\APP/src/*.ts', 'src/*.ts'],
    [ROOT, '**'],
    ['\\a\\app\\app\\a.log', 'a.log'],
    ['D:\\a\\app\\app-other\\a.log', undefined],
    ['C:\\logs\\*.log', undefined],
    ['\\logs\\a.log', undefined],
    ['D:src\\a.ts', undefined],
    ['C:src\\a.ts', undefined],
    ['\\\\server\\share\\a.log', undefined],
  ])('the pattern %j is below the root %j', (pattern, expected) => {
    expect(relativePattern(pattern, { given: ROOT, real: ROOT }, win32)).toBe(expected)
  })

  test('a share is a root like any other', () => {
    const share = '\\\\server\\share\\app'
    expect(relativePattern('\\\\SERVER\\share\\app\\src\\*.ts', { given: share, real: share }, win32)).toBe('src/*.ts')
  })

  test("the root's brackets are no wildcards, escaped or not", () => {
    const root = { given: 'D:\\a[1]\\app', real: 'D:\\a[1]\\app' }
    expect(relativePattern('D:\\a[1]\\app\\*.ts', root, win32)).toBe('*.ts')
    expect(relativePattern('D:\\a[[]1]\\app\\*.ts', root, win32)).toBe('*.ts')
  })

  test('the root can be written without its links', () => {
    const root = { given: 'D:\\link', real: ROOT }
    expect(relativePattern(`${ROOT}\\a.ts`, root, win32)).toBe('a.ts')
    expect(relativePattern('D:\\link\\a.ts', root, win32)).toBe('a.ts')
  })

  test.each([
    ['src/a.ts', 'src/a.ts', 'by name'],
    ['SRC/A.TS', 'src/a.ts', 'by name'],
    ['src/*.TS', 'src/a.ts', 'found'],
    ['Src', 'src/a.ts', 'found'],
    ['[A-C].ts', 'b.ts', 'found'],
    ['src/b.ts', 'src/a.ts', 'not'],
  ])('the pattern %j comes to %j: %s', (pattern, name, expected) => {
    expect(arrival(pattern, name, WINDOWS)).toBe(expected)
  })

  test.each([
    ['data\\*.csv', 'data/a.csv', '/in/a.csv'],
    ['data\\a.csv', 'data/a.csv', '/in/a.csv'],
    [`${ROOT}\\data\\*.csv`, 'data/a.csv', '/in/a.csv'],
    [`${ROOT}\\data\\a.csv`, 'data/a.csv', '/in/a.csv'],
    ['data\\**\\*.csv', 'data/deep/a.csv', '/in/deep/a.csv'],
    ['data\\deep', 'data/deep/a.csv', '/in/deep/a.csv'],
  ])('%j => /in/ mounts %j at %j, whatever the working directory', (pattern, name, mountPath) => {
    const relative = relativePattern(pattern, { given: ROOT, real: ROOT }, win32) ?? ''
    const line = lineOf(relative, WINDOWS, { kind: 'folder', path: '/in' })
    const version = { inode: 1n, size: 1n, modifiedNs: 1n }
    const file = { path: name, realPath: win32.join(ROOT, name), isLink: false, isExecutable: false, version }
    const hits = hitsOf(walked(line, name, WINDOWS))
    expect(place([{ ...file, hits }], '/', 'leave-out').files).toMatchObject([{ mountPath }])
  })
})

describe('on disks that take several names for one', () => {
  const [NFC, NFD] = ['\u00e4.txt', 'a\u0308.txt']

  test('NTFS minds Unicode forms, APFS and ext4 with casefold do not', () => {
    expect(rulesOf('win32', true)).toEqual({ ignoresCase: true, ignoresForm: false })
    expect(rulesOf('darwin', true)).toEqual({ ignoresCase: true, ignoresForm: true })
    expect(rulesOf('darwin', false)).toEqual({ ignoresCase: false, ignoresForm: true })
    expect(rulesOf('linux', true)).toEqual({ ignoresCase: true, ignoresForm: true })
    expect(rulesOf('linux', false)).toEqual(EXACT)
  })

  test('a path without letters does not tell whether the case counts, so the system does', async () => {
    const expected = rulesOf(process.platform, process.platform === 'win32')
    expect(await nameRulesOf(path.parse(process.cwd()).root)).toEqual(expected)
  })

  test.each([
    [NFC, NFD, rulesOf('darwin', true), 'by name'],
    [NFD, NFC, rulesOf('darwin', false), 'by name'],
    [NFC, NFC.toUpperCase(), rulesOf('darwin', true), 'by name'],
    [NFC, NFC.toUpperCase(), rulesOf('darwin', false), 'not'],
    ['*\u00e4*', NFD, rulesOf('darwin', true), 'found'],
    [NFC, NFD, rulesOf('win32', true), 'not'],
    [NFC, NFD, EXACT, 'not'],
  ])('the pattern %j comes to %j by the rules %j: %s', (pattern, name, rules, expected) => {
    expect(arrival(pattern, name, rules)).toBe(expected)
  })
})

describe('elsewhere', () => {
  test('a backslash is a letter, and the case counts', () => {
    expect(isInside('/w', '/w\\x', posix)).toBe(false)
    expect(posixName('a\\b', posix)).toBe('a\\b')
    expect(relativePattern('a\\b', { given: '/w', real: '/w' }, posix)).toBe('a\\b')
    expect(relativePattern('/W/a', { given: '/w', real: '/w' }, posix)).toBeUndefined()
    expect(arrival('src/A.ts', 'src/a.ts', EXACT)).toBe('not')
  })
})

function lineOf(pattern: string, rules: NameRules, mapping: Mapping = { kind: 'default' }): Line {
  return includeLine({ pattern, literal: false, mapping, written: pattern }, pattern, rules, false)
}

/** Where the line stands at a path, when it has come down to it. */
function walked(line: Line, name: string, rules: NameRules): readonly Position[] {
  const names = name.split('/')
  return names.reduce<readonly Position[]>(
    (positions, each) => new Frontier(insideOf(positions), rules).at(each),
    startOf([line]),
  )
}

function arrival(pattern: string, name: string, rules: NameRules): 'by name' | 'found' | 'not' {
  const matches = walked(lineOf(pattern, rules), name, rules).filter(isFileMatch)
  if (matches.length === 0) return 'not'
  return matches.some(isNamed) ? 'by name' : 'found'
}
