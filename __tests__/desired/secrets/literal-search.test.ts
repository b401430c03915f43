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

test('finds one at the borders of the parts that are searched in turn once, whichever of them goes faster', () => {
  const owners: readonly Owner[] = [{ literals: [Buffer.from('xyz')] }]
  const search = new LiteralSearch(owners)
  // The end of a literal takes the search a byte on, another byte two.
  const parts = ['yzyzyzyzyzyz', '............']
  const texts = fc.sample(fc.array(fc.constantFrom(...parts), { minLength: 4, maxLength: 4 }), 100)
  for (const text of new Set(texts.map((each) => each.join('')))) {
    for (let at = 0; at < text.length - 2; at++) {
      const bytes = Buffer.from(`${text.slice(0, at)}xyz${text.slice(at + 3)}`)
      expect(search.find(bytes, 0, bytes.length)).toEqual(everyPlace(bytes, owners, 0, bytes.length))
    }
  }
})

test('refuses a literal that is too short to be worth looking for', () => {
  expect(() => new LiteralSearch([{ literals: [Buffer.from('Q~')] }])).toThrow('2 bytes is too short')
})
