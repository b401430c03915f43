import { expect, test } from '@jest/globals'
import { variable } from '../../src/inputs/setting.ts'

test.each([
  [{ A: 'a', B: 'b' }, 'a', ' (from A)'],
  [{ A: ' a\n', B: 'b' }, 'a', ' (from A)'],
  [{ A: '', B: 'b' }, 'b', ' (from B)'],
  [{ A: ' ', B: 'b' }, 'b', ' (from B)'],
  [{ B: 'b' }, 'b', ' (from B)'],
])('of %j the first that says something counts', (env, text, source) => {
  expect(variable(env, 'A', 'B')).toEqual({ text, source })
})

test('none of them may be set', () => {
  expect(variable({ A: ' ' }, 'A', 'B')).toBeUndefined()
})
