import { expect, test } from '@jest/globals'
import { fingerprintOf, isUploadNameOf, uploadName } from '../../../src/desired/files/upload-name.ts'

const fingerprint = '3f9c2a7b1d4e'

test.each([
  ['/data/report.csv', 'report.3f9c2a7b1d4e.csv'],
  ['/archive.tar.gz', 'archive.tar.3f9c2a7b1d4e.gz'],
  ['/Makefile', 'Makefile.3f9c2a7b1d4e'],
  ['/.gitignore', '.gitignore.3f9c2a7b1d4e'],
  ['/a"b:c?*<>|\\d.txt', 'a_b_c______d.3f9c2a7b1d4e.txt'],
  ['/line\nbreak.txt', 'line_break.3f9c2a7b1d4e.txt'],
  ['/データ 😀.json', 'データ 😀.3f9c2a7b1d4e.json'],
  [`/x.${'e'.repeat(40)}`, `x.${'e'.repeat(40)}.3f9c2a7b1d4e`],
])('what is mounted at %j is uploaded as %j', (mountPath, expected) => {
  expect(uploadName({ mountPath, fingerprint })).toBe(expected)
  expect(isUploadNameOf(expected, mountPath)).toBe(true)
  expect(isUploadNameOf(expected.replace(fingerprint, '000000000000'), mountPath)).toBe(true)
})

test.each(['a', 'ä', '😀'])('a name of 255 bytes of %s stays below 255 characters and bytes, whole', (letter) => {
  const stem = letter.repeat(Math.floor(251 / Buffer.byteLength(letter)))
  const name = uploadName({ mountPath: `/${stem}.csv`, fingerprint })
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200)
  expect(name).toMatch(new RegExp(`^(${letter})+\\.3f9c2a7b1d4e\\.csv$`, 'u'))
  expect(isUploadNameOf(name, `/${stem}.csv`)).toBe(true)
})

test.each([
  ['report.csv', '/report.csv'],
  ['report.3f9c2a7b1d4.csv', '/report.csv'],
  ['report.3f9c2a7b1d4e5.csv', '/report.csv'],
  ['report.3F9C2A7B1D4E.csv', '/report.csv'],
  ['report.3f9c2a7b1d4e', '/report.csv'],
  ['report.3f9c2a7b1d4e.csv.bak', '/report.csv'],
  ['my-report.3f9c2a7b1d4e.csv', '/report.csv'],
  ['other.3f9c2a7b1d4e.csv', '/report.csv'],
  ['report.3f9c2a7b1d4e.csv', '/report.csv/x'],
  ['report3f9c2a7b1d4e.csv', '/report.csv'],
  ['a', '/a-long-name.csv'],
  ['', '/report.csv'],
])('%j is no upload of what is mounted at %j', (name, mountPath) => {
  expect(isUploadNameOf(name, mountPath)).toBe(false)
})

test('the fingerprint is the beginning of the SHA-256', () => {
  expect(fingerprintOf(`${fingerprint}${'0'.repeat(52)}`)).toBe(fingerprint)
})
