import { expect, test } from '@jest/globals'
import { casesOf, nameOf, pairsOf, parseCase, shard } from './case.ts'

const CASES = [...casesOf('R1', { main: 4, post: 7 }, false), ...casesOf('R2', { main: 8, post: 7 }, false)]

test('a pair has a name that plays it again, and no request goes wrong in two ways', () => {
  const pairs = pairsOf(CASES, 300, 7)
  expect(pairs).toHaveLength(300)
  expect(pairs.map((pair) => parseCase(nameOf(pair)))).toEqual(pairs)
  expect(pairs.filter(({ step, nth, second }) => step === second?.step && nth === second.nth)).toEqual([])
  expect(new Set(pairs.map(({ second }) => second?.step))).toEqual(new Set(['main', 'post']))
})

test('the same seed gives the same pairs, another one others', () => {
  const names = (seed: number) => pairsOf(CASES, 50, seed).map(nameOf)
  expect(names(1)).toEqual(names(1))
  expect(names(1)).not.toEqual(names(2))
})

test('the shards together are all cases, each once', () => {
  const parts = Array.from({ length: 8 }, (_, index) => shard(CASES, `${index + 1}/8`)).flat()
  expect(parts.map(nameOf).sort()).toEqual(CASES.map(nameOf).sort())
})
