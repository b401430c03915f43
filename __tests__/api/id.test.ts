import { expect, test } from '@jest/globals'
import { InvalidIdError, id, segment } from '../../src/api/id.ts'
import { lenient, read } from '../../src/text/json.ts'

const readId = (value: unknown) => read(lenient(id), value)

const LONGEST = 'a'.repeat(128)

test.each(['file_011CNha8iCJcU1wXNR6q4V8w', 'sesn-1', '9', '_', LONGEST, 'constructor'])('%s is an id', (given) => {
  expect(readId(given)).toBe(given)
  expect(segment(given)).toBe(given)
})

test.each(['..', '.', '__proto__', 'a/b', 'a b', 'a%2F', 'ä', 'a\n', `${LONGEST}a`, '$(id)'])('%j is none', (given) => {
  expect(() => readId(given)).toThrow(InvalidIdError)
  expect(() => segment(given)).toThrow(InvalidIdError)
})

test.each([undefined, null, '', 7, {}])('%j is no text, as where there is no id', (value) => {
  expect(readId(value)).toBeUndefined()
})

test('nothing is no segment', () => {
  expect(() => segment('')).toThrow(InvalidIdError)
})
