import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { LiteralSearch } from '../../../src/desired/secrets/literal-search.ts'

/** Few letters, so that literals turn up, overlap, and share their ends. */
const bytes = (minLength: number, maxLength: number) =>
  fc.uint8Array({ minLength, maxLength, max: 3 }).map((array) => Buffer.from(array))

const literals = fc.array(fc.array(bytes(3, 9), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 6 })

interface Owner {
  readonly literals: readonly Buffer[]
}

/** As one would look without a thought for time. */
function everyPlace(text: Buffer, owners: readonly Owner[], from: number, to: number) {
  return owners.flatMap((owner) =>
    owner.literals.flatMap((literal) =>
      Array.from(text.keys())
        .filter((at) => at >= from && at < to && text.subarray(at, at + literal.length).equals(literal))
        .map((at) => ({ owner, at })),
    ),
  )
}

test('finds each literal wherever it stands, and nothing else', () => {
  fc.assert(
    fc.property(bytes(0, 300), literals, fc.nat(20), fc.nat(300), (text, groups, from, length) => {
      const owners: readonly Owner[] = groups.map((group) => ({ literals: group }))
      const name = ({ owner, at }: { owner: Owner; at: number }) => `${at} ${owners.indexOf(owner)}`
      const to = Math.min(text.length, from + length)
      const found = new LiteralSearch(owners).find(text, Math.min(from, text.length), to)
      expect(found.map(({ at }) => at)).toEqual(found.map(({ at }) => at).toSorted((a, b) => a - b))
      expect(found.map(name).toSorted()).toEqual(everyPlace(text, owners, from, to).map(name).toSorted())
    }),
    { numRuns: 2000 },
  )
})

test('refuses a literal that is too short to be worth looking for', () => {
  expect(() => new LiteralSearch([{ literals: [Buffer.from('Q~')] }])).toThrow('2 bytes is too short')
})
