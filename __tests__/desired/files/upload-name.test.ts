import { expect, test } from '@jest/globals'
import { isSweptBy, isUploadFor, isUploadOf, markFor, markIn } from '../../../src/desired/files/upload-mark.ts'
import { fingerprintOf, isUploadNameFor, isUploadNameOf, uploadName } from '../../../src/desired/files/upload-name.ts'

const fingerprint = '3f9c2a7b1d4e'
const mark = '52d04f6e7c1e09ab3d5f8a20'

test.each([
  ['/data/report.csv', 'report.3f9c2a7b1d4e-52d04f6e7c1e09ab3d5f8a20.csv'],
  ['/archive.tar.gz', 'archive.tar.3f9c2a7b1d4e-52d04f6e7c1e09ab3d5f8a20.gz'],
  ['/Makefile', 'Makefile.3f9c2a7b1d4e-52d04f6e7c1e09ab3d5f8a20'],
  ['/.gitignore', '.gitignore.3f9c2a7b1d4e-52d04f6e7c1e09ab3d5f8a20'],
  ['/a"b:c?*<>|\\d.txt', 'a_b_c______d.3f9c2a7b1d4e-52d04f6e7c1e09ab3d5f8a20.txt'],
  ['/line\nbreak.txt', 'line_break.3f9c2a7b1d4e-52d04f6e7c1e09ab3d5f8a20.txt'],
  ['/データ 😀.json', 'データ 😀.3f9c2a7b1d4e-52d04f6e7c1e09ab3d5f8a20.json'],
  [`/x.${'e'.repeat(40)}`, `x.${'e'.repeat(40)}.3f9c2a7b1d4e-52d04f6e7c1e09ab3d5f8a20`],
])('what is mounted at %j is uploaded as %j', (mountPath, expected) => {
  expect(uploadName({ mountPath, fingerprint }, mark)).toBe(expected)
  expect(isUploadNameOf(expected, mountPath)).toBe(true)
  expect(markIn(expected)).toBe(mark)
  const [changed, old] = [expected.replace(fingerprint, '000000000000'), expected.replace(`-${mark}`, '')]
  for (const name of [changed, old]) expect(isUploadNameOf(name, mountPath)).toBe(true)
  const same = [expected, old, expected.replace(mark, '0'.repeat(24))]
  for (const name of same) expect(isUploadNameFor(name, { mountPath, fingerprint })).toBe(true)
  expect(isUploadNameFor(changed, { mountPath, fingerprint })).toBe(false)
})

test.each(['a', 'ä', '😀'])('a name of 255 bytes of %s stays below 255 characters and bytes, whole', (letter) => {
  const stem = letter.repeat(Math.floor(251 / Buffer.byteLength(letter)))
  const name = uploadName({ mountPath: `/${stem}.csv`, fingerprint }, mark)
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(225)
  expect(name).toMatch(new RegExp(`^(${letter})+\\.3f9c2a7b1d4e-52d04f6e7c1e09ab3d5f8a20\\.csv$`, 'u'))
  expect(isUploadNameOf(name, `/${stem}.csv`)).toBe(true)
})

test.each([
  ['report.csv', '/report.csv'],
  ['report.3f9c2a7b1d4.csv', '/report.csv'],
  ['report.3f9c2a7b1d4e5.csv', '/report.csv'],
  ['report.3F9C2A7B1D4E.csv', '/report.csv'],
  ['report.3f9c2a7b1d4e', '/report.csv'],
  ['report.3f9c2a7b1d4e-.csv', '/report.csv'],
  ['report.3f9c2a7b1d4e-52d04f6e7c1e09ab3d5f8a2.csv', '/report.csv'],
  ['report.3f9c2a7b1d4e-52d04f6e7c1e09ab.csv', '/report.csv'],
  ['report.3f9c2a7b1d4e-52d04f6e7c1e09ab3d5f8a20-52d04f6e7c1e09ab3d5f8a20.csv', '/report.csv'],
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
  const mountPath = '/x.000000000000-000000000000000000000000'
  expect(markIn(uploadName({ mountPath, fingerprint }, mark))).toBe(mark)
})

const KEY = 'octo/app/1/1/test/aa'
const OWN = { runKey: KEY, sweptBy: 'octo/app' }
const named = (...args: Parameters<typeof markFor>) =>
  uploadName({ mountPath: '/a.txt', fingerprint }, markFor(...args))

test('a mark tells runs apart, and says whose sweep may remove what they leave', () => {
  const swept = named(OWN, 'sesn_1', '/a.txt')
  const other = named({ runKey: 'octo/app2/1/1/test/aa', sweptBy: 'octo/app2' }, 'sesn_1', '/a.txt')
  const kept = named({ runKey: KEY, sweptBy: undefined }, 'sesn_1', '/a.txt')
  const all = [swept, other, kept, 'a.3f9c2a7b1d4e.txt']
  expect(all.map((name) => isSweptBy(name, 'octo/app'))).toEqual([true, false, false, false])
  expect(all.map((name) => isUploadOf(name, KEY))).toEqual([true, false, true, false])
  expect([swept, kept].map((name) => isSweptBy(name, ''))).toEqual([false, false])
})

test('a mark tells for which place an upload is', () => {
  const isForIt = (name: string, createdBy?: string) => isUploadFor(name, 'sesn_1', '/a.txt', createdBy)
  expect(isForIt(named(OWN, 'sesn_1', '/a.txt'))).toBe(true)
  expect(isForIt(named(OWN, 'sesn_2', '/a.txt'))).toBe(false)
  expect(isForIt(named(OWN, 'sesn_1', '/b/a.txt'))).toBe(false)
  const forNew = named(OWN, undefined, '/a.txt')
  expect([isForIt(forNew), isForIt(forNew, KEY), isForIt(forNew, `${KEY}b`)]).toEqual([false, true, false])
  expect(isForIt(named(OWN, undefined, '/b/a.txt'), KEY)).toBe(false)
  expect(isForIt('a.3f9c2a7b1d4e.txt', KEY)).toBe(false)
})
