import { expect, test } from '@jest/globals'
import { InvalidIdError, readId, segment } from '../../src/api/id.ts'

const LONGEST = 'a'.repeat(128)

test.each(['file_011CNha8iCJcU1wXNR6q4V8w', 'sesn-1', '9', '_', LONGEST, 'constructor'])('%s is an id', (id) => {
  expect(readId(id)).toBe(id)
  expect(segment(id)).toBe(id)
})

test.each(['..', '.', '__proto__', 'a/b', 'a b', 'a%2F', 'ä', 'a\n', `${LONGEST}a`, '$(id)'])('%j is none', (id) => {
  expect(() => readId(id)).toThrow(InvalidIdError)
  expect(() => segment(id)).toThrow(InvalidIdError)
})

test.each([undefined, null, '', 7, {}])('%j is no text, as where there is no id', (value) => {
  expect(readId(value)).toBeUndefined()
})

test('nothing is no segment', () => {
  expect(() => segment('')).toThrow(InvalidIdError)
})
