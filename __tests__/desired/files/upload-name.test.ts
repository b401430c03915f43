import { expect, test } from '@jest/globals'
import { isSweptBy, markIn, markOfRun } from '../../../src/desired/files/upload-mark.ts'
import { fingerprintOf, isUploadNameFor, isUploadNameOf, uploadName } from '../../../src/desired/files/upload-name.ts'

const fingerprint = '3f9c2a7b1d4e'
const mark = '52d04f6e7c1e09ab'

test.each([
  ['/data/report.csv', 'report.3f9c2a7b1d4e-52d04f6e7c1e09ab.csv'],
  ['/archive.tar.gz', 'archive.tar.3f9c2a7b1d4e-52d04f6e7c1e09ab.gz'],
  ['/Makefile', 'Makefile.3f9c2a7b1d4e-52d04f6e7c1e09ab'],
  ['/.gitignore', '.gitignore.3f9c2a7b1d4e-52d04f6e7c1e09ab'],
  ['/a"b:c?*<>|\\d.txt', 'a_b_c______d.3f9c2a7b1d4e-52d04f6e7c1e09ab.txt'],
  ['/line\nbreak.txt', 'line_break.3f9c2a7b1d4e-52d04f6e7c1e09ab.txt'],
  ['/データ 😀.json', 'データ 😀.3f9c2a7b1d4e-52d04f6e7c1e09ab.json'],
  [`/x.${'e'.repeat(40)}`, `x.${'e'.repeat(40)}.3f9c2a7b1d4e-52d04f6e7c1e09ab`],
])('what is mounted at %j is uploaded as %j', (mountPath, expected) => {
  expect(uploadName({ mountPath, fingerprint }, mark)).toBe(expected)
  expect(isUploadNameOf(expected, mountPath)).toBe(true)
  expect(markIn(expected)).toBe(mark)
  const [changed, old] = [expected.replace(fingerprint, '000000000000'), expected.replace(`-${mark}`, '')]
  for (const name of [changed, old]) expect(isUploadNameOf(name, mountPath)).toBe(true)
  const same = [expected, old, expected.replace(mark, '0'.repeat(16))]
  for (const name of same) expect(isUploadNameFor(name, { mountPath, fingerprint })).toBe(true)
  expect(isUploadNameFor(changed, { mountPath, fingerprint })).toBe(false)
})

test.each(['a', 'ä', '😀'])('a name of 255 bytes of %s stays below 255 characters and bytes, whole', (letter) => {
  const stem = letter.repeat(Math.floor(251 / Buffer.byteLength(letter)))
  const name = uploadName({ mountPath: `/${stem}.csv`, fingerprint }, mark)
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(217)
  expect(name).toMatch(new RegExp(`^(${letter})+\\.3f9c2a7b1d4e-52d04f6e7c1e09ab\\.csv$`, 'u'))
  expect(isUploadNameOf(name, `/${stem}.csv`)).toBe(true)
})

test.each([
  ['report.csv', '/report.csv'],
  ['report.3f9c2a7b1d4.csv', '/report.csv'],
  ['report.3f9c2a7b1d4e5.csv', '/report.csv'],
  ['report.3F9C2A7B1D4E.csv', '/report.csv'],
  ['report.3f9c2a7b1d4e', '/report.csv'],
  ['report.3f9c2a7b1d4e-.csv', '/report.csv'],
  ['report.3f9c2a7b1d4e-52d04f6e7c1e09a.csv', '/report.csv'],
  ['report.3f9c2a7b1d4e-52d04f6e7c1e09ab-52d04f6e7c1e09ab.csv', '/report.csv'],
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

test('no name of a file passes for the mark of another run', () => {
  const mountPath = '/x.000000000000-0000000000000000'
  expect(markIn(uploadName({ mountPath, fingerprint }, mark))).toBe(mark)
})

test('a mark tells runs apart, and says whose sweep may remove what they leave', () => {
  const [one, two] = [markOfRun('octo/app/1/1/test/aa', 'octo/app'), markOfRun('octo/app/1/1/test/bb', 'octo/app')]
  expect(one.slice(0, 8)).toBe(two.slice(0, 8))
  expect(one.slice(8)).not.toBe(two.slice(8))
  const other = uploadName({ mountPath: '/a.txt', fingerprint }, markOfRun('octo/app2/1/1/test/aa', 'octo/app2'))
  const kept = uploadName({ mountPath: '/a.txt', fingerprint }, markOfRun('octo/app/1/1/test/aa', undefined))
  const swept = uploadName({ mountPath: '/a.txt', fingerprint }, one)
  expect([swept, other, kept, 'a.3f9c2a7b1d4e.txt'].map((name) => isSweptBy(name, 'octo/app'))).toEqual([
    ...[true, false, false, false],
  ])
  expect([swept, kept].map((name) => isSweptBy(name, ''))).toEqual([false, false])
})
