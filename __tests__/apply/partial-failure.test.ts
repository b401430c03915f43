import { expect, test } from '@jest/globals'
import { StatusError } from '../../src/api/errors.ts'
import { EffectError } from '../../src/apply/effect.ts'
import { isFatal, PartialFailure } from '../../src/apply/partial-failure.ts'
import { Interrupted } from '../../src/stop/interrupted.ts'

const failures = (count: number) => Array.from({ length: count }, (_, index) => new Error(`"${index}" is broken`))
const LINES = Array.from({ length: 20 }, (_, index) => `- "${index}" is broken`)

test.each([
  [20, []],
  [21, ['- and 1 more']],
  [120, ['- and 100 more']],
])('of %i files that failed, twenty are named, and the rest are counted', (count, more) => {
  const { message } = new PartialFailure(failures(count))
  expect(message.split('\n')).toEqual([`${count} files could not be mounted:`, ...LINES, ...more])
})

const refused = (status: number) => new StatusError({ method: 'POST', target: '/v1/files' }, { status } as never)

test('where the run is stopped or the credential refused, the other files need not be tried', () => {
  expect(isFatal(new Interrupted('cancelled', 'no'))).toBe(true)
  for (const [status, fatal] of Object.entries({
    400: false,
    401: true,
    402: true,
    403: true,
    404: false,
    413: false,
    500: false,
  })) {
    const error = refused(Number(status))
    expect([status, isFatal(error), isFatal(new EffectError('upload of "a"', error))]).toEqual([status, fatal, fatal])
  }
  expect(isFatal(new Error('changed while it was read'))).toBe(false)
})
