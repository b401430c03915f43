import { expect, test } from '@jest/globals'
import { Frontier, insideOf, isFileMatch, type Position, startOf } from '../../../src/desired/files/frontier.ts'
import { includeLine } from '../../../src/desired/files/line.ts'
import { EXACT } from '../../../src/desired/files/name-rules.ts'

/** Where a line stands at a path, when it has come down to it. */
function walked(pattern: string, name: string): readonly Position[] {
  const line = includeLine(
    { pattern, literal: false, mapping: { kind: 'default' }, written: pattern },
    pattern,
    EXACT,
    false,
  )
  return name
    .split('/')
    .reduce<readonly Position[]>(
      (positions, each) => new Frontier(insideOf(positions), EXACT).at(each),
      startOf([line]),
    )
}

test('a line that can come to a path in many ways stands at each of its parts once', () => {
  const pattern = `${'**/a/'.repeat(6)}*.txt`
  const positions = walked(pattern, `${'a/'.repeat(16)}b.txt`)
  expect(positions.filter(isFileMatch)).toHaveLength(1)
  expect(positions.length).toBeLessThanOrEqual(pattern.split('/').length + 1)
})
