import { expect, test } from '@jest/globals'
import { uploadName } from '../../src/desired/upload-name.ts'

const sha256 = `3f9c2a7b1d4e${'0'.repeat(52)}`

test.each([
  ['data/report.csv', 'report.3f9c2a7b1d4e.csv'],
  ['archive.tar.gz', 'archive.tar.3f9c2a7b1d4e.gz'],
  ['Makefile', 'Makefile.3f9c2a7b1d4e'],
  ['.gitignore', '.gitignore.3f9c2a7b1d4e'],
  ['a"b:c?*<>|\\d.txt', 'a_b_c______d.3f9c2a7b1d4e.txt'],
  ['line\nbreak.txt', 'line_break.3f9c2a7b1d4e.txt'],
  ['データ 😀.json', 'データ 😀.3f9c2a7b1d4e.json'],
  [`x.${'e'.repeat(40)}`, `x.${'e'.repeat(40)}.3f9c2a7b1d4e`],
])('%j is uploaded as %j', (path, expected) => {
  expect(uploadName({ path, sha256 })).toBe(expected)
})

test.each(['a', 'ä', '😀'])('a name of 255 bytes of %s stays below 255 characters and bytes, whole', (letter) => {
  const stem = letter.repeat(Math.floor(251 / Buffer.byteLength(letter)))
  const name = uploadName({ path: `${stem}.csv`, sha256 })
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200)
  expect(name).toMatch(new RegExp(`^(${letter})+\\.3f9c2a7b1d4e\\.csv$`, 'u'))
})
