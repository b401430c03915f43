import { expect, test } from '@jest/globals'
import { checkLimits, diskWarning } from '../../../src/desired/files/check-limits.ts'
import { leftOutWarnings } from '../../../src/desired/files/left-out.ts'
import type { PlacedFile } from '../../../src/desired/files/place.ts'

const MIB = 1024 * 1024

function fileOf(size: number, n = 0): PlacedFile {
  const version = { inode: BigInt(n), size: BigInt(size), modifiedNs: 0n }
  const path = `${n}.txt`
  return { path, realPath: path, mountPath: `/${path}`, isLink: false, isExecutable: false, isNamed: false, version }
}

const files = (count: number, size = 1) => Array.from({ length: count }, (_, n) => fileOf(size, n))

test('a file has 500 MiB at most', () => {
  expect(checkLimits([fileOf(500 * MIB)], 10).problems).toEqual([])
  expect(checkLimits([fileOf(500 * MIB + 1)], 10).problems).toEqual([expect.stringMatching(/^"0\.txt" has 524 MB/)])
})

test('there are as many files as the session takes resources', () => {
  expect(checkLimits(files(7), 7).problems).toEqual([])
  expect(checkLimits(files(8), 7).problems).toEqual([expect.stringMatching(/^8 files, but a session takes 7/)])
})

test('more than 10 GB are warned of, from all files together', () => {
  expect(diskWarning(10_000_000_000)).toEqual([])
  expect(diskWarning(10_000_000_001)).toHaveLength(1)
  const halves = files(20, 500_000_000)
  expect(checkLimits(halves, 20)).toEqual({ problems: [], warnings: [] })
  expect(checkLimits([...halves, fileOf(1, 20)], 21).warnings).toEqual([expect.stringMatching(/10 GB of disk$/)])
})

test.each([
  ['sensitive', 50],
  ['hidden', 10],
] as const)('of files that are left out as %s, %d are named, and of more how many more', (reason, most) => {
  const leftOut = (count: number) => Array.from({ length: count }, (_, n) => ({ reason, name: `n${n}` }))
  const [all = ''] = leftOutWarnings(leftOut(most))
  expect(all).toContain(`"n${most - 1}"`)
  expect(all).not.toMatch(/and \d+ more/)
  const [some = ''] = leftOutWarnings(leftOut(most + 1))
  expect(some).toContain(`"n${most - 1}", and 1 more`)
  expect(some).not.toContain(`"n${most}"`)
})
