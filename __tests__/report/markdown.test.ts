import { expect, test } from '@jest/globals'
import { note, preformatted } from '../../src/report/markdown.ts'

test('a text that is shown as it is tells whether some of it is missing', () => {
  expect(preformatted('one\ntwo', 8)).toEqual({ markdown: '<pre>one\ntwo</pre>', isCut: false })
  expect(preformatted('one\ntwo', 7)).toEqual({ markdown: '<pre>one</pre>', isCut: true })
})

/** With what makes it a code span, a line of a thousand characters. */
const LINE = 'x'.repeat(1000 - '<code></code>'.length)

test.each([
  ['as many lines as there is room for', 19, []],
  ['one more', 20, ['> and 1 more line; the log has them.']],
  ['two more', 21, ['> and 2 more lines; the log has them.']],
])('a note of %s', (_, number, rest) => {
  const lines = note('WARNING', ['Head'], Array<string>(number).fill(LINE)).split('\n')
  expect(lines).toEqual(['> [!WARNING]', '> Head', ...Array<string>(19).fill(`> <code>${LINE}</code>  `), ...rest])
})
