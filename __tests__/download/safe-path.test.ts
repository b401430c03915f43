import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { foldPath, safePath } from '../../src/download/safe-path.ts'
import { uniquePaths } from '../../src/download/unique-paths.ts'

const UNCHANGED = [
  'report.md',
  'out/deep/report.md',
  '日本語/é🎉.csv',
  '.hidden',
  '.gitignore',
  'a..b',
  '-rf',
  '$(id) `id`',
  'CONFIG.txt',
  'comet',
  'name (2).csv',
  `${'x'.repeat(190)}.csv`,
]

const CHANGED: readonly (readonly [string, string])[] = [
  ['', 'unnamed'],
  ['/', 'unnamed'],
  ['..', 'unnamed'],
  ['../../etc/passwd', 'etc/passwd'],
  ['/etc/passwd', 'etc/passwd'],
  ['a/../../../b', 'b'],
  ['a/./b//c/', 'a/b/c'],
  ['..\\..\\windows\\x.dll', 'windows/x.dll'],
  ['C:\\temp\\x', 'C_/temp/x'],
  ['\\\\server\\share\\x', 'server/share/x'],
  ['x.txt:stream', 'x.txt_stream'],
  ['a\u0000b\nc\u009b', 'a_b_c_'],
  ['<a>|"b"?*', '_a___b___'],
  ['...', '_'],
  ['. .', '_'],
  ['a. . ', 'a'],
  ['NUL', '_NUL'],
  ['nul.txt', '_nul.txt'],
  ['nul .txt', '_nul .txt'],
  ['COM1.tar.gz', '_COM1.tar.gz'],
  ['lpt¹', '_lpt¹'],
  ['aux./b', '_aux/b'],
  ['.git/hooks/pre-commit', '_.git/hooks/pre-commit'],
  ['.git', '_.git'],
  ['a/.GIT/config', 'a/_.GIT/config'],
  ['.git. /config', '_.git/config'],
  ['.g\u200cit/config', '_.g\u200cit/config'],
  ['git~1/config', '_git~1/config'],
  ['.github/workflows/x.yml', '_.github/workflows/x.yml'],
  ['GITHUB~1/x', '_GITHUB~1/x'],
  ['\ud800x', '\ufffdx'],
  [`${'x'.repeat(300)}.csv`, `${'x'.repeat(196)}.csv`],
  [`${'é'.repeat(150)}`, 'é'.repeat(100)],
  [`${'a/'.repeat(2000)}end.txt`, 'end.txt'],
]

describe('the path of a file is safe on every system', () => {
  test.each(UNCHANGED)('%j stays', (name) => {
    expect(safePath(name)).toBe(name)
  })

  test.each(CHANGED)('%j becomes %j', (name, expected) => {
    expect(safePath(name)).toBe(expected)
  })

  test('whatever the name: inside the folder by the rules of both systems, and nothing that Windows forbids', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '/',
      '\\',
      ':',
      'C:',
      'NUL',
      '.git',
      ' ',
      '.',
      '\0',
      '\u202e',
      'a',
      'é',
      '~1',
    )
    const name = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.array(piece).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(name, (text) => {
        const safe = safePath(text)
        expect(path.posix.resolve('/root', safe)).toBe(`/root/${safe}`)
        expect(path.win32.resolve('C:\\root', safe)).toBe(`C:\\root\\${safe.replaceAll('/', '\\')}`)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the point
        expect(safe).not.toMatch(/[<>:"|?*\\\u0000-\u001f\u007f-\u009f]|[. ](\/|$)/)
        expect(safePath(safe)).toBe(safe)
        expect(safe.split('/').map(foldPath)).not.toContain('.git')
      }),
    )
  })
})

describe('no two files have one path', () => {
  test.each<readonly [readonly string[], readonly string[]]>([
    [
      ['a.txt', 'a.txt', 'a.txt'],
      ['a.txt', 'a (2).txt', 'a (3).txt'],
    ],
    [
      ['a.txt', 'A.TXT'],
      ['a.txt', 'A (2).TXT'],
    ],
    [
      ['a.txt', 'a (2).txt', 'a.txt'],
      ['a.txt', 'a (2).txt', 'a (3).txt'],
    ],
    [
      ['é', 'e\u0301'],
      ['é', 'e\u0301 (2)'],
    ],
    [
      ['straße', 'STRASSE'],
      ['straße', 'STRASSE (2)'],
    ],
    [
      ['a', 'a/b'],
      ['a (2)', 'a/b'],
    ],
    [
      ['Out/a', 'out/b', 'OUT/A'],
      ['Out/a', 'Out/b', 'Out/A (2)'],
    ],
    [
      ['a\u200d', 'a'],
      ['a\u200d', 'a (2)'],
    ],
  ])('%j become %j', (paths, expected) => {
    expect(uniquePaths(paths)).toEqual(expected)
  })

  test('whatever the names', () => {
    const name = fc.array(fc.constantFrom('a', 'A', '/', ' (2)', '.x', 'é', 'e\u0301'), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(fc.array(name), (names) => {
        const paths = uniquePaths(names.map((parts) => safePath(parts.join('')))).map(foldPath)
        expect(new Set(paths).size).toBe(paths.length)
        const folders = new Set(paths.flatMap((each) => foldersOf(each)))
        expect(paths.filter((each) => folders.has(each))).toEqual([])
      }),
    )
  })
})

function foldersOf(file: string): readonly string[] {
  const segments = file.split('/')
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'))
}
