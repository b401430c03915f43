import { expect, test } from '@jest/globals'
import { read } from './repository.ts'

test('package-lock.json names no address that a package was fetched from', () => {
  expect(read('package-lock.json')).not.toContain('"resolved"')
})

test('dependencies have exact versions', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>
  const versions = Object.entries({ ...dependencies, ...devDependencies })
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
})
