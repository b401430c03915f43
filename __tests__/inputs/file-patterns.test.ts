import { describe, expect, test } from '@jest/globals'
import { parseFilePatterns } from '../../src/inputs/file-patterns.ts'

function parse(text: string) {
  const problems: string[] = []
  return { ...parseFilePatterns(text, (message) => problems.push(message)), problems }
}

const plain = { kind: 'default' }

describe('patterns', () => {
  test('excludes in any order, comments, CRLF, mappings', () => {
    expect(
      parse(
        '!tmp/**\r\n# a comment\r\n  reports/**/*.json  \r\n\r\ndata/a b.csv => /data.csv\r\nlogs/* =>  /logs/\r\n! x',
      ),
    ).toEqual({
      includes: [
        { pattern: 'reports/**/*.json', literal: false, mapping: plain, written: '  reports/**/*.json  ' },
        {
          pattern: 'data/a b.csv',
          literal: false,
          mapping: { kind: 'path', path: '/data.csv' },
          written: 'data/a b.csv => /data.csv',
        },
        { pattern: 'logs/*', literal: false, mapping: { kind: 'folder', path: '/logs' }, written: 'logs/* =>  /logs/' },
      ],
      excludes: ['tmp/**', 'x'],
      comments: ['# a comment'],
      problems: [],
    })
  })

  test('an arrow without spaces is part of a name', () => {
    expect(parse('a=>b').includes).toEqual([{ pattern: 'a=>b', literal: false, mapping: plain, written: 'a=>b' }])
  })

  test.each([
    ['a => data.csv', /start with "\/"/],
    ['a => /../x', /"\.\."/],
    ['!', /stands alone/],
    ['!a => /b', /no mount path/],
    ['a.csv =>', /the mount path after "=>" is missing/],
    ['=> /a.csv', /the pattern before "=>" is missing/],
    ['../x', /"\.\." leads out of `root`/],
    ['data/../a.csv', /write it without "\.\."; did you mean "a\.csv"\?/],
    ['!data/../../a.csv', /leads out of `root`/],
    [`a${'b'.repeat(70_000)}`, /^"ab{198}…": a pattern has at most 65536 characters$/],
  ])('%j is refused', (text, reason) => {
    const { includes, excludes, problems } = parse(text)
    expect([...includes, ...excludes]).toEqual([])
    expect(problems).toEqual([expect.stringMatching(reason)])
  })
})

describe('a JSON array', () => {
  test('holds literal paths, whatever their characters', () => {
    expect(parse('["!a", "[b].csv", " c ", "d => e", "#f"]')).toEqual({
      includes: ['!a', '[b].csv', ' c ', 'd => e', '#f'].map((pattern) => ({
        ...{ pattern, literal: true, mapping: plain, written: pattern },
      })),
      excludes: [],
      comments: [],
      problems: [],
    })
  })

  test('may be empty', () => {
    expect(parse(' [] ')).toEqual({ includes: [], excludes: [], comments: [], problems: [] })
  })

  test.each([
    ['["a", 1]', 'a JSON array must hold paths, each a string that is not empty'],
    ['["a", ""]', 'a JSON array must hold paths, each a string that is not empty'],
    ['["a\\u0000"]', 'a JSON array must hold paths, each a string that is not empty'],
    ['["a",', 'looks like a JSON array but is not valid JSON'],
    ['["a"\n"b"]', 'looks like a JSON array but is not valid JSON (line 2 column 1)'],
    [
      '[{"path": "a.csv"}]',
      'a JSON array must hold paths, each a string that is not empty; this one holds objects: use the path of each',
    ],
    [
      '[\\"a\\", b]',
      'looks like a JSON array with escaped quotes; with tj-actions/changed-files, set `escape_json: false` on that step',
    ],
    ['["../x"]', '"../x": ".." leads out of `root`; set `root` to a folder that holds what you mean'],
  ])('%s is refused', (text, problem) => {
    expect(parse(text)).toEqual({ includes: [], excludes: [], comments: [], problems: [problem] })
  })

  test.each([
    ['escaped for a script', '[\\"a b.ts\\",\\"c.ts\\"]'],
    ['behind a byte order mark', '\ufeff["a b.ts","c.ts"]'],
    ['over several lines', '[\n  "a b.ts",\n  "c.ts"\n]\n'],
    ['with a detour', '["x/../a b.ts","./c.ts"]'],
  ])('may be written %s', (_, text) => {
    const { includes, problems } = parse(text)
    expect(includes.map(({ pattern, literal }) => [pattern, literal])).toEqual([
      ['a b.ts', true],
      ['c.ts', true],
    ])
    expect(problems).toEqual([])
  })

  test('a pattern may start with a bracket', () => {
    for (const pattern of ['[ab].csv', '[{a}].csv', '[]a].csv']) {
      expect(parse(pattern).includes).toEqual([{ pattern, literal: false, mapping: plain, written: pattern }])
    }
  })
})
