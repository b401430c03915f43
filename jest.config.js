import { availableParallelism } from 'node:os'
import { LEFT_OUT } from './__tests__/left-out.ts'

const leftOut = (LEFT_OUT[process.platform] ?? []).flatMap(({ why, files }) => files.map((file) => ({ why, file })))
for (const { why, file } of leftOut) console.log(`left out on this system: __tests__/${file} (${why})`)

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  globalSetup: '<rootDir>/__tests__/harness/set-up.js',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  testPathIgnorePatterns: leftOut.map(({ file }) => `[/\\\\]__tests__[/\\\\]${file.replaceAll('/', '[/\\\\]')}$`),
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '<rootDir>/__tests__/harness/strip-types.js' },
  // A step that hangs ends before its test does, and no test may fail because a machine is slow.
  testTimeout: 300_000,
  // Most tests wait for processes and pauses, so that one more than there are cores keeps these busy.
  // As a number: jest takes a share above '100%' for the number of workers itself.
  maxWorkers: availableParallelism() + 1,
  maxConcurrency: 8,
}
