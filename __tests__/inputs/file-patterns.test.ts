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
        { pattern: 'reports/**/*.json', literal: false, mapping: plain },
        { pattern: 'data/a b.csv', literal: false, mapping: { kind: 'path', path: '/data.csv' } },
        { pattern: 'logs/*', literal: false, mapping: { kind: 'folder', path: '/logs' } },
      ],
      excludes: ['tmp/**', 'x'],
      problems: [],
    })
  })

  test('an arrow without spaces is part of a name', () => {
    expect(parse('a=>b').includes).toEqual([{ pattern: 'a=>b', literal: false, mapping: plain }])
  })

  test.each([
    ['a => data.csv', /starts with "\/"/],
    ['a => /../x', /"\.\."/],
    ['!', /stands alone/],
    ['!a => /b', /no mount path/],
  ])('%j is refused', (text, reason) => {
    const { includes, excludes, problems } = parse(text)
    expect([...includes, ...excludes]).toEqual([])
    expect(problems).toEqual([expect.stringMatching(reason)])
  })
})

describe('a JSON array', () => {
  test('holds literal paths, whatever their characters', () => {
    expect(parse('["!a", "[b].csv", " c ", "d => e", "#f"]')).toEqual({
      includes: ['!a', '[b].csv', ' c ', 'd => e', '#f'].map((pattern) => ({ pattern, literal: true, mapping: plain })),
      excludes: [],
      problems: [],
    })
  })

  test('may be empty', () => {
    expect(parse(' [] ')).toEqual({ includes: [], excludes: [], problems: [] })
  })

  test.each(['["a", 1]', '["a", ""]', '["a",'])('%s is refused', (text) => {
    expect(parse(text).includes).toEqual([])
    expect(parse(text).problems).toHaveLength(1)
  })

  test('a pattern may start with a bracket', () => {
    expect(parse('[ab].csv').includes).toEqual([{ pattern: '[ab].csv', literal: false, mapping: plain }])
  })
})
